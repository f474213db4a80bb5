"""The jury in session after its round: everybody signs its outcome."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from innovate.deliberation.queries.sessions import list_signers, load_stamps
from innovate.deliberation.services.sessions import close_session, open_session
from innovate.deliberation.services.signing import sign_outcome
from innovate.demo.services.competition import Competition
from innovate.demo.services.jury import round_of
from innovate.events.domain.kinds import PhaseKind


def plan_sitting(played: Competition, kind: PhaseKind, at: datetime) -> None:
    """An hour in session from `at` on; every juror signs in its last minutes."""
    played.plan(at, partial(_open, played, kind))
    for place, key in enumerate(played.panel.keys):
        played.plan(at + timedelta(minutes=45 + 2 * place), partial(_sign, played, kind, key))
    played.plan(at + timedelta(hours=1, minutes=5), partial(_close, played, kind))


def _open(played: Competition, kind: PhaseKind, at: datetime) -> None:
    chair = played.on.actor(played.panel.keys[0])
    open_session(chair, round_of(played.on, kind), reason="Juri berhalangan hadir", at=at)


def _sign(played: Competition, kind: PhaseKind, key: str, at: datetime) -> None:
    round_ = round_of(played.on, kind)
    actor = played.on.actor(key)
    if actor.user_id not in {each.user.id for each in list_signers(round_)}:
        return  # without an entry in the round
    sign_outcome(actor, round_, stamp=load_stamps([round_.id])[round_.id], at=at)


def _close(played: Competition, kind: PhaseKind, at: datetime) -> None:
    chair = played.on.actor(played.panel.keys[0])
    close_session(chair, round_of(played.on, kind), at=at)

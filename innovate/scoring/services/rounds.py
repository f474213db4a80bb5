"""Rounds: made for judging phases, set up, closed and opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.domain.kinds import PhaseKind
from innovate.events.models import Phase
from innovate.events.policy import Actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.scoring import policy
from innovate.scoring.domain.criterion_keys import Keyed, give_keys
from innovate.scoring.domain.rubric_shape import match_rounds
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Criterion, Round, RoundEntry, Rubric
from innovate.scoring.queries.rounds import list_phases_without_round, list_rounds
from innovate.scoring.services.round_rows import begin_index, settings_of
from innovate.scoring.services.trail import require_reason

MAX_BALLOTS = 50

# What a new round brings besides its rubric; the second is the round it was copied from.
after_round_made: list[Callable[[Round, Round | None], None]] = []


def open_rounds(
    event_id: int,
    phases: Iterable[Phase],
    *,
    by_id: int | None,
    at: datetime,
    rubrics: Sequence[Mapping[str, Any]] = (),
    ballots_per_idea: int = 3,
) -> list[Round]:
    """A round with its first rubric for each judging phase given.

    `rubrics` are a template's: the nth of a kind is that of the nth phase of the kind. A final takes only chosen
    entries, unless the template says otherwise.
    """
    judged = [phase for phase in phases if phase.kind.is_round]
    made = []
    for phase, row in zip(judged, match_rounds(rubrics, [p.kind.value for p in judged]), strict=True):
        settings = {
            "ballots_per_idea": ballots_per_idea,
            "takes_all": phase.kind is not PhaseKind.FINAL,
            **settings_of(row or {}),
        }
        round_ = Round(event_id=event_id, phase_id=phase.id, position=phase.position, **settings)
        db.session.add(round_)
        db.session.flush()
        begin_rubric(round_, row["criteria"] if row else (), by_id=by_id, at=at)
        begin_index(round_, row or {})
        tell_of_round(round_)
        made.append(round_)
    if all(row.get("weight") is None for row in rubrics):
        _share_weights(made)
    return made


def tell_of_round(round_: Round, source: Round | None = None) -> None:
    """Let features above add to a new round what is theirs."""
    for listener in after_round_made:
        listener(round_, source)


def _share_weights(rounds: Sequence[Round]) -> None:
    """Substance 70, presentation 30, as the national competition does; one round alone has all."""
    kinds = (Decimal(70), Decimal(30)) if len(rounds) == 2 else ()
    for round_, weight in zip(rounds, kinds, strict=False):
        round_.weight = weight


def begin_rubric(
    round_: Round, criteria: Sequence[Mapping[str, Any]], *, by_id: int | None, at: datetime
) -> Rubric:
    """Version 1 of a round's rubric out of a template's criteria."""
    rubric = Rubric(round_id=round_.id, version=1, created_by_id=by_id, created_at=at)
    db.session.add(rubric)
    db.session.flush()
    given = [Keyed(values["name"], values.get("key", "")) for values in criteria]
    keys = give_keys([name for name, _key in given], given)
    for position, (values, key) in enumerate(zip(criteria, keys, strict=True)):
        db.session.add(_criterion(rubric.id, position, {**values, "key": key}))
    round_.rubric_id = rubric.id
    db.session.flush()
    return rubric


def _criterion(rubric_id: int, position: int, values: Mapping[str, Any]) -> Criterion:
    levels = [
        {
            "value": str(level["value"]),
            "label": level.get("label", ""),
            "description": level.get("description", ""),
        }
        for level in values.get("levels", ())
    ]
    return Criterion(
        rubric_id=rubric_id,
        position=position,
        key=values["key"],
        name=values["name"],
        description=values.get("description", ""),
        weight=Decimal(str(values["weight"])),
        minimum=Decimal(str(values.get("min", 1))),
        maximum=Decimal(str(values.get("max", 5))),
        step=Decimal(str(values.get("step", 1))),
        levels=levels,
    )


def add_missing_rounds(actor: Actor, *, at: datetime) -> list[Round]:
    """Rounds for judging phases that were added to the timetable later."""
    require(policy.can_set_up(actor))
    before = list_rounds(actor.event.id)
    k = before[-1].ballots_per_idea if before else 3
    missing = list_phases_without_round(actor.event)
    made = [
        round_
        for phase in missing
        for round_ in open_rounds(actor.event.id, [phase], by_id=actor.user_id, at=at, ballots_per_idea=k)
    ]
    for round_ in made:
        _record(actor, "round.open", round_, at, after={"phase": round_.phase_id})
    return made


def update_round(
    actor: Actor,
    round_: Round,
    *,
    ballots_per_idea: int,
    weight: Decimal,
    takes_all: bool,
    carries: bool,
    at: datetime,
) -> None:
    """Set how many ballots an entry wants, the round's share of the final score, whether all entries take part, and
    whether earlier rounds count in its ranking.
    """
    require(policy.can_set_up(actor))
    wrong = Refused(_l("Isi angka dari 1 sampai %(most)s.", most=MAX_BALLOTS), field="ballots_per_idea")
    require(1 <= ballots_per_idea <= MAX_BALLOTS, wrong)
    require(0 <= weight <= 100, Refused(_l("Isi angka dari 0 sampai 100."), field="weight"))
    round_ = locked(Round, round_.id)
    new = {
        "ballots_per_idea": ballots_per_idea,
        "weight": weight,
        "takes_all": takes_all,
        "carries": carries,
    }
    before = {key: getattr(round_, key) for key in new}
    changed = [key for key, value in new.items() if before[key] != value]
    for key in changed:
        setattr(round_, key, new[key])
    if changed:
        old, now = ({key: _plain(values[key]) for key in changed} for values in (before, new))
        _record(actor, "round.update", round_, at, before=old, after=now)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def close_round(actor: Actor, round_: Round, *, reason: str, at: datetime) -> None:
    """End a round before its time."""
    require(policy.can_set_up(actor))
    round_ = locked(Round, round_.id)
    require(round_.closed_at is None, Refused(_l("Babak ini sudah ditutup.")))
    reason = require_reason(reason)
    round_.closed_at = at
    _record(actor, "round.close", round_, at, after={"reason": reason})


def reopen_round(actor: Actor, round_: Round, *, reason: str, at: datetime) -> None:
    """Take back an early end. The phase's own end still holds; moving that is done in the timetable."""
    require(policy.can_set_up(actor))
    round_ = locked(Round, round_.id)
    require(round_.closed_at is not None, Refused(_l("Babak ini tidak ditutup lebih awal.")))
    reason = require_reason(reason)
    round_.closed_at = None
    _record(actor, "round.reopen", round_, at, after={"reason": reason})


def set_peers(actor: Actor, round_: Round, *, opened: bool, reason: str = "", at: datetime) -> None:
    """Open what jurors gave to each other, or hide it again: the jury sits down together, or rises."""
    require(policy.can_lead(actor))
    round_ = locked(Round, round_.id)
    require((round_.peers_opened_at is not None) is not opened, Refused(_l("Keadaannya sudah demikian.")))
    round_.peers_opened_at = at if opened else None
    round_.peers_opened_by_id = actor.user_id if opened else None
    _record(
        actor, "round.peers_open" if opened else "round.peers_close", round_, at, after={"reason": reason}
    )


def choose_entries(
    actor: Actor, round_: Round, idea_ids: Iterable[int], *, reason: str, at: datetime
) -> tuple[int, int]:
    """Set which entries advance into a round that does not take all; how many came and went.

    An entry with an active juror in the round stays until its assignments are taken back.
    """
    require(policy.can_set_up(actor))
    locked(Round, round_.id)
    require(not round_.takes_all, Refused(_l("Babak ini menilai semua karya yang memenuhi syarat.")))
    reason = require_reason(reason)
    eligible = select(Idea.id).where(Idea.event_id == actor.event.id, Idea.state == IdeaState.ELIGIBLE)
    wanted = set(idea_ids) & set(db.session.scalars(eligible))
    rows = {row.idea_id: row for row in db.session.scalars(select(RoundEntry).filter_by(round_id=round_.id))}
    gone, come = set(rows) - wanted, wanted - set(rows)
    _refuse_seated(round_, gone)
    for idea_id in sorted(gone):
        db.session.delete(rows[idea_id])
    for idea_id in sorted(come):
        values = {"round_id": round_.id, "idea_id": idea_id, "reason": reason}
        db.session.add(RoundEntry(**values, added_by_id=actor.user_id, added_at=at))
    db.session.flush()
    if come or gone:
        after = {"added": sorted(come), "removed": sorted(gone), "reason": reason}
        _record(actor, "round.entries", round_, at, after=after)
    return len(come), len(gone)


def _refuse_seated(round_: Round, gone: set[int]) -> None:
    seated = select(Assignment.idea_id).where(
        Assignment.round_id == round_.id,
        Assignment.state == AssignmentState.ACTIVE,
        Assignment.idea_id.in_(gone),
    )
    text = _l(
        "Karya yang sudah mempunyai juri pada babak ini tidak dapat dikeluarkan. Cabut penugasannya dahulu."
    )
    require(not gone or db.session.scalar(seated.limit(1)) is None, Refused(text))


def _record(
    actor: Actor,
    action: str,
    round_: Round,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any],
) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        before=before,
        after=after,
    )

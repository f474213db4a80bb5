"""Setting a vote up: its rules, and what stands in it. Locked once somebody has voted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.voting import policy
from innovate.voting.domain.plan import Plan
from innovate.voting.domain.stages import PollState, Pool, Stage
from innovate.voting.models import Poll, PollEntry
from innovate.voting.queries.entries import count_entrants, list_candidates
from innovate.voting.queries.polls import get_poll, has_begun

LEAST_ENTRIES = 2


def create_poll(actor: Actor, plan: Plan, *, at: datetime) -> Poll:
    """A draft that only the committee sees."""
    _require_running(actor)
    _check(plan, at)
    poll = Poll(
        event_id=actor.event.id,
        salt=secrets.token_hex(32),
        created_by_id=actor.user_id,
        created_at=at,
        **_columns(plan),
    )
    db.session.add(poll)
    db.session.flush()
    _enter(actor, poll, plan)
    note("poll.create", actor, poll, at, after=_values(poll))
    return poll


def update_poll(actor: Actor, public_id: str, plan: Plan, *, at: datetime) -> Poll:
    """Change its rules, as long as nobody has voted or asked to."""
    _require_running(actor)
    poll = hold_poll(actor, public_id)
    begun = _l(
        "Sudah ada yang memberi suara, jadi aturannya terkunci. Waktu tutup dapat diubah dengan alasan."
    )
    require(poll.state is not PollState.COUNTED and not has_begun(poll.id), Refused(begun))
    closed = _l("Pemungutan suara ini sudah ditutup.")
    require(poll.stage(at) is not Stage.CLOSED, Refused(closed))
    _check(plan, at)
    before = _values(poll)
    for name, value in _columns(plan).items():
        setattr(poll, name, value)
    _enter(actor, poll, plan)
    after = _values(poll)
    changed = {key for key in after if after[key] != before[key]}
    if changed:
        note(
            "poll.update",
            actor,
            poll,
            at,
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )
    return poll


def open_poll(actor: Actor, public_id: str, *, at: datetime) -> Poll:
    """Announce the vote: from its opening instant on everybody with an address may vote."""
    _require_running(actor)
    poll = hold_poll(actor, public_id)
    require(poll.state is PollState.DRAFT, Refused(_l("Pemungutan suara ini sudah dibuka.")))
    hidden = _l("Terbitkan kompetisinya terlebih dahulu.")
    require(actor.event.state is EventState.PUBLISHED, Refused(hidden))
    require(poll.closes_at > at, Refused(_l("Waktu tutupnya sudah lewat. Ubah dahulu.")))
    if poll.pool is not Pool.CHOSEN:
        _fill(poll, _list_keys(actor, poll.pool, poll.group_code, poll.track_code))
    few = _l("Paling sedikit dua karya yang timnya setuju ditampilkan harus ikut.")
    require(count_entrants(poll.id) >= LEAST_ENTRIES, Refused(few))
    poll.state, poll.opened_at = PollState.OPEN, at
    note("poll.open", actor, poll, at, after=_values(poll))
    return poll


def discard_poll(actor: Actor, public_id: str, *, at: datetime) -> None:
    """Throw a draft away that nobody has seen."""
    _require_running(actor)
    poll = hold_poll(actor, public_id)
    require(poll.state is PollState.DRAFT, Refused(_l("Hanya draf yang dapat dihapus.")))
    note("poll.discard", actor, poll, at, before={"name": poll.name})
    db.session.execute(delete(PollEntry).where(PollEntry.poll_id == poll.id))
    db.session.delete(poll)


def hold_poll(actor: Actor, public_id: str) -> Poll:
    """The vote as it is now, held until the commit: no vote is cast meanwhile."""
    return locked(Poll, get_poll(actor.event.id, public_id).id)


def note(
    action: str,
    actor: Actor,
    poll: Poll,
    at: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write it into the trail."""
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="poll",
        object_id=poll.id,
        event_id=actor.event.id,
        before=before,
        after=after,
    )


def _require_running(actor: Actor) -> None:
    require(policy.can_run(actor))


def _check(plan: Plan, at: datetime) -> None:
    require(
        plan.opens_at < plan.closes_at,
        Refused(_l("Waktu tutup harus sesudah waktu buka."), field="closes_at"),
    )
    require(plan.closes_at > at, Refused(_l("Pilih waktu yang belum lewat."), field="closes_at"))


def _columns(plan: Plan) -> dict[str, Any]:
    return {key: value for key, value in asdict(plan).items() if key != "entries"}


def _values(poll: Poll) -> dict[str, Any]:
    return {
        "name": poll.name,
        "group": poll.group_code,
        "track": poll.track_code,
        "pool": poll.pool.value,
        "cap": poll.cap,
        "winners": poll.winners,
        "excludes_winners": poll.excludes_winners,
        "excludes_specials": poll.excludes_specials,
        "starts_at": poll.opens_at.isoformat(),
        "ends_at": poll.closes_at.isoformat(),
        "standing": count_entrants(poll.id),
    }


def _enter(actor: Actor, poll: Poll, plan: Plan) -> None:
    chosen = plan.entries if plan.pool is Pool.CHOSEN else None
    keys = _list_keys(actor, plan.pool, plan.group_code, plan.track_code, chosen)
    if plan.pool is Pool.CHOSEN:
        few = _l("Pilih paling sedikit dua karya.")
        require(len(keys) >= LEAST_ENTRIES, Refused(few, field="entries"))
    _fill(poll, keys)


def _list_keys(
    actor: Actor, pool: Pool, group: str, track: str, chosen: frozenset[str] | None = None
) -> Sequence[int]:
    candidates = list_candidates(actor.event, pool, group=group, track=track)
    return [entry.idea_id for entry in candidates if chosen is None or entry.public_id in chosen]


def _fill(poll: Poll, ideas: Sequence[int]) -> None:
    db.session.execute(delete(PollEntry).where(PollEntry.poll_id == poll.id))
    db.session.add_all(PollEntry(poll_id=poll.id, idea_id=idea) for idea in ideas)
    db.session.flush()

"""Locking the hand-in of one entry, and opening it again with a reason."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.locks import HandInLock
from innovate.scoring.models.rounds import Round
from innovate.scoring.services.trail import require_reason


def lock_hand_in(actor: Actor, round_: Round, idea_id: int, *, at: datetime) -> HandInLock:
    """From now no ballot of the entry changes. Locking a locked entry changes nothing."""
    require(policy.can_lead(actor))
    _hold_seats(round_, idea_id)
    lock = _find(round_, idea_id)
    if lock is not None:
        return lock
    lock = HandInLock(round_id=round_.id, idea_id=idea_id, locked_by_id=actor.user_id, locked_at=at)
    db.session.add(lock)
    _mark_ballots(round_, idea_id, at)
    _record(actor, "ballots.lock", round_, idea_id, at)
    return lock


def unlock_hand_in(actor: Actor, round_: Round, idea_id: int, *, reason: str, at: datetime) -> None:
    """Ballots of the entry may be changed again; why is recorded."""
    require(policy.can_lead(actor))
    _hold_seats(round_, idea_id)
    lock = _find(round_, idea_id)
    if lock is None:
        raise Refused(_l("Nilai karya ini tidak sedang dikunci."))
    lock.ended_reason = require_reason(reason)
    lock.ended_at, lock.ended_by_id = at, actor.user_id
    _mark_ballots(round_, idea_id, None)
    _record(actor, "ballots.unlock", round_, idea_id, at, reason=lock.ended_reason)


def _mark_ballots(round_: Round, idea_id: int, at: datetime | None) -> None:
    """A save looks at its own row in the statement that writes it, so that a lock costs it nothing."""
    of_entry = update(Ballot).where(Ballot.round_id == round_.id, Ballot.idea_id == idea_id)
    db.session.execute(of_entry.values(locked_at=at), execution_options={"synchronize_session": False})


def _hold_seats(round_: Round, idea_id: int) -> None:
    """One at a time; and a ballot begun in this moment, which refers to its seat, waits and then finds the lock."""
    seats = select(Assignment.id).where(Assignment.round_id == round_.id, Assignment.idea_id == idea_id)
    db.session.execute(seats.order_by(Assignment.id).with_for_update())


def _find(round_: Round, idea_id: int) -> HandInLock | None:
    query = select(HandInLock).where(
        HandInLock.round_id == round_.id, HandInLock.idea_id == idea_id, HandInLock.ended_at.is_(None)
    )
    return db.session.scalar(query)


def _record(actor: Actor, action: str, round_: Round, idea_id: int, at: datetime, **more: str) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="idea",
        object_id=idea_id,
        event_id=actor.event.id,
        after={"round": round_.id, **more},
    )

"""Seats of ballots that are brought in whole: made where the juror has none, and ended when they are taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from innovate.audit.services import Record, record_all
from innovate.core.db import db, locked
from innovate.core.errors import require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import Sheet
from innovate.scoring.services.exclusion import exclude_ballots
from innovate.scoring.services.jurors import ensure_jurors

Pair = tuple[int, int]  # idea, juror
_AT_ONCE = 500


def ensure_seats(
    actor: Actor, round_: Round, pairs: Collection[Pair], *, at: datetime
) -> tuple[dict[Pair, int], frozenset[int]]:
    """The seat of each pair, and which of them are new. The caller has checked that the pairs may be.

    Capacity says how much a juror is asked to do; what is already done is not refused for it.
    """
    require(policy.can_lead(actor))
    locked(Round, round_.id)  # two hands at once must see each other's seats
    query = select(Assignment.idea_id, Assignment.user_id, Assignment.id)
    query = query.where(Assignment.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE)
    standing = {(idea, user): seat for idea, user, seat in db.session.execute(query)}
    missing = sorted(set(pairs) - set(standing))
    ensure_jurors(actor.event.id, sorted({user for _idea, user in missing}))
    new = [
        Assignment(round_id=round_.id, idea_id=idea, user_id=user, created_at=at) for idea, user in missing
    ]
    db.session.add_all(new)
    db.session.flush()
    _record(
        actor, "assignment.add", [(s.id, s.user_id, {"idea": s.idea_id, "juror": s.user_id}) for s in new], at
    )
    seats = standing | {(seat.idea_id, seat.user_id): seat.id for seat in new}
    return {pair: seats[pair] for pair in pairs}, frozenset(seat.id for seat in new)


def end_seats(
    actor: Actor, sheets: Sequence[Sheet], *, made_anew: Collection[int], reason: str, at: datetime
) -> None:
    """Take ballots back: each is kept and no longer counts, its seat ends.

    Those whose seat (its key) is in `made_anew` get an empty one like it, because they were to judge before, too.
    """
    require(policy.can_lead(actor))
    counted = [sheet for sheet in sheets if sheet.ballot_state is not BallotState.EXCLUDED]
    if counted:
        exclude_ballots(actor.user_id, counted, reason=reason, at=at)
    keys = [sheet.assignment_id for sheet in sheets]
    old = _end(keys, reason, at)
    _record(actor, "assignment.remove", [(s.id, s.user_id, {"reason": reason}) for s in old], at)
    again = [
        Assignment(
            round_id=seat.round_id,
            idea_id=seat.idea_id,
            user_id=seat.user_id,
            by_draw=seat.by_draw,
            created_at=seat.created_at,
            cleared_at=seat.cleared_at,
        )
        for seat in old
        if seat.id in made_anew
    ]
    db.session.add_all(again)
    db.session.flush()
    _record(
        actor,
        "assignment.add",
        [(s.id, s.user_id, {"idea": s.idea_id, "juror": s.user_id}) for s in again],
        at,
    )


def _end(keys: Sequence[int], reason: str, at: datetime) -> list[Assignment]:
    """End the seats that stand; those."""
    ended: list[Assignment] = []
    for first in range(0, len(keys), _AT_ONCE):
        part = Assignment.id.in_(keys[first : first + _AT_ONCE])
        query = select(Assignment).where(part, Assignment.state == AssignmentState.ACTIVE)
        ended += db.session.scalars(query.order_by(Assignment.id).execution_options(populate_existing=True))
    change = {"state": AssignmentState.REMOVED, "reason": reason, "ended_at": at}
    for first in range(0, len(ended), _AT_ONCE):
        chosen = [seat.id for seat in ended[first : first + _AT_ONCE]]
        db.session.execute(update(Assignment).where(Assignment.id.in_(chosen)).values(**change))
    return ended


def _record(
    actor: Actor, action: str, seats: Sequence[tuple[int, int, dict[str, Any]]], at: datetime
) -> None:
    records = [
        Record(action, "assignment", seat, actor.event.id, None, after, user) for seat, user, after in seats
    ]
    record_all(records, actor_id=actor.user_id, at=at)

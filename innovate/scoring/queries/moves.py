"""Which seat a moved juror came from."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round


def find_origin(seat: Assignment) -> Assignment | None:
    """The seat this one replaced by a move: taken back from the same juror in the very moment this one was given."""
    query = select(Assignment).where(
        Assignment.id < seat.id,
        Assignment.round_id == seat.round_id,
        Assignment.user_id == seat.user_id,
        Assignment.idea_id != seat.idea_id,
        Assignment.state == AssignmentState.REMOVED,
        Assignment.ended_at == seat.created_at,
    )
    return db.session.scalar(
        query.options(joinedload(Assignment.idea)).order_by(Assignment.id.desc()).limit(1)
    )


def find_move(round_: Round, public_id: str) -> tuple[Assignment, Assignment] | None:
    """A move that can still be taken back: the seat before and the seat now, with their entries."""
    query = select(Assignment).where(
        Assignment.public_id == public_id,
        Assignment.round_id == round_.id,
        Assignment.state == AssignmentState.ACTIVE,
    )
    seat = db.session.scalar(query.options(joinedload(Assignment.idea), joinedload(Assignment.user)))
    before = find_origin(seat) if seat else None
    return (before, seat) if before and seat else None

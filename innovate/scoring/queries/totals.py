"""Reading the totals of ballots, as rows of plain values: everything a ranking is computed from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from innovate.core.db import db
from innovate.scoring.models.ballots import Ballot, BallotState


def counted(leave_out: int | None = None, count_in: int | None = None) -> ColumnElement[bool]:
    """Condition on Ballot: handed in, as if the ballot `leave_out` did not count, or the ballot `count_in` did."""
    counts: ColumnElement[bool] = Ballot.state == BallotState.SUBMITTED
    if count_in is not None:
        counts = or_(counts, Ballot.id == count_in)
    return counts if leave_out is None else and_(counts, Ballot.id != leave_out)


def list_totals(
    round_ids: Collection[int], *, leave_out: int | None = None, count_in: int | None = None
) -> list[Any]:
    """(round, idea, juror, total 0..100) of every ballot that counts, in no order. One statement.

    Plain tuples as the driver gives them: whole numbers and a float need nothing of what makes a row of it.
    """
    query = select(Ballot.round_id, Ballot.idea_id, Ballot.user_id, Ballot.total)
    query = query.where(Ballot.round_id.in_(round_ids), counted(leave_out, count_in))
    found = db.session.connection().execute(query.where(Ballot.total.is_not(None)))
    return list(found.cursor.fetchall())


def has_any_ballot(event_rounds: Collection[int]) -> bool:
    """Whether anybody began to score in any of these rounds."""
    query = select(Ballot.id).where(Ballot.round_id.in_(event_rounds)).limit(1)
    return db.session.scalar(query) is not None

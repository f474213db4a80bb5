"""Reading rounds, rubrics, assignments and ballots."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.scoring.models import Ballot, BallotState


class RawTotal(NamedTuple):
    """An idea's ballots in a round: how many count, and the mean of their totals (0..100)."""

    idea_id: int
    ballots: int
    mean: float


def raw_totals(round_id: int) -> dict[int, RawTotal]:
    """Mean of the stored totals of submitted ballots by idea; ideas without one are absent."""
    query = (
        select(Ballot.idea_id, func.count(), func.avg(Ballot.total))
        .where(Ballot.round_id == round_id, Ballot.state == BallotState.SUBMITTED, Ballot.total.is_not(None))
        .group_by(Ballot.idea_id)
    )
    return {
        idea_id: RawTotal(idea_id, count, float(mean)) for idea_id, count, mean in db.session.execute(query)
    }

"""Reading rounds, rubrics, assignments and ballots."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from innovate.core.db import db
from innovate.events.models import Phase
from innovate.scoring.models import Ballot, BallotState, Round, RoundEntry


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


def list_rounds(event_id: int) -> list[Round]:
    """The event's rounds with their phases, in the order of the timetable."""
    query = select(Round).join(Phase, Phase.id == Round.phase_id).where(Round.event_id == event_id)
    return list(db.session.scalars(query.options(contains_eager(Round.phase)).order_by(Phase.position)))


def list_round_entry_ids(round_id: int) -> frozenset[int]:
    """Ideas chosen into a round that does not take all."""
    return frozenset(db.session.scalars(select(RoundEntry.idea_id).where(RoundEntry.round_id == round_id)))

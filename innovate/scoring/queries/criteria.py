"""Reading what a round's ballots gave on each criterion."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.scoring.models.ballots import Ballot, BallotScore
from innovate.scoring.models.rounds import Criterion, Round
from innovate.scoring.queries.ballots import CriterionRow
from innovate.scoring.queries.totals import counted

_CRITERION = (
    Criterion.id,
    Criterion.name,
    Criterion.description,
    Criterion.weight,
    Criterion.minimum,
    Criterion.maximum,
    Criterion.step,
    Criterion.levels,
)


def list_criteria(rubric_id: int | None) -> list[CriterionRow]:
    """The criteria of a rubric in order; none where there is no rubric."""
    query = select(*_CRITERION).where(Criterion.rubric_id == (rubric_id or 0))
    return [
        CriterionRow(*row) for row in db.session.execute(query.order_by(Criterion.position, Criterion.id))
    ]


@dataclass(frozen=True)
class CriterionMeans:
    """Criteria of the rubric in force, the heaviest first, and by idea the mean given on each (None: no value)."""

    names: list[str] = field(default_factory=list)
    means: dict[int, list[float | None]] = field(default_factory=dict)


def load_criterion_means(
    round_: Round, idea_ids: Collection[int], *, leave_out: int | None = None, count_in: int | None = None
) -> CriterionMeans:
    """Means over the ballots of these ideas that count (as in `totals.counted`). Two statements."""
    heaviest = select(Criterion.id, Criterion.name).where(Criterion.rubric_id == (round_.rubric_id or 0))
    order = (Criterion.weight.desc(), Criterion.position, Criterion.id)
    criteria = db.session.execute(heaviest.order_by(*order)).all()
    query = (
        select(Ballot.idea_id, BallotScore.criterion_id, func.avg(BallotScore.value))
        .join(BallotScore, BallotScore.ballot_id == Ballot.id)
        .where(Ballot.round_id == round_.id, counted(leave_out, count_in))
        .where(Ballot.idea_id.in_(idea_ids), BallotScore.criterion_id.in_([row.id for row in criteria]))
        .group_by(Ballot.idea_id, BallotScore.criterion_id)
    )
    found = {(idea, criterion): float(mean) for idea, criterion, mean in db.session.execute(query)}
    means = {idea: [found.get((idea, row.id)) for row in criteria] for idea in idea_ids}
    return CriterionMeans([row.name for row in criteria], means)

"""What jurors gave in a round, for recapitulations and score sheets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.ideas.models import Idea
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.rounds import Criterion, Rubric
from innovate.teams.models import Team


def map_totals(round_id: int) -> dict[tuple[int, int], float]:
    """The total of every ballot that counts, by idea and juror."""
    query = select(Ballot.idea_id, Ballot.user_id, Ballot.total).where(
        Ballot.round_id == round_id, Ballot.state == BallotState.SUBMITTED, Ballot.total.is_not(None)
    )
    return {(idea, user): float(total) for idea, user, total in db.session.execute(query)}


@dataclass(frozen=True)
class Given:
    """One ballot that counts, with its criteria in the order of its rubric."""

    juror: User
    idea: Idea
    team: Team
    ballot: Ballot
    criteria: list[Criterion]
    scores: dict[int, BallotScore] = field(default_factory=dict)

    @property
    def at(self) -> datetime | None:
        """When it was handed in."""
        return self.ballot.submitted_at

    @property
    def weights(self) -> Decimal:
        """What the weights add up to."""
        return sum((each.weight for each in self.criteria), Decimal(0))


def list_given(round_id: int, *, user_id: int | None = None, limit: int | None = None) -> list[Given]:
    """Ballots of a round that count, by juror and entry: of everybody, or of one juror. Four queries."""
    query = (
        select(Ballot, User, Idea, Team)
        .join(User, User.id == Ballot.user_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .join(Team, Team.id == Idea.team_id)
        .where(Ballot.round_id == round_id, Ballot.state == BallotState.SUBMITTED)
        .options(joinedload(Team.unit))
        .order_by(User.name, User.id, Idea.number, Idea.id)
        .limit(limit)
    )
    if user_id is not None:
        query = query.where(Ballot.user_id == user_id)
    rows = [(ballot, user, idea, team) for ballot, user, idea, team in db.session.execute(query)]
    criteria = _list_criteria({ballot.rubric_id for ballot, *_rest in rows})
    scores: dict[int, dict[int, BallotScore]] = {}
    wanted = select(BallotScore).where(BallotScore.ballot_id.in_([ballot.id for ballot, *_rest in rows]))
    for score in db.session.scalars(wanted) if rows else ():
        scores.setdefault(score.ballot_id, {})[score.criterion_id] = score
    return [
        Given(user, idea, team, ballot, criteria.get(ballot.rubric_id, []), scores.get(ballot.id, {}))
        for ballot, user, idea, team in rows
    ]


def _list_criteria(rubric_ids: Collection[int]) -> dict[int, list[Criterion]]:
    query = select(Criterion).join(Rubric, Rubric.id == Criterion.rubric_id)
    query = query.where(Rubric.id.in_(rubric_ids)).order_by(Criterion.position, Criterion.id)
    found: dict[int, list[Criterion]] = {}
    for each in db.session.scalars(query):
        found.setdefault(each.rubric_id, []).append(each)
    return found

"""Reading the whole panel's ballots: for the chair, organizers and auditors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.ideas.models import Idea
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Criterion
from innovate.scoring.queries.rounds import list_rounds


@dataclass(frozen=True)
class SeatPage:
    """One assignment with everything that names it."""

    public_id: str
    round_number: int
    round_name: str
    state: AssignmentState
    reason: str
    juror: str
    juror_public_id: str
    idea_title: str
    idea_number: int | None
    idea_public_id: str
    ballot: BallotState | None
    total: float | None
    idea_id: int


def get_seat_page(event_id: int, public_id: str) -> SeatPage:
    """An assignment of the event, or NotFound."""
    rounds = {round_.id: round_ for round_ in list_rounds(event_id)}
    query = (
        select(
            Assignment.round_id,
            Assignment.state,
            Assignment.reason,
            User.name,
            User.public_id,
            Idea.title,
            Idea.number,
            Idea.public_id,
            Ballot.state,
            Ballot.total,
            Idea.id,
        )
        .join(User, User.id == Assignment.user_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.public_id == public_id, Assignment.round_id.in_(rounds))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    round_ = rounds[row.round_id]
    return SeatPage(public_id, round_.number, round_.phase.name, *row[1:])


class Change(NamedTuple):
    """One line of a ballot's history."""

    version: int
    action: str
    actor: str
    reason: str
    before: dict[str, Any]
    at: datetime


def list_changes(ballot_id: int) -> list[Change]:
    """What happened to a ballot, the newest first."""
    query = (
        select(
            BallotChange.version,
            BallotChange.action,
            User.name,
            BallotChange.reason,
            BallotChange.before,
            BallotChange.at,
        )
        .join(User, User.id == BallotChange.actor_id)
        .where(BallotChange.ballot_id == ballot_id)
        .order_by(BallotChange.id.desc())
    )
    return [Change(*row) for row in db.session.execute(query)]


def list_brought(round_id: int, idea_ids: Collection[int]) -> dict[str, str]:
    """Seats on these entries whose ballot came in the juror's stead: `keyed` from paper, `imported` from a sheet."""
    query = (
        select(Assignment.public_id, BallotChange.action)
        .join(Ballot, Ballot.id == BallotChange.ballot_id)
        .join(Assignment, Assignment.id == Ballot.assignment_id)
        .where(Ballot.round_id == round_id, Ballot.idea_id.in_(idea_ids))
        .where(BallotChange.action.in_(("keyed", "imported")))
        .order_by(BallotChange.id)
    )
    return dict(db.session.execute(query).tuples().all())


class OldScore(NamedTuple):
    """A value given under an earlier version of the rubric."""

    criterion: str
    value: float | None
    comment: str
    comment_internal: str


def list_old_scores(ballot_id: int, rubric_id: int) -> list[OldScore]:
    """Values of earlier rubric versions, kept as they were."""
    query = (
        select(Criterion.name, BallotScore.value, BallotScore.comment, BallotScore.comment_internal)
        .join(Criterion, Criterion.id == BallotScore.criterion_id)
        .where(BallotScore.ballot_id == ballot_id, Criterion.rubric_id != rubric_id)
        .order_by(Criterion.rubric_id, Criterion.position)
    )
    return [OldScore(*row) for row in db.session.execute(query)]

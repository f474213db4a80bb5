"""Reading which entries of a round are locked, and who has handed in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.locks import HandInLock


def is_locked(round_id: int, idea_id: int) -> bool:
    """Whether ballots of the entry are locked in the round now."""
    query = select(HandInLock.id).where(
        HandInLock.round_id == round_id, HandInLock.idea_id == idea_id, HandInLock.ended_at.is_(None)
    )
    return db.session.scalar(query) is not None


def list_locked(round_id: int) -> dict[int, datetime]:
    """Entries of the round that are locked, with the instant."""
    query = select(HandInLock.idea_id, HandInLock.locked_at)
    query = query.where(HandInLock.round_id == round_id, HandInLock.ended_at.is_(None))
    return dict(db.session.execute(query).tuples().all())


class HandIn(NamedTuple):
    """How far one juror is with one entry. No score: who waits for hand-ins does not read them."""

    juror: str
    ballot: BallotState | None

    @property
    def is_in(self) -> bool:
        """Whether the ballot needs nothing more."""
        return self.ballot in {BallotState.SUBMITTED, BallotState.EXCLUDED}


def list_hand_ins(round_id: int, idea_id: int) -> list[HandIn]:
    """The jurors of an entry by name, with the state of their ballots."""
    query = (
        select(User.name, Ballot.state)
        .select_from(Assignment)
        .join(User, User.id == Assignment.user_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(
            Assignment.round_id == round_id,
            Assignment.idea_id == idea_id,
            Assignment.state == AssignmentState.ACTIVE,
        )
        .order_by(User.name, Assignment.id)
    )
    return [HandIn(*row) for row in db.session.execute(query)]


class OwnSeat(NamedTuple):
    """A juror's own scorecard of one entry: its address, and whether it is handed in."""

    public_id: str
    is_in: bool

"""Reading sessions, who signed, and what is missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.deliberation.models import Deliberation, SignOff
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.rounds import is_entry_of, list_rounds


def find_session(round_: Round) -> Deliberation | None:
    """The round's latest session, open or closed."""
    query = select(Deliberation).filter_by(round_id=round_.id).order_by(Deliberation.id.desc())
    return db.session.scalar(query.limit(1))


def list_sessions(round_: Round) -> list[Deliberation]:
    """All sessions of the round, the newest first."""
    query = select(Deliberation).filter_by(round_id=round_.id).order_by(Deliberation.id.desc())
    return list(db.session.scalars(query))


class HandedIn(NamedTuple):
    """Active assignments of a round's entries, and how many are handed in."""

    assigned: int
    done: int

    @property
    def missing(self) -> int:
        """Ballots still to come."""
        return self.assigned - self.done


def count_handed_in(round_: Round) -> HandedIn:
    """How far the panel is, in one statement."""
    query = (
        select(func.count(), func.count(Ballot.id).filter(Ballot.state == BallotState.SUBMITTED))
        .select_from(Assignment)
        .join(Idea, Idea.id == Assignment.idea_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE)
        .where(is_entry_of(round_))
    )
    return HandedIn(*db.session.execute(query).one())


def load_stamps(round_ids: Collection[int]) -> dict[int, str]:
    """What tells whether any ballot of a round changed. Ballots are never deleted and every change raises a version,
    so equal stamps mean equal ballots.
    """
    query = select(Ballot.round_id, func.count(), func.sum(Ballot.version), func.max(Ballot.rubric_id))
    query = query.where(Ballot.round_id.in_(round_ids)).group_by(Ballot.round_id)
    found = {row[0]: "-".join(str(part) for part in row[1:]) for row in db.session.execute(query)}
    return {key: found.get(key, "0-0-0") for key in round_ids}


@dataclass(frozen=True)
class Signer:
    """A juror with work in the round: when they last signed, and whether that still holds."""

    user: User
    at: datetime | None
    holds: bool


def list_signers(round_: Round) -> list[Signer]:
    """Every juror with an active assignment, by name. Three statements."""
    seated = select(Assignment.user_id).where(
        Assignment.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE
    )
    people = db.session.scalars(select(User).where(User.id.in_(seated)).order_by(User.name, User.id)).all()
    last: dict[int, SignOff] = {
        row.user_id: row
        for row in db.session.scalars(select(SignOff).filter_by(round_id=round_.id).order_by(SignOff.id))
    }
    stamp = load_stamps([round_.id])[round_.id]
    found = []
    for user in people:
        row = last.get(user.id)
        found.append(Signer(user, row.at if row else None, holds=row is not None and row.stamp == stamp))
    return found


class PastSignature(NamedTuple):
    """One line of the history of sign-offs."""

    name: str
    at: datetime
    holds: bool


def list_signatures(round_: Round) -> list[PastSignature]:
    """Every sign-off ever given in the round, the newest first."""
    stamp = load_stamps([round_.id])[round_.id]
    query = select(User.name, SignOff.at, SignOff.stamp).join(User, User.id == SignOff.user_id)
    query = query.where(SignOff.round_id == round_.id).order_by(SignOff.id.desc())
    return [PastSignature(name, at, seen == stamp) for name, at, seen in db.session.execute(query)]


class Signed(NamedTuple):
    """How many of a round's jurors agreed to its outcome as it stands."""

    n: int
    m: int


def count_signed(round_: Round) -> Signed | None:
    """For the results room; None where the round's jury never sat. Four statements at most."""
    if find_session(round_) is None:
        return None
    signers = list_signers(round_)
    return Signed(sum(each.holds for each in signers), len(signers))


def find_waiting(actor: Actor) -> tuple[Round, Deliberation] | None:
    """The first round of the event whose outcome waits for this juror's signature."""
    sat: dict[int, Deliberation] = {
        row.round_id: row
        for row in db.session.scalars(
            select(Deliberation)
            .join(Assignment, Assignment.round_id == Deliberation.round_id)
            .where(Deliberation.event_id == actor.event.id, Assignment.user_id == actor.user_id)
            .where(Assignment.state == AssignmentState.ACTIVE)
            .order_by(Deliberation.id)
        ).unique()
    }
    if not sat:
        return None
    rounds = {round_.id: round_ for round_ in list_rounds(actor.event.id)}
    stamps = load_stamps(list(sat))
    query = select(SignOff.round_id, SignOff.stamp).filter_by(user_id=actor.user_id)
    given = set(db.session.execute(query.where(SignOff.round_id.in_(sat))).tuples())
    for round_id, session in sat.items():
        if (round_id, stamps[round_id]) not in given:
            return rounds[round_id], session
    return None

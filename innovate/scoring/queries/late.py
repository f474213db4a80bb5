"""Reading late ballots: the chair's list, one of them, a juror's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import Role
from innovate.events.models import Event, EventRole, Phase
from innovate.ideas.models import Idea
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.late import LateBallot, LateState, Reopening
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import is_barred


class LateRow(NamedTuple):
    """A late ballot with the names around it."""

    late: LateBallot
    seat: str
    seat_state: AssignmentState
    round_name: str
    closed_at: datetime
    number: int | None
    title: str
    juror: str
    decided_by: str | None
    idea_id: int


def list_late_ballots(event_id: int, *, user_id: int | None = None) -> list[LateRow]:
    """Late ballots of the event, the undecided first, then the newest; of one juror where asked. One statement."""
    query = _rows().where(LateBallot.event_id == event_id)
    if user_id is not None:
        query = query.where(LateBallot.user_id == user_id)
    order = (LateBallot.state != LateState.WAITING, LateBallot.arrived_at.desc(), LateBallot.id.desc())
    return [LateRow(*row) for row in db.session.execute(query.order_by(*order))]


def list_late_of_seat(assignment_id: int) -> list[LateRow]:
    """What arrived late for one assignment."""
    query = _rows().where(LateBallot.assignment_id == assignment_id).order_by(LateBallot.id)
    return [LateRow(*row) for row in db.session.execute(query)]


def get_late_ballot(event_id: int, public_id: str) -> LateRow:
    """One of them, or NotFound."""
    query = _rows().where(LateBallot.event_id == event_id, LateBallot.public_id == public_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return LateRow(*row)


def get_own_late_ballot(slug: str, public_id: str, user_id: int) -> LateBallot:
    """The person's own, or NotFound."""
    query = select(LateBallot).join(Event, Event.id == LateBallot.event_id)
    query = query.where(Event.slug == slug, LateBallot.public_id == public_id, LateBallot.user_id == user_id)
    late = db.session.scalar(query)
    if late is None:
        raise NotFound
    return late


def count_late_ballots(event_id: int) -> int:
    """How many wait for the chair."""
    query = select(func.count()).where(LateBallot.event_id == event_id, LateBallot.state == LateState.WAITING)
    return db.session.scalar(query) or 0


def list_deciders(event_id: int, idea_id: int, juror_id: int) -> list[User]:
    """Who decides about a juror's ballot of an entry: other chairs without a conflict, else the organizers."""
    found: dict[Role, list[User]] = {Role.CHAIR: [], Role.ORGANIZER: []}
    query = (
        select(EventRole.role, User)
        .join(User, User.id == EventRole.user_id)
        .where(EventRole.event_id == event_id, EventRole.role.in_(found), EventRole.revoked_at.is_(None))
        .order_by(User.id)
    )
    for role, user in db.session.execute(query):
        found[role].append(user)
    others = [user for user in found[Role.CHAIR] if user.id != juror_id]
    chairs = [user for user in others if not is_barred(event_id, idea_id, user.id)]
    return chairs or [user for user in found[Role.ORGANIZER] if user.id != juror_id]


class Grant(NamedTuple):
    """One permission to amend a ballot after its round closed."""

    granted_by: str
    reason: str
    granted_at: datetime
    juror_reason: str
    ended_at: datetime | None


def list_grants(event_id: int, seat: str) -> list[Grant]:
    """Permissions of one seat, the newest first."""
    query = (
        select(User.name, Reopening.reason, Reopening.granted_at, Reopening.juror_reason, Reopening.ended_at)
        .join(User, User.id == Reopening.granted_by_id)
        .join(Assignment, Assignment.id == Reopening.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .where(Assignment.public_id == seat, Round.event_id == event_id)
        .order_by(Reopening.id.desc())
    )
    return [Grant(*row) for row in db.session.execute(query)]


def _rows() -> Select[Any]:
    decider = aliased(User)
    return (
        select(
            LateBallot,
            Assignment.public_id,
            Assignment.state,
            Phase.name,
            func.coalesce(Round.closed_at, Phase.ends_at),
            Idea.number,
            Idea.title,
            User.name,
            decider.name,
            Idea.id,
        )
        .join(Assignment, Assignment.id == LateBallot.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Phase, Phase.id == Round.phase_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .join(User, User.id == LateBallot.user_id)
        .outerjoin(decider, decider.id == LateBallot.decided_by_id)
    )

"""Who belongs to a segment now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Select, func, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Attendance, Enrolment, LearningSession
from innovate.surveys.domain.kinds import Segment
from innovate.surveys.models import Survey
from innovate.teams.models import Membership, Team

_JURY = (Role.JUROR, Role.CHAIR)

# Who coordinates units stands beside this package; what stands above both tells it: () -> a query of users.id.
coordinators: list[Callable[[], Select[tuple[int]]]] = []


def list_people(survey: Survey) -> list[User]:
    """People with an account who are asked now; nobody of a public survey or a list of addresses."""
    keys = _KEYS.get(survey.segment)
    if keys is None:
        return []
    query = select(User).where(User.disabled_at.is_(None), User.restricted_at.is_(None))
    query = query.where(User.email_verified_at.is_not(None), User.id.in_(keys(survey)))
    return list(db.session.scalars(query.order_by(User.id)))


def list_by_address(addresses: list[str]) -> dict[str, User]:
    """The accounts behind addresses, by address in small letters."""
    query = select(User).where(func.lower(User.email).in_([each.lower() for each in addresses]))
    return {user.email.lower(): user for user in db.session.scalars(query)}


def find_last_session(activity_id: int) -> datetime | None:
    """When an activity's last session ends."""
    query = select(func.max(LearningSession.ends_at))
    return db.session.scalar(
        query.where(LearningSession.activity_id == activity_id, LearningSession.removed_at.is_(None))
    )


def _participants(survey: Survey) -> Select[tuple[int]]:
    query = select(Membership.user_id).join(Team, Team.id == Membership.team_id)
    return query.where(
        Team.event_id == survey.event_id, Team.disbanded_at.is_(None), Membership.left_at.is_(None)
    )


def _captains(survey: Survey) -> Select[tuple[int]]:
    return _participants(survey).where(Membership.user_id == Team.captain_id)


def _jurors(survey: Survey) -> Select[tuple[int]]:
    return _roles(survey).where(EventRole.role.in_(_JURY))


def _committee(survey: Survey) -> Select[tuple[int]]:
    return _roles(survey).where(EventRole.role.not_in((*_JURY, Role.MENTOR)))


def _roles(survey: Survey) -> Select[tuple[int]]:
    return select(EventRole.user_id).where(
        EventRole.event_id == survey.event_id, EventRole.revoked_at.is_(None)
    )


def _enrolled(survey: Survey) -> Select[tuple[int]]:
    return select(Enrolment.user_id).where(
        Enrolment.activity_id == survey.activity_id,
        Enrolment.withdrawn_at.is_(None),
        Enrolment.state == EnrolmentState.ENROLLED,
    )


def _attendees(survey: Survey) -> Select[tuple[int]]:
    query = select(Attendance.user_id).join(LearningSession, LearningSession.id == Attendance.session_id)
    return query.where(LearningSession.activity_id == survey.activity_id, Attendance.removed_at.is_(None))


def _coordinators(_survey: Survey) -> Select[tuple[int]]:
    return coordinators[0]() if coordinators else select(User.id).where(User.id < 0)


def _everybody(_survey: Survey) -> Select[tuple[int]]:
    return select(User.id)


_KEYS: dict[Segment, Callable[[Survey], Select[tuple[int]]]] = {
    Segment.PARTICIPANTS: _participants,
    Segment.CAPTAINS: _captains,
    Segment.JURORS: _jurors,
    Segment.COMMITTEE: _committee,
    Segment.ENROLLED: _enrolled,
    Segment.ATTENDEES: _attendees,
    Segment.COORDINATORS: _coordinators,
    Segment.EVERYBODY: _everybody,
}

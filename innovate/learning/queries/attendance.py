"""Who was there: one session's list, all of an activity, and what may be recorded now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.learning.domain import hours
from innovate.learning.domain.hours import Earned
from innovate.learning.domain.kinds import ActivityState, EnrolmentState
from innovate.learning.domain.rotating import AFTER, BEFORE
from innovate.learning.models import Activity, Attendance, Enrolment, LearningSession, Speaker

TRAIL_NAMES = {"learning_session": names_by(LearningSession.id, LearningSession.title)}


def find_activity_id(session_id: str) -> str:
    """The public id of the activity that a session belongs to, or NotFound."""
    query = select(Activity.public_id).join(LearningSession, LearningSession.activity_id == Activity.id)
    found = db.session.scalar(
        query.where(LearningSession.public_id == session_id, LearningSession.removed_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def find_present(session_id: int, user_id: int) -> Attendance | None:
    """The person's attendance in force."""
    query = select(Attendance).where(Attendance.session_id == session_id, Attendance.user_id == user_id)
    return db.session.scalar(query.where(Attendance.removed_at.is_(None)))


def list_taking(at: datetime) -> Sequence[tuple[str, str]]:
    """Sessions whose codes are taken now: (session, activity) by their public ids."""
    query = (
        select(LearningSession.public_id, Activity.public_id)
        .join(Activity, Activity.id == LearningSession.activity_id)
        .where(Activity.state == ActivityState.PUBLISHED, LearningSession.removed_at.is_(None))
        .where(LearningSession.starts_at <= at + BEFORE, LearningSession.ends_at > at - AFTER)
    )
    return list(db.session.execute(query).tuples())


def count_present(session_id: int) -> int:
    """How many were there."""
    query = select(func.count()).where(Attendance.session_id == session_id, Attendance.removed_at.is_(None))
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Line:
    """A person on a session's list, and their attendance if they were there."""

    user: User
    attendance: Attendance | None


def list_lines(
    activity: Activity, session: LearningSession, *, search: str = "", page: int = 1
) -> Page[Line]:
    """Everybody with a place, and whoever was there without one, by name; their units are loaded."""
    query = _people(activity.id, [session.id]).options(joinedload(User.unit))
    if search:
        words = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = query.where(User.name.ilike(words, escape="\\"))
    found = paginate(query.order_by(User.name, User.id), page=page)
    rows = select(Attendance).where(Attendance.session_id == session.id, Attendance.removed_at.is_(None))
    there = {
        row.user_id: row
        for row in db.session.scalars(rows.where(Attendance.user_id.in_([user.id for user in found.items])))
    }
    lines = [Line(user, there.get(user.id)) for user in found.items]
    return Page(lines, found.page, found.size, found.total)


def list_everybody(activity: Activity, session: LearningSession) -> Sequence[User]:
    """The same people for a printed list."""
    query = _people(activity.id, [session.id]).options(joinedload(User.unit))
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def map_listed(activity_id: int, session_id: int, public_ids: Collection[str]) -> dict[str, int]:
    """Those of these people who may stand on the session's list: their keys by public id."""
    query = _people(activity_id, [session_id]).where(User.public_id.in_(public_ids))
    return {user.public_id: user.id for user in db.session.scalars(query)}


def _people(activity_id: int, session_ids: Collection[int]) -> Select[tuple[User]]:
    placed = select(Enrolment.user_id).where(
        Enrolment.activity_id == activity_id,
        Enrolment.state == EnrolmentState.ENROLLED,
        Enrolment.withdrawn_at.is_(None),
    )
    there = select(Attendance.user_id).where(
        Attendance.session_id.in_(session_ids), Attendance.removed_at.is_(None)
    )
    return select(User).where(or_(User.id.in_(placed), User.id.in_(there)))


def map_counts(activity: Activity) -> dict[int, int]:
    """How many were in each session, by its key."""
    keys = [each.id for each in activity.sessions]
    query = select(Attendance.session_id, func.count()).where(
        Attendance.session_id.in_(keys), Attendance.removed_at.is_(None)
    )
    return dict(db.session.execute(query.group_by(Attendance.session_id)).tuples().all())


@dataclass(frozen=True)
class Standing:
    """A person over all sessions of an activity. `there`: keys of the sessions they were in."""

    user: User
    earned: Earned
    there: frozenset[int] = field(default_factory=frozenset)


def map_minutes(activity: Activity) -> dict[int, int]:
    """What each session counts, by its key."""
    return {
        each.id: hours.count_minutes(each.starts_at, each.ends_at, each.pause) for each in activity.sessions
    }


def list_standings(activity: Activity) -> list[Standing]:
    """Everybody with a place or an attendance, by name, with what they have earned. Three statements."""
    minutes = map_minutes(activity)
    query = _people(activity.id, list(minutes)).options(joinedload(User.unit))
    rows = select(Attendance.user_id, Attendance.session_id).where(
        Attendance.session_id.in_(list(minutes)), Attendance.removed_at.is_(None)
    )
    there: dict[int, set[int]] = {}
    for user_id, session_id in db.session.execute(rows):
        there.setdefault(user_id, set()).add(session_id)
    found = []
    for user in db.session.scalars(query.order_by(User.name, User.id)):
        attended = frozenset(there.get(user.id, ()))
        found.append(Standing(user, hours.earn(minutes, attended, activity.min_share), attended))
    return found


def is_over(activity: Activity, at: datetime) -> bool:
    """Whether it has sessions and the last has ended; its sessions must be loaded."""
    return bool(activity.sessions) and max(each.ends_at for each in activity.sessions) <= at


def list_spoken(user_id: int) -> Sequence[LearningSession]:
    """Sessions in which the person speaks, of published activities, newest first, with their activities."""
    speaks = select(Speaker.id).where(Speaker.session_id == LearningSession.id, Speaker.user_id == user_id)
    query = (
        select(LearningSession)
        .join(
            Activity,
            and_(Activity.id == LearningSession.activity_id, Activity.state == ActivityState.PUBLISHED),
        )
        .where(LearningSession.removed_at.is_(None), speaks.exists())
        .options(joinedload(LearningSession.activity))
        .order_by(LearningSession.starts_at.desc(), LearningSession.id)
    )
    return list(db.session.scalars(query))

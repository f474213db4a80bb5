"""Learning hours of many people at once, for those who lead: `domain/hours.earn`, counted by the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Subquery, case, cast, column, func, select, values

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.learning.domain.hours import MINUTES, count_minutes
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity, Attendance, Enrolment, LearningSession

_NOTHING: list[tuple[int, ...]] = [(0, 0, 0, 0, 0)]  # a table of values has at least one row


class Held(NamedTuple):
    """An activity that is over: `minutes` of its sessions less their pauses; `year` of its end in its own zone."""

    year: int
    minutes: int
    min_share: int
    sessions: Mapping[int, int]


@dataclass(frozen=True)
class Hours:
    """What people of one unit (None: of none) earned in one activity."""

    activity_id: int
    unit_id: int | None
    people: int
    jp: int


def map_held(*, at: datetime) -> dict[int, Held]:
    """Published activities that ended by `at`, by key. One statement."""
    query = (
        select(Activity.id, Activity.zone, Activity.min_share, LearningSession)
        .join(LearningSession, LearningSession.activity_id == Activity.id)
        .where(Activity.state == ActivityState.PUBLISHED, LearningSession.removed_at.is_(None))
    )
    found: dict[int, list[Any]] = {}
    for key, zone, share, session in db.session.execute(query):
        found.setdefault(key, [zone, share, []])[2].append(session)
    return {
        key: _held(zone, share, sessions)
        for key, (zone, share, sessions) in found.items()
        if max(each.ends_at for each in sessions) <= at
    }


def _held(zone: str, share: int, sessions: list[LearningSession]) -> Held:
    minutes = {each.id: count_minutes(each.starts_at, each.ends_at, each.pause) for each in sessions}
    ended_at = max(each.ends_at for each in sessions)
    return Held(ended_at.astimezone(ZoneInfo(zone)).year, sum(minutes.values()), share, minutes)


def list_hours(held: Mapping[int, Held]) -> list[Hours]:
    """JP and people of these activities by unit: the one of the enrolment, else the person's own. One statement.

    Somebody counts among `people` who was in one session at least; JP are those that count (`min_share`).
    """
    each = _sum_people(held)
    unit_id = func.coalesce(Enrolment.unit_id, User.unit_id)
    query = (
        select(each.c.activity_id, unit_id, func.count(), func.sum(each.c.jp))
        .join(User, User.id == each.c.user_id)
        .outerjoin(
            Enrolment,
            (Enrolment.activity_id == each.c.activity_id)
            & (Enrolment.user_id == each.c.user_id)
            & Enrolment.withdrawn_at.is_(None),
        )
        .group_by(each.c.activity_id, unit_id)
    )
    return [Hours(key, unit, people, int(jp or 0)) for key, unit, people, jp in db.session.execute(query)]


def count_learners(held: Mapping[int, Held], unit_ids: frozenset[int] | None = None) -> dict[int, int]:
    """Different people who were present, by year; of these units if they are named. One statement."""
    each = _sum_people(held)
    query = select(each.c.year, func.count(each.c.user_id.distinct())).group_by(each.c.year)
    if unit_ids is not None:
        query = query.join(User, User.id == each.c.user_id).where(User.unit_id.in_(unit_ids))
    return {int(year): count for year, count in db.session.execute(query)}


def _sum_people(held: Mapping[int, Held]) -> Subquery:
    """Per person and activity: its year and the JP that count."""
    rows = [
        (session, key, minutes, one.minutes * one.min_share, one.year)
        for key, one in held.items()
        for session, minutes in one.sessions.items()
    ]
    names = ("session_id", "activity_id", "minutes", "needed", "year")
    columns = (column(name, Integer) for name in names)
    told = values(*columns, name="told", literal_binds=True).data(rows or _NOTHING).cte()
    minutes = func.sum(told.c.minutes)
    enough = (minutes > 0) & (minutes * 100 >= func.max(told.c.needed))
    return (
        select(
            told.c.activity_id,
            Attendance.user_id,
            func.max(told.c.year).label("year"),
            case((enough, _whole(minutes)), else_=0).label("jp"),
        )
        .join(told, told.c.session_id == Attendance.session_id)
        .where(Attendance.removed_at.is_(None))
        .group_by(told.c.activity_id, Attendance.user_id)
        .subquery()
    )


def _whole(minutes: ColumnElement[int]) -> ColumnElement[int]:
    """Whole JP: sums of whole numbers, divided and rounded down on every database."""
    return cast(minutes, Integer).op("/")(MINUTES)

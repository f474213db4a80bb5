"""A person's learning record: what they attended, and the JP of each year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.core.db import db
from innovate.learning.domain import hours
from innovate.learning.domain.hours import Earned
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity, Attendance, LearningSession
from innovate.learning.queries.attendance import map_minutes


@dataclass(frozen=True)
class Paper:
    """A certificate in force: its number, and where its holder gets it."""

    number: str
    endpoint: str
    values: Mapping[str, str]


# Who issues certificates stands above and says which the person holds, by activity.
certificates: list[Callable[[int], Mapping[int, Paper]]] = []


@dataclass(frozen=True)
class Learnt:
    """An activity that a person attended at least once. `year` is that of its end, in its own zone."""

    activity: Activity
    earned: Earned
    ended_at: datetime
    is_over: bool
    paper: Paper | None = None

    @property
    def year(self) -> int:
        """To which year its JP belong."""
        return self.ended_at.astimezone(ZoneInfo(self.activity.zone)).year

    @property
    def jp(self) -> int:
        """What counts now: nothing before its end."""
        return self.earned.jp if self.is_over else 0


def list_learnt(user_id: int, *, at: datetime) -> list[Learnt]:
    """Everything the person attended, newest first. The number of statements does not grow."""
    query = (
        select(Attendance.session_id)
        .join(LearningSession, LearningSession.id == Attendance.session_id)
        .where(Attendance.user_id == user_id, Attendance.removed_at.is_(None))
        .where(LearningSession.removed_at.is_(None))
    )
    attended = set(db.session.scalars(query))
    wanted = select(LearningSession.activity_id).where(LearningSession.id.in_(attended))
    activities = db.session.scalars(
        select(Activity)
        .where(Activity.id.in_(wanted), Activity.state == ActivityState.PUBLISHED)
        .options(selectinload(Activity.sessions), joinedload(Activity.event))
    )
    papers = {key: paper for find in certificates for key, paper in find(user_id).items()}
    found = []
    for activity in activities:
        ended_at = max(each.ends_at for each in activity.sessions)
        earned = hours.earn(map_minutes(activity), attended, activity.min_share)
        found.append(Learnt(activity, earned, ended_at, ended_at <= at, papers.get(activity.id)))
    return sorted(found, key=lambda each: (each.ended_at, each.activity.id), reverse=True)


@dataclass(frozen=True)
class Year:
    """What somebody learnt in a year: activities that are over and count, and their JP."""

    activities: int
    jp: int


def map_years(user_ids: Collection[int], year: int, *, at: datetime) -> dict[int, Year]:
    """That of many people; who has nothing is left out. Three statements."""
    turn = datetime(min(max(year, 2000), 2998), 1, 1, tzinfo=UTC)
    day = timedelta(days=1)  # zones differ; the exact year is asked below
    query = (
        select(Activity)
        .where(Activity.state == ActivityState.PUBLISHED)
        .where(
            Activity.sessions.any(
                and_(
                    LearningSession.ends_at >= turn - day,
                    LearningSession.ends_at < turn.replace(year=turn.year + 1) + day,
                )
            )
        )
        .options(selectinload(Activity.sessions))
    )
    activities = [each for each in db.session.scalars(query) if _counts_in(each, year, at)]
    keys = [session.id for each in activities for session in each.sessions]
    rows = select(Attendance.user_id, Attendance.session_id).where(
        Attendance.session_id.in_(keys), Attendance.user_id.in_(user_ids), Attendance.removed_at.is_(None)
    )
    there: dict[int, set[int]] = {}
    for user_id, session_id in db.session.execute(rows):
        there.setdefault(user_id, set()).add(session_id)
    held = [(map_minutes(each), each.min_share) for each in activities]
    found = {}
    for user_id, attended in there.items():
        earned = [hours.earn(minutes, attended, share) for minutes, share in held]
        found[user_id] = Year(sum(each.reached for each in earned), hours.sum_jp(earned))
    return found


def _counts_in(activity: Activity, year: int, at: datetime) -> bool:
    ended_at = max(each.ends_at for each in activity.sessions)
    return ended_at <= at and ended_at.astimezone(ZoneInfo(activity.zone)).year == year


def sum_years(rows: Sequence[Learnt]) -> dict[int, int]:
    """JP by year, newest first; years without any are left out."""
    found: dict[int, int] = {}
    for each in rows:
        found[each.year] = found.get(each.year, 0) + each.jp
    return dict(sorted(found.items(), reverse=True))


def select_rows(rows: Sequence[Learnt], *, search: str = "", year: int | None = None) -> list[Learnt]:
    """Those whose title, host or certificate holds the words, of one year or of all."""
    words = search.casefold().split()
    return [
        each
        for each in rows
        if (year is None or each.year == year) and all(word in _text(each) for word in words)
    ]


def _text(each: Learnt) -> str:
    number = each.paper.number if each.paper else ""
    return f"{each.activity.title} {each.activity.host} {number}".casefold()

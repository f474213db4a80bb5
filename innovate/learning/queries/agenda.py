"""The agenda: what is held, when, and how many places are taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState
from innovate.learning.models import Activity, ActivitySkill, Enrolment, LearningSession
from innovate.skills.models import Skill

TRAIL_NAMES = {"activity": names_by(Activity.id, Activity.title)}
_SIZE = 20


@dataclass(frozen=True)
class Wanted:
    """What the reader looks for. `since` and `until` bound the month in which a session is held."""

    past: bool = False
    kind: ActivityKind | None = None
    event: str = ""  # slug
    skill: str = ""  # public id
    search: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Item:
    """One line of the agenda, its event, sessions and skills loaded."""

    activity: Activity
    placed: int
    waiting: int

    @property
    def starts_at(self) -> datetime | None:
        """When the first session begins."""
        return min((each.starts_at for each in self.activity.sessions), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """When the last session ends."""
        return max((each.ends_at for each in self.activity.sessions), default=None)


def _spans() -> tuple[Any, Any]:
    mine = and_(LearningSession.activity_id == Activity.id, LearningSession.removed_at.is_(None))
    first = select(func.min(LearningSession.starts_at)).where(mine).correlate(Activity).scalar_subquery()
    last = select(func.max(LearningSession.ends_at)).where(mine).correlate(Activity).scalar_subquery()
    return first, last


def _public() -> Select[tuple[Activity]]:
    open_event = and_(Event.state != EventState.DRAFT, Event.deleted_at.is_(None))
    query = select(Activity).outerjoin(Event, Event.id == Activity.event_id)
    return query.where(Activity.state != ActivityState.DRAFT, or_(Event.id.is_(None), open_event))


def list_agenda(wanted: Wanted, at: datetime, *, page: int = 1, size: int = _SIZE) -> Page[Item]:
    """What is public: the nearest first, or of the past the latest first."""
    first, last = _spans()
    query = _narrow(_public(), wanted)
    if wanted.past:
        query = query.where(last <= at).order_by(last.desc(), Activity.id)
    else:
        query = query.where(last > at).order_by(first, Activity.id)
    found = paginate(query.options(*_loads()), page=page, size=size)
    return Page(fill_items(found.items), found.page, found.size, found.total)


def _loads() -> tuple[Any, ...]:
    return joinedload(Activity.event), selectinload(Activity.sessions), selectinload(Activity.skills)


def _narrow(query: Select[tuple[Activity]], wanted: Wanted) -> Select[tuple[Activity]]:
    if wanted.kind is not None:
        query = query.where(Activity.kind == wanted.kind)
    if wanted.event:
        query = query.where(Event.slug == wanted.event)
    if wanted.skill:
        teaches = select(ActivitySkill.activity_id).join(Skill, Skill.id == ActivitySkill.skill_id)
        query = query.where(Activity.id.in_(teaches.where(Skill.public_id == wanted.skill)))
    if wanted.search:
        words = (Activity.title, Activity.summary, Activity.host, Activity.description)
        query = query.where(or_(*(each.icontains(wanted.search, autoescape=True) for each in words)))
    if wanted.since is not None and wanted.until is not None:
        held = exists().where(
            LearningSession.activity_id == Activity.id,
            LearningSession.removed_at.is_(None),
            LearningSession.starts_at >= wanted.since,
            LearningSession.starts_at < wanted.until,
        )
        query = query.where(held)
    return query


def fill_items(activities: Sequence[Activity]) -> list[Item]:
    """The activities with how many have a place or wait."""
    counts = map_counts([each.id for each in activities])
    none = (0, 0)
    return [Item(each, *counts.get(each.id, none)) for each in activities]


def map_counts(activity_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """By activity: how many have a place, how many wait."""
    query = (
        select(Enrolment.activity_id, Enrolment.state, func.count())
        .where(Enrolment.activity_id.in_(activity_ids), Enrolment.withdrawn_at.is_(None))
        .group_by(Enrolment.activity_id, Enrolment.state)
    )
    found: dict[int, tuple[int, int]] = {}
    for activity_id, state, count in db.session.execute(query):
        placed, waiting = found.get(activity_id, (0, 0))
        if state is EnrolmentState.ENROLLED:
            placed = count
        elif state is EnrolmentState.WAITING:
            waiting = count
        found[activity_id] = (placed, waiting)
    return found


def list_of_event(event_id: int, *, drafts: bool) -> list[Item]:
    """Activities of one event by their first session; drafts only for its committee."""
    query = select(Activity).where(Activity.event_id == event_id)
    if not drafts:
        query = query.where(Activity.state != ActivityState.DRAFT)
    return _in_order(query)


def list_free_drafts() -> list[Item]:
    """What the site's organizers prepare and nobody else sees."""
    query = select(Activity).where(Activity.event_id.is_(None), Activity.state == ActivityState.DRAFT)
    return _in_order(query)


def _in_order(query: Select[tuple[Activity]]) -> list[Item]:
    items = fill_items(list(db.session.scalars(query.order_by(Activity.id).options(*_loads()))))
    return sorted(
        items, key=lambda item: (item.starts_at is None, item.starts_at or item.activity.created_at)
    )


def list_filter_events() -> list[Event]:
    """Events that have something on the agenda."""
    query = select(Event).where(Event.state != EventState.DRAFT, Event.deleted_at.is_(None))
    held = exists().where(Activity.event_id == Event.id, Activity.state != ActivityState.DRAFT)
    return list(db.session.scalars(query.where(held).order_by(Event.name, Event.id)))


def list_filter_skills() -> list[Skill]:
    """Skills that something on the agenda teaches."""
    taught = select(ActivitySkill.skill_id).join(Activity, Activity.id == ActivitySkill.activity_id)
    query = select(Skill).where(Skill.id.in_(taught.where(Activity.state != ActivityState.DRAFT)))
    return list(db.session.scalars(query.order_by(Skill.position, Skill.id)))


def list_skills(*, keep: Collection[int] = ()) -> list[Skill]:
    """Skills that can be chosen: those in use, and those in `keep`."""
    query = select(Skill).where(or_(Skill.retired_at.is_(None), Skill.id.in_(keep)))
    return list(db.session.scalars(query.order_by(Skill.position, Skill.id)))


def list_public_addresses() -> list[tuple[str, datetime | None]]:
    """Public ids of what everybody may read, and when each was published."""
    return [
        (each.public_id, each.published_at) for each in db.session.scalars(_public().order_by(Activity.id))
    ]

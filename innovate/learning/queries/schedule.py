"""What is held when, for one person or for everybody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from innovate.core.db import db
from innovate.learning.domain.enrolling import Span, find_overlaps
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity, Enrolment, LearningSession

_LIVING = Enrolment.withdrawn_at.is_(None)


def list_overlapping(activity: Activity, user_id: int) -> list[str]:
    """Titles of other activities of the person that are held at the same time; the sessions must be loaded."""
    spans = [Span(each.starts_at, each.ends_at) for each in activity.sessions]
    if not spans:
        return []
    query = (
        select(Activity.title, LearningSession.starts_at, LearningSession.ends_at)
        .join(LearningSession, LearningSession.activity_id == Activity.id)
        .join(Enrolment, Enrolment.activity_id == Activity.id)
        .where(Enrolment.user_id == user_id, _LIVING, Activity.id != activity.id)
        .where(Activity.state == ActivityState.PUBLISHED, LearningSession.removed_at.is_(None))
        .where(LearningSession.starts_at < max(span.ends_at for span in spans))
        .where(LearningSession.ends_at > min(span.starts_at for span in spans))
        .order_by(LearningSession.starts_at)
    )
    rows = db.session.execute(query).tuples().all()
    return list(
        dict.fromkeys(title for title, starts, ends in rows if find_overlaps(spans, [Span(starts, ends)]))
    )


def list_coming(user_id: int, at: datetime) -> list[Enrolment]:
    """What a person enrolled in and is not over yet, the nearest first; activity, event and sessions are loaded."""
    last = (
        select(func.max(LearningSession.ends_at))
        .where(LearningSession.activity_id == Enrolment.activity_id, LearningSession.removed_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(Enrolment)
        .join(Enrolment.activity)
        .where(Enrolment.user_id == user_id, _LIVING, Activity.state == ActivityState.PUBLISHED, last > at)
        .options(
            contains_eager(Enrolment.activity).joinedload(Activity.event),
            contains_eager(Enrolment.activity).selectinload(Activity.sessions),
        )
    )
    rows = list(db.session.scalars(query))
    return sorted(
        rows, key=lambda row: min(each.starts_at for each in row.activity.sessions if each.ends_at > at)
    )


def list_due(at: datetime, until: datetime) -> list[LearningSession]:
    """Sessions that begin between two instants, with their activity, its event, sessions and speakers."""
    query = (
        select(LearningSession)
        .join(LearningSession.activity)
        .where(LearningSession.removed_at.is_(None), Activity.state == ActivityState.PUBLISHED)
        .where(LearningSession.starts_at > at, LearningSession.starts_at <= until)
        .options(
            contains_eager(LearningSession.activity).joinedload(Activity.event),
            selectinload(LearningSession.speakers),
        )
    )
    return list(db.session.scalars(query.order_by(LearningSession.starts_at, LearningSession.id)))

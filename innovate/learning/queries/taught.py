"""Which skills a person has learnt: activities that taught them, attended far enough. Told to the profile of skills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from innovate.core.db import db
from innovate.learning.domain.hours import earn
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity, ActivitySkill, Attendance, LearningSession
from innovate.learning.queries.attendance import is_over, map_minutes
from innovate.skills.queries import endorsing
from innovate.skills.queries.endorsing import Attended


def connect() -> None:
    """Tell the profile of skills; twice changes nothing."""
    if list_learnt not in endorsing.sources:
        endorsing.sources.append(list_learnt)


def list_learnt(user_id: int, at: datetime) -> Sequence[Attended]:
    """What is over, taught a skill, and of whose time the person attended the share, dated by its end."""
    came = select(LearningSession.activity_id).join(Attendance, Attendance.session_id == LearningSession.id)
    came = came.where(Attendance.user_id == user_id, Attendance.removed_at.is_(None))
    query = select(Activity).where(Activity.id.in_(came), Activity.state == ActivityState.PUBLISHED)
    query = query.where(Activity.id.in_(select(ActivitySkill.activity_id)))
    query = query.options(selectinload(Activity.sessions), selectinload(Activity.skills))
    activities = list(db.session.scalars(query.order_by(Activity.id)))
    if not activities:
        return []
    present = set(
        db.session.scalars(
            select(Attendance.session_id).where(
                Attendance.user_id == user_id, Attendance.removed_at.is_(None)
            )
        )
    )
    return [
        Attended(
            skill.id,
            activity.title,
            max(each.ends_at for each in activity.sessions),
            f"/pelatihan/{activity.public_id}",
        )
        for activity in activities
        if is_over(activity, at) and earn(map_minutes(activity), present, activity.min_share).reached
        for skill in activity.skills
    ]

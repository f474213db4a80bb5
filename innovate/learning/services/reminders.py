"""Mails on the day before a session and in its last hour, each once for the time the session was set to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from innovate.core.db import db
from innovate.events.domain.kinds import EventState
from innovate.learning.models import LearningSession
from innovate.learning.queries.enrolments import list_placed_users
from innovate.learning.queries.schedule import list_due
from innovate.learning.services.trail import tell_once
from innovate.notifications.models import OutboxMail

_DAY, _HOUR = timedelta(hours=24), timedelta(hours=1)


def remind_sessions(*, at: datetime) -> int:
    """Remind everybody with a place in what begins within 24 hours, and again within the hour; how many mails."""
    sent = 0
    for session in list_due(at, at + _DAY):
        event = session.activity.event
        if event is None or event.state is EventState.PUBLISHED:
            sent += _remind(session, at)
    return sent


def _remind(session: LearningSession, at: datetime) -> int:
    about = "hour" if session.starts_at - at <= _HOUR else "day"
    cause = f"session:{session.id}:{about}:{session.starts_at.isoformat()}"
    told = _find_told(cause)
    people = [user for user in list_placed_users(session.activity_id) if user.id not in told]
    return tell_once(
        "learning_reminder",
        session.activity,
        people,
        cause=cause,
        at=at,
        session=session.title,
        starts=session.starts_at.isoformat(),
        place=session.room,
        link=session.link,
        speakers="; ".join(each.name for each in session.speakers),
    )


def _find_told(cause: str) -> Collection[int]:
    """Who had this mail; asked at once, so that a run that finds nothing new is a query a session."""
    return set(db.session.scalars(select(OutboxMail.user_id).where(OutboxMail.cause == cause)))

"""One activity, for whoever stands before it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.queries import actor_in
from innovate.learning.models import Activity, LearningSession
from innovate.learning.policy import Guest


def get_guest(public_id: str, user: User | None) -> Guest:
    """The activity with event, sessions, speakers, units and skills, and who the person is there; or NotFound."""
    query = (
        select(Activity)
        .where(Activity.public_id == public_id)
        .options(
            joinedload(Activity.event),
            selectinload(Activity.sessions).selectinload(LearningSession.speakers),
            selectinload(Activity.units),
            selectinload(Activity.skills),
        )
    )
    activity = db.session.scalar(query)
    if activity is None:
        raise NotFound
    return Guest(activity, user, actor_in(activity.event, user) if activity.event else None)


def get_session(activity: Activity, public_id: str) -> LearningSession:
    """One of the activity's sessions, or NotFound."""
    for session in activity.sessions:
        if session.public_id == public_id:
            return session
    raise NotFound

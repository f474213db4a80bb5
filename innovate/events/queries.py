"""Reading events."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import Role
from innovate.events.models import Event, EventRole
from innovate.events.policy import Actor


def get_actor(slug: str, user: User | None) -> Actor:
    """The event at `slug` with phases, groups and tracks, and the person's roles in it; NotFound without one."""
    query = select(Event).where(Event.slug == slug)
    query = query.options(selectinload(Event.phases), selectinload(Event.groups), selectinload(Event.tracks))
    event = db.session.scalar(query)
    if event is None:
        raise NotFound
    return actor_in(event, user)


def actor_in(event: Event, user: User | None) -> Actor:
    """The person as an actor in a loaded event."""
    return Actor(event, user, roles_in(event.id, user.id) if user else frozenset())


def roles_in(event_id: int, user_id: int) -> frozenset[Role]:
    """Roles a person holds in an event."""
    query = select(EventRole.role).where(
        EventRole.event_id == event_id, EventRole.user_id == user_id, EventRole.revoked_at.is_(None)
    )
    return frozenset(db.session.scalars(query))

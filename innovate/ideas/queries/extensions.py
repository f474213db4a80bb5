"""Until when a team may hand in, and the extensions granted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.phases import find_span
from innovate.events.models import Event
from innovate.ideas.domain.deadline import Window
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Extension, Idea


def get_window(event: Event, team_id: int, idea: Idea | None = None) -> Window:
    """Until when this team may hand in. One query; the event's phases must be loaded."""
    return window_of(event, idea, map_extensions(event.id, [team_id]).get(team_id, ()))


def map_extensions(event_id: int | None, team_ids: Sequence[int]) -> dict[int, tuple[datetime, ...]]:
    """By team key: until when its living extensions reach, in one event or in all. One query."""
    query = select(Extension.team_id, Extension.until).where(
        Extension.team_id.in_(team_ids), Extension.revoked_at.is_(None)
    )
    if event_id is not None:
        query = query.where(Extension.event_id == event_id)
    found: dict[int, tuple[datetime, ...]] = {}
    for team_id, until in db.session.execute(query):
        found[team_id] = (*found.get(team_id, ()), until)
    return found


def window_of(event: Event, idea: Idea | None, extensions: tuple[datetime, ...]) -> Window:
    """Until when a team may hand in, from what is loaded already. No query."""
    phase = find_span(event.phases, PhaseKind.SUBMISSION)
    is_returned = idea is not None and idea.state is IdeaState.RETURNED
    return Window(
        opens_at=phase.starts_at if phase else None,
        phase_end=phase.ends_at if phase else None,
        extensions=extensions,
        return_until=idea.return_until if idea is not None and is_returned else None,
        archived=event.state is EventState.ARCHIVED,
    )


def list_extensions(event_id: int) -> list[Extension]:
    """All extensions of an event, newest first, with team, who granted, and the letter."""
    query = (
        select(Extension)
        .where(Extension.event_id == event_id)
        .options(joinedload(Extension.team), joinedload(Extension.granted_by), joinedload(Extension.letter))
    )
    return list(db.session.scalars(query.order_by(Extension.id.desc())))


def get_extension(event_id: int, public_id: str) -> Extension:
    """One extension of the event, or NotFound."""
    query = select(Extension).where(Extension.event_id == event_id, Extension.public_id == public_id)
    extension = db.session.scalar(query.options(joinedload(Extension.team)))
    if extension is None:
        raise NotFound
    return extension

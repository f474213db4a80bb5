"""What the entry form asks and what an idea still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from innovate.core.db import db
from innovate.events.models import Event, FormField
from innovate.ideas.domain.completeness import Demands, Draft, Gap, find_gaps
from innovate.ideas.models import Idea


def list_fields(event_id: int, *, with_removed: bool = False) -> list[FormField]:
    """The fields of the event's entry form in order."""
    query = select(FormField).where(FormField.event_id == event_id)
    if not with_removed:
        query = query.where(FormField.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(FormField.position, FormField.id)))


def demands_of(event: Event, fields: Sequence[FormField]) -> Demands:
    """What the event asks of an idea; its groups and tracks must be loaded."""
    return Demands(
        fields=fields,
        group_ids=frozenset(group.id for group in event.groups),
        track_ids=frozenset(track.id for track in event.tracks),
        team_min=event.team_min,
        team_max=event.team_max,
    )


def draft_of(idea: Idea) -> Draft:
    """The working copy as the rules see it."""
    files = Counter(file.field_key for file in idea.files)
    return Draft(idea.title, idea.group_id, idea.track_id, idea.answers, files)


def list_gaps(event: Event, idea: Idea, members: int, fields: Sequence[FormField] | None = None) -> list[Gap]:
    """What the idea lacks before it can be handed in. One query, none if `fields` are given."""
    given = list_fields(event.id) if fields is None else fields
    return find_gaps(draft_of(idea), demands_of(event, given), members)

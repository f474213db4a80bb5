"""The profiles of everything handed in, for lists and workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from innovate.core.db import db
from innovate.events.domain.meanings import Meaning
from innovate.events.models import FormField
from innovate.ideas.domain.eligibility.answers import Answer, read_record
from innovate.ideas.domain.reading import Item, lay_out_profile
from innovate.ideas.models import Idea, IdeaRevision
from innovate.ideas.queries.completeness import list_fields


@dataclass(frozen=True)
class Profiled:
    """An idea as it was handed in: its profile by meaning, and what the rules found then."""

    idea: Idea
    revision: IdeaRevision
    profile: dict[Meaning, Item]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Profiles:
    """All of an event. `meanings`: the parts of the profile that the form asks for, with their labels, in order."""

    meanings: dict[Meaning, str]
    rows: Sequence[Profiled]


def asks_for_profile(event_id: int) -> bool:
    """Whether the form has a field that is part of the profile."""
    query = select(FormField.id).where(FormField.event_id == event_id, FormField.meaning.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


def list_profiles(event_id: int) -> Profiles:
    """Everything handed in, by number, with team, unit and pinned revision. Two queries."""
    fields = list_fields(event_id, with_removed=True)
    asked: dict[Meaning, FormField] = {}
    for field in sorted(fields, key=lambda field: field.removed_at is not None):
        if field.meaning is not None:
            asked.setdefault(field.meaning, field)
    query = (
        select(Idea)
        .join(Idea.submitted_revision)
        .where(Idea.event_id == event_id, Idea.number.is_not(None))
        .options(
            contains_eager(Idea.submitted_revision).options(undefer(IdeaRevision.eligibility)),
            joinedload(Idea.team),
            joinedload(Idea.unit),
        )
        .order_by(Idea.number)
    )
    rows = [_read(idea, fields) for idea in db.session.scalars(query)]
    return Profiles({meaning: asked[meaning].label for meaning in Meaning if meaning in asked}, rows)


def _read(idea: Idea, fields: Sequence[FormField]) -> Profiled:
    revision = idea.submitted_revision
    assert revision is not None  # noqa: S101 - joined
    record = read_record(revision.eligibility)
    items = lay_out_profile(fields, revision.answers)
    profile = {item.meaning: item for item in items if item.meaning is not None}
    return Profiled(idea, revision, profile, record.answers if record else ())

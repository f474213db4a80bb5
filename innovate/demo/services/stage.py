"""One competition of the demo: its definition, its people, and the actors they are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from innovate.accounts.models import Unit
from innovate.audit.services import record
from innovate.core.db import db
from innovate.demo.services.history import Days, History
from innovate.demo.services.material import read_template
from innovate.demo.services.people import People
from innovate.events.domain.kinds import EventState, FieldKind, PhaseKind, Role
from innovate.events.models import (
    ChecklistItem,
    Event,
    EventRole,
    FormField,
    Group,
    Phase,
    PhaseChange,
    Prize,
    Question,
    Track,
)
from innovate.events.policy import Actor
from innovate.events.queries import get_actor

ORGANIZER = "uray-heriansyah"
_FIELD_COLUMNS = ("section", "key", "label", "help", "required", "word_limit")


@dataclass
class World:
    """What all competitions share."""

    history: History
    people: People
    units: dict[str, Unit]


@dataclass
class Stage:
    """A competition being played."""

    world: World
    days: Days
    event: Event
    roles: dict[str, set[Role]] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The person of this key acting in the event."""
        return Actor(self.event, self.world.people[key], frozenset(self.roles.get(key, ())))

    def phase(self, kind: PhaseKind) -> Phase:
        """The phase of this kind."""
        return next(phase for phase in self.event.phases if phase.kind is kind)


@dataclass(frozen=True)
class Outline:
    """What tells one competition from another of the same template."""

    slug: str
    name: str
    template: str
    tagline: str
    description: str
    contact: str
    place: str
    host: str = "Bagian Organisasi Sekretariat Daerah Kota Pontianak"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """A phase by days from the event's first day; it opens at 08.00 and closes at 23.59 of its last day."""

    kind: PhaseKind
    name: str
    first: int
    last: int


def found(world: World, days: Days, outline: Outline, spans: Sequence[Span], *, at: datetime) -> Stage:
    """The draft of a competition out of its template, with the organizer's role."""
    template = read_template(outline.template)
    event = Event(**{**_columns(world, outline, template), "created_at": at, **outline.values})
    db.session.add(event)
    db.session.flush()
    _add_definition(event, template)
    _add_phases(event, days, spans)
    db.session.flush()
    stage = Stage(world, days, get_actor(event.slug, None).event)
    _note(stage, "event.create", at, after={"name": event.name, "template": outline.template})
    give_role(stage, ORGANIZER, Role.ORGANIZER, at=at)
    return stage


def _columns(world: World, outline: Outline, template: dict[str, Any]) -> dict[str, Any]:
    own = {
        key: getattr(outline, key)
        for key in ("slug", "name", "template", "tagline", "description", "contact", "place", "host")
    }
    labels = {f"{key}_label": text for key, text in template["labels"].items()}
    team = {"team_min": template["team"]["min"], "team_max": template["team"]["max"]}
    choices = {key: template["team"][key] for key in ("allow_non_asn", "one_team_per_person")}
    creator = {"created_by_id": world.people[ORGANIZER].id}
    return {**own, **labels, **team, **choices, **creator, "rules": template["rules"]}


def _add_definition(event: Event, template: dict[str, Any]) -> None:
    for model, rows in (
        (Group, template["groups"]),
        (Track, template["tracks"]),
        (FormField, [_field(row) for row in template["form"]]),
        (ChecklistItem, template["checklist"]),
        (Prize, template["prizes"]),
        (Question, template["faq"]),
    ):
        for position, row in enumerate(rows):
            db.session.add(model(event_id=event.id, position=position, **row))


def _field(row: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {name: row[name] for name in ("max_files", "accept") if name in row}
    if "options" in row:
        options["choices"] = row["options"]
    kept: dict[str, Any] = {name: row[name] for name in _FIELD_COLUMNS if name in row}
    return {**kept, "kind": FieldKind(row["kind"]), "options": options}


def _add_phases(event: Event, days: Days, spans: Sequence[Span]) -> None:
    for position, span in enumerate(spans):
        db.session.add(
            Phase(
                event_id=event.id,
                kind=span.kind,
                name=span.name,
                position=position,
                starts_at=days.at(span.first, 8),
                ends_at=days.at(span.last, 23, 59),
            )
        )


def give_role(stage: Stage, key: str, role: Role, *, title: str = "", at: datetime) -> None:
    """Let a person hold a role in the event."""
    user = stage.world.people[key]
    stage.roles.setdefault(key, set()).add(role)
    row = EventRole(event_id=stage.event.id, user_id=user.id, role=role, public_title=title, created_at=at)
    db.session.add(row)
    db.session.flush()
    record(
        "event_role.accept",
        actor_id=user.id,
        at=at,
        object_type="event_role",
        object_id=row.id,
        event_id=stage.event.id,
        after={"role": role.value},
        subject_id=user.id,
    )


def publish(stage: Stage, at: datetime) -> None:
    """Make the draft public."""
    stage.event.state, stage.event.published_at = EventState.PUBLISHED, at
    _note(stage, "event.publish", at, before={"state": "draft"}, after={"state": "published"})


def archive(stage: Stage, at: datetime) -> None:
    """Close the event for every change."""
    stage.event.state, stage.event.archived_at = EventState.ARCHIVED, at
    _note(stage, "event.archive", at, before={"state": "published"}, after={"state": "archived"})


def move_deadline(stage: Stage, kind: PhaseKind, ends_at: datetime, reason: str, *, at: datetime) -> None:
    """Move the end of a phase, for all to read with its reason."""
    phase = stage.phase(kind)
    actor = stage.actor(ORGANIZER)
    db.session.add(
        PhaseChange(
            phase_id=phase.id,
            at=at,
            actor_id=actor.user_id,
            reason=reason,
            old_starts_at=phase.starts_at,
            old_ends_at=phase.ends_at,
            new_starts_at=phase.starts_at,
            new_ends_at=ends_at,
        )
    )
    before, phase.ends_at = phase.ends_at, ends_at
    record(
        "phase.update",
        actor_id=actor.user_id,
        at=at,
        object_type="phase",
        object_id=phase.id,
        event_id=stage.event.id,
        before={"ends_at": before.isoformat()},
        after={"ends_at": ends_at.isoformat()},
    )


def _note(stage: Stage, action: str, at: datetime, **more: Any) -> None:
    record(
        action,
        actor_id=stage.world.people[ORGANIZER].id,
        at=at,
        object_type="event",
        object_id=stage.event.id,
        event_id=stage.event.id,
        **more,
    )

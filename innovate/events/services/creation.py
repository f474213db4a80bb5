"""Opening a new competition, from a template or as a copy of an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events import policy, queries
from innovate.events.domain import naming, phases
from innovate.events.domain.eligibility import RuleKind, complete_parameters
from innovate.events.domain.kinds import FieldKind, Role
from innovate.events.domain.meanings import Meaning
from innovate.events.domain.template import Template, Timespan
from innovate.events.domain.template_shape import field_options
from innovate.events.models import (
    ChecklistItem,
    EligibilityRule,
    Event,
    EventRole,
    FormField,
    Group,
    Phase,
    Prize,
    Question,
    Resource,
    Track,
)
from innovate.events.policy import Actor


@dataclass(frozen=True)
class NewEvent:
    """What the wizard asks."""

    name: str
    slug: str
    timetable: Sequence[Timespan]
    tagline: str = ""
    host: str = ""
    zone: str = "Asia/Pontianak"


@dataclass(frozen=True)
class Creation:
    """A newly created event, for features above that bring their own part of it (rubrics).

    `phases` are the new phases in order. Exactly one of `template` (with its `rubrics` and `ballots_per_idea`) and
    `source` (the event that was copied) is set; `copied_phases` then leads from a source phase's id to the new phase.
    """

    event: Event
    user: User
    at: datetime
    phases: Sequence[Phase]
    template: Template | None = None
    source: Event | None = None
    copied_phases: dict[int, Phase] = field(default_factory=dict)


# Features above append a function here when they are imported; it runs in the creating transaction.
after_creation: list[Callable[[Creation], None]] = []


def create_from_template(user: User, template: Template, new: NewEvent, *, at: datetime) -> Event:
    """A draft event with everything the template brings; the user becomes its organizer."""
    event = _begin(user, new, at=at)
    event.template = template.key
    event.rules, event.description = template.rules.strip(), template.description
    event.contact, event.place, event.gallery_enabled = template.contact, template.place, template.gallery
    event.group_label, event.track_label = template.labels["group"], template.labels["track"]
    event.entry_label = template.labels["entry"]
    event.team_min, event.team_max = template.team["min"], template.team["max"]
    event.allow_non_asn = template.team["allow_non_asn"]
    event.one_team_per_person = template.team["one_team_per_person"]
    event.membership_open = template.team.get("membership_open", False)
    _add_rows(event, Group, template.groups)
    _add_rows(event, Track, template.tracks)
    _add_rows(event, FormField, [_field_values(values) for values in template.form])
    _add_rows(event, ChecklistItem, template.checklist)
    _add_rows(event, Prize, template.prizes)
    _add_rows(event, Question, template.faq)
    _add_rows(event, Resource, template.resources)
    _add_rows(event, EligibilityRule, [_rule_values(values) for values in template.eligibility])
    planned = _add_phases(event, new.timetable)
    return _finish(Creation(event, user, at, planned, template=template), _origin_of(template))


def _origin_of(template: Template) -> dict[str, str]:
    saved = template.key.startswith("saved:") or not template.key
    return {"origin": template.name["id"]} if saved else {"template": template.key}


def clone_event(actor: Actor, new: NewEvent, *, at: datetime) -> Event:
    """A draft with the definition of the actor's event (no people, teams, entries); the user becomes its organizer."""
    require(policy.can_manage(actor) and actor.user is not None)
    user, source = actor.user, queries.load_definition(actor.event.id)
    event = _begin(user, new, at=at)  # type: ignore[arg-type]
    for name in _COPIED:
        setattr(event, name, getattr(source, name))
    event.tagline = new.tagline or source.tagline
    for model, rows in (
        (Group, source.groups),
        (Track, source.tracks),
        (FormField, [row for row in source.fields if row.removed_at is None]),
        (ChecklistItem, source.checklist),
        (Prize, source.prizes),
        (Question, source.questions),
        (Resource, source.resources),
        (EligibilityRule, source.eligibility),
    ):
        _add_rows(event, model, [_copied_values(row) for row in rows])
    planned = _add_phases(event, new.timetable)
    copied = {
        old.id: phase for old, phase in zip(source.phases, planned, strict=False) if old.kind is phase.kind
    }
    creation = Creation(event, user, at, planned, source=source, copied_phases=copied)  # type: ignore[arg-type]
    return _finish(creation, {"source": source.slug})


_COPIED = (
    "template",
    "description",
    "rules",
    "contact",
    "place",
    "group_label",
    "track_label",
    "entry_label",
    "team_min",
    "team_max",
    "allow_non_asn",
    "one_team_per_person",
    "membership_open",
    "gallery_enabled",
)
_NOT_COPIED = {"id", "public_id", "event_id", "position", "removed_at"}


def _begin(user: User, new: NewEvent, *, at: datetime) -> Event:
    require(policy.can_create_events(user))
    require(
        naming.is_slug(new.slug),
        Refused(_l("Gunakan huruf kecil, angka, dan tanda hubung saja."), field="slug"),
    )
    taken = Refused(_l("Alamat ini sudah dipakai kompetisi lain."), field="slug")
    require(not queries.is_slug_taken(new.slug), taken)
    require(
        bool(new.timetable) and not phases.find_problems(new.timetable),
        Refused(_l("Jadwal belum dapat dipakai. Periksa tanggal setiap tahap.")),
    )
    event = Event(
        name=new.name,
        slug=new.slug,
        tagline=new.tagline,
        host=new.host,
        zone=new.zone,
        created_by_id=user.id,
        created_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(event)
    except IntegrityError:  # somebody took the address at the same moment
        raise taken from None
    return event


def _finish(creation: Creation, origin: dict[str, str]) -> Event:
    event, user, at = creation.event, creation.user, creation.at
    db.session.add(EventRole(event_id=event.id, user_id=user.id, role=Role.ORGANIZER, created_at=at))
    db.session.flush()
    record(
        "event.create",
        actor_id=user.id,
        at=at,
        object_type="event",
        object_id=event.id,
        event_id=event.id,
        after={"name": event.name, "slug": event.slug, **origin},
    )
    for listener in after_creation:
        listener(creation)
    return event


def _add_phases(event: Event, timetable: Sequence[Timespan]) -> list[Phase]:
    planned = [
        Phase(
            event_id=event.id,
            kind=span.kind,
            name=span.name,
            position=position,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
        )
        for position, span in enumerate(timetable)
    ]
    db.session.add_all(planned)
    db.session.flush()
    return planned


def _add_rows(event: Event, model: type[Any], rows: Sequence[Any]) -> None:
    for position, values in enumerate(rows):
        db.session.add(model(event_id=event.id, position=position, **values))


def _field_values(values: Any) -> dict[str, Any]:
    plain = ("section", "key", "label", "help", "required", "criterion", "proves")
    kept = {key: values[key] for key in plain if key in values}
    return {
        **kept,
        "kind": FieldKind(values["kind"]),
        "meaning": Meaning(values["meaning"]) if values.get("meaning") else None,
        "word_limit": values.get("word_limit"),
        "options": field_options(values),
    }


def _rule_values(values: Any) -> dict[str, Any]:
    kind = RuleKind(values["kind"])
    return {
        "kind": kind,
        "blocks": values.get("blocks", False),
        "parameters": complete_parameters(kind, values),
    }


def _copied_values(row: Any) -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in row.__table__.columns if c.key not in _NOT_COPIED}

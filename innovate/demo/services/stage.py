"""One competition of the demo: its definition, its people, and the actors they are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from innovate.accounts.models import Unit
from innovate.demo.services.history import Days, History
from innovate.demo.services.people import People, Register
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.template import Template, Timespan
from innovate.events.models import Event, Phase
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.events.services import answers, launch, people, settings, timetable
from innovate.events.services.creation import NewEvent, create_from_template
from innovate.events.services.templates import load_templates
from innovate.scoring.queries.rounds import list_phases_without_round
from innovate.scoring.services import rounds

ORGANIZER = "uray-heriansyah"


@dataclass
class World:
    """What all competitions share."""

    history: History
    register: Register
    coordinators: dict[int, str] = field(
        default_factory=dict
    )  # of the units on top of the tree: keys of people

    @property
    def people(self) -> People:
        """Everybody by key."""
        return self.register.people

    @property
    def units(self) -> dict[str, Unit]:
        """Work units by code."""
        return self.register.units


@dataclass
class Stage:
    """A competition being played."""

    world: World
    days: Days
    event: Event
    template: Template
    roles: dict[str, set[Role]] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The person of this key acting in the event."""
        return Actor(self.event, self.world.people[key], frozenset(self.roles.get(key, ())))

    @property
    def organizer(self) -> Actor:
        """The organizer acting in the event."""
        return self.actor(ORGANIZER)

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
    timetable: Sequence[Timespan]
    prizes: Sequence[Mapping[str, Any]] = ()  # none: the template's own
    faq: Sequence[Mapping[str, Any]] = ()
    resources: Sequence[Mapping[str, Any]] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


def found(world: World, days: Days, outline: Outline, *, at: datetime) -> Stage:
    """The draft of a competition out of its template; the organizer becomes its organizer."""
    template = load_templates()[outline.template]
    template = replace(
        template,
        prizes=outline.prizes or template.prizes,
        faq=outline.faq or template.faq,
        resources=outline.resources or template.resources,
    )
    new = NewEvent(
        name=outline.name,
        slug=outline.slug,
        timetable=outline.timetable,
        tagline=outline.tagline,
        host="Bagian Organisasi Sekretariat Daerah Kota Pontianak",
    )
    create_from_template(world.people[ORGANIZER], template, new, at=at)
    stage = Stage(world, days, get_actor(outline.slug, None).event, template, {ORGANIZER: {Role.ORGANIZER}})
    values = {"description": outline.description, **outline.settings}
    settings.update_settings(stage.organizer, values, at=at + timedelta(minutes=20))
    rounds.open_rounds(
        stage.event.id,
        list_phases_without_round(stage.event),
        by_id=stage.organizer.user_id,
        at=at,
        rubrics=template.rubrics,
        ballots_per_idea=template.ballots_per_idea,
    )
    return stage


def invite(stage: Stage, key: str, role: Role, *, hours: int = 5, title: str = "", at: datetime) -> None:
    """Invite a person into a role; the invitation is taken `hours` later."""
    user = stage.world.people[key]
    invitation = people.invite(
        stage.organizer, role, email=user.email, name=user.full_name, message_url=_invitation_path, at=at
    )

    def accept(at: datetime) -> None:
        row = people.accept_invitation(user, invitation, at=at)
        if title:
            people.set_public_title(stage.organizer, row, title, at=at)

    stage.roles.setdefault(key, set()).add(role)
    stage.world.history.plan(at + timedelta(hours=hours), accept)


def invite_in_vain(stage: Stage, name: str, email: str, role: Role, *, hours: int, at: datetime) -> None:
    """Invite somebody who declines `hours` later, by the link alone."""
    invitation = people.invite(
        stage.organizer, role, email=email, name=name, message_url=_invitation_path, at=at
    )
    stage.world.history.plan(
        at + timedelta(hours=hours), lambda at: answers.decline_invitation(None, invitation, at=at)
    )


def _invitation_path(nonce: str) -> str:
    return f"/undangan/peran/{nonce}"


def publish(stage: Stage, at: datetime) -> None:
    """Make the draft public."""
    launch.publish_event(stage.organizer, at=at)


def archive(stage: Stage, at: datetime) -> None:
    """Close the event for every change."""
    launch.archive_event(stage.organizer, at=at)


def move_ends(
    stage: Stage, ends: Mapping[PhaseKind, datetime], grounds: timetable.Grounds, at: datetime
) -> None:
    """Move the end of phases, for all to read with its reason and letter."""
    spans = [
        Timespan(phase.kind, phase.name, phase.starts_at, ends.get(phase.kind, phase.ends_at))
        for phase in stage.event.phases
    ]
    timetable.save_timetable(stage.organizer, spans, grounds=grounds, at=at)

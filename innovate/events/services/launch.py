"""From draft to public, and into the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import locked
from innovate.core.errors import Refused, require
from innovate.events import policy, queries
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.readiness import Check, Facts, blocking, list_checks
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.services.changes import change

# Features above append functions that add their own checks (a rubric whose weights are complete).
more_checks: list[Callable[[Actor], Iterable[Check]]] = []


def check_readiness(actor: Actor, *, at: datetime) -> list[Check]:
    """What the event has and misses before launch."""
    event = queries.load_definition(actor.event.id)
    people = queries.list_people(event.id)
    facts = Facts(
        phases=event.phases,
        has_description=bool(event.description.strip()),
        has_rules=bool(event.rules.strip()),
        has_contact=bool(event.contact.strip()),
        fields=sum(field.removed_at is None for field in event.fields),
        prizes=len(event.prizes),
        questions=len(event.questions),
        checklist=len(event.checklist),
        jurors=sum(person.role in {Role.JUROR, Role.CHAIR} for person in people),
        screeners=sum(person.role is Role.SECRETARIAT for person in people),
    )
    checks = list_checks(facts, at)
    if event.state is not EventState.DRAFT:  # what was ahead at launch lies behind by and by
        checks = [check for check in checks if check.code != "submission_ahead"]
    for more in more_checks:
        checks.extend(more(actor))
    return checks


def publish_event(actor: Actor, *, at: datetime) -> None:
    """Make the draft public; from here on its deadlines move only with a reason."""
    event = _hold(actor)
    require(event.state is EventState.DRAFT, Refused(_l("Kompetisi ini sudah terbit.")))
    missing = blocking(check_readiness(actor, at=at))
    require(
        not missing,
        Refused(
            _l("Belum dapat diterbitkan: masih ada yang wajib dilengkapi."),
            details={"missing": [check.code for check in missing]},
        ),
    )
    change(actor, event, {"state": EventState.PUBLISHED, "published_at": at}, action="event.publish", at=at)


def archive_event(actor: Actor, *, at: datetime) -> None:
    """Close the event for every change; its public pages stay."""
    event = _hold(actor)
    require(
        event.state is EventState.PUBLISHED,
        Refused(_l("Hanya kompetisi yang sudah terbit yang dapat diarsipkan.")),
    )
    change(actor, event, {"state": EventState.ARCHIVED, "archived_at": at}, action="event.archive", at=at)


def unarchive_event(actor: Actor, *, at: datetime) -> None:
    """Open an archived event again."""
    event = _hold(actor)
    require(event.state is EventState.ARCHIVED, Refused(_l("Kompetisi ini tidak sedang diarsipkan.")))
    change(
        actor, event, {"state": EventState.PUBLISHED, "archived_at": None}, action="event.unarchive", at=at
    )


def _hold(actor: Actor) -> Event:
    require(policy.can_manage(actor))
    return locked(Event, actor.event.id)

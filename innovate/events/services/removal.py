"""A draft that is not wanted any more: taken off every list, and brought back while nobody minds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.core.db import locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events import policy, queries
from innovate.events.domain.kinds import EventState
from innovate.events.domain.naming import free_name
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.services.changes import change

_KEPT_OF_SLUG = 60

# Features above append functions that say why a draft cannot go (a team is registered), or None.
obstacles: list[Callable[[Event], Any]] = []


def find_obstacle(event: Event) -> Any:
    """Why the event cannot be deleted, as a sentence, or None."""
    if event.state is not EventState.DRAFT:
        return _l("Kompetisi yang sudah terbit tidak dihapus: halaman, karya, dan hasilnya milik publik.")
    return next((reason for find in obstacles if (reason := find(event))), None)


def delete_draft(actor: Actor, *, name: str, at: datetime) -> Event:
    """Take a draft off every list and free its address. `name`: the event's name, typed as confirmation."""
    require(policy.can_manage(actor), NotFound())
    event = locked(Event, actor.event.id)
    reason = find_obstacle(event)
    require(reason is None, Refused(reason))
    same = " ".join(name.split()).casefold() == " ".join(event.name.split()).casefold()
    require(same, Refused(_l("Nama ini tidak sama dengan nama kompetisinya."), field="name"))
    values = {"deleted_at": at, "slug": f"{event.slug[:_KEPT_OF_SLUG]}~{event.id}"}
    change(actor, event, values, action="event.delete", at=at)
    return event


def restore_draft(user: User, slug: str, *, at: datetime) -> Event:
    """Bring a deleted draft back, under its old address where that is still free."""
    actor = queries.get_deleted(slug, user)
    require(policy.can_manage(actor), NotFound())
    event = locked(Event, actor.event.id)
    require(event.deleted_at is not None, NotFound())
    wanted = event.slug.partition("~")[0]
    values = {"deleted_at": None, "slug": free_name(wanted, queries.list_slugs_like(wanted))}
    change(actor, event, values, action="event.restore", at=at)
    return event

"""The guarded way into an event's pages: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from flask import g, request
from flask_login import current_user

from innovate.accounts.models import User
from innovate.core.errors import NotFound, require
from innovate.events import policy, queries
from innovate.events.policy import Actor


def signed_in_user() -> User | None:
    """The person behind the request, None for a visitor."""
    return current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001


def enter(slug: str, can: Callable[[Actor], bool] = policy.can_see) -> Actor:
    """Load the event at `slug` for the present person, or NotFound unless `can` holds; templates find it as `actor`."""
    actor = queries.get_actor(slug, signed_in_user())
    require(policy.can_see(actor) and can(actor), NotFound())
    g.actor = actor
    return actor


def enter_room(slug: str) -> Actor:
    """An organizer's room: organizers and auditors read it, only organizers send anything."""
    return enter(slug, policy.can_read_all if request.method in {"GET", "HEAD"} else policy.can_manage)

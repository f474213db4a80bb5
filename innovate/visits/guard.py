"""The guarded way to one visit: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from innovate.core.errors import NotFound, require
from innovate.events import guard as events
from innovate.events.policy import Actor
from innovate.visits import policy
from innovate.visits.models import Visit
from innovate.visits.queries.visits import get_visit


def enter_visit(
    slug: str, public_id: str, can: Callable[[Actor, Visit], bool] = policy.can_read
) -> tuple[Actor, Visit]:
    """The present person in the event and the visit, or NotFound unless `can` holds."""
    actor = events.enter(slug)
    visit = get_visit(actor.event.id, public_id)
    require(can(actor, visit), NotFound())
    return actor, visit

"""The guarded ways in: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from innovate.core.errors import NotFound, require
from innovate.events import guard as events
from innovate.events.policy import Actor
from innovate.impact.models import Innovation
from innovate.impact.queries.innovations import get_innovation
from innovate.impact.queries.standing import Standing, find_standing


def enter_innovation(
    slug: str, public_id: str, can: Callable[[Standing], bool] = lambda standing: standing.reads
) -> tuple[Actor, Innovation, Standing]:
    """The present person and an innovation of the event, or NotFound unless `can` holds."""
    actor = events.enter(slug)
    found = get_innovation(public_id, event_id=actor.event.id)
    standing = find_standing(actor, found)
    require(can(standing), NotFound())
    return actor, found, standing

"""The guarded way to one idea: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from flask import g

from innovate.core.errors import NotFound, require
from innovate.events import guard as events
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import get_idea


def enter_idea(
    slug: str, public_id: str, can: Callable[[Actor, Idea], bool] = policy.can_see_own
) -> tuple[Actor, Idea]:
    """The present person in the event and the idea, or NotFound unless `can` holds."""
    actor = events.enter(slug, event_policy.can_see)
    idea = get_idea(actor.event.id, public_id)
    require(can(actor, idea), NotFound())
    g.idea = idea
    return actor, idea

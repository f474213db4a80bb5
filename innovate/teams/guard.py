"""The guarded way to a team."""

from __future__ import annotations

from collections.abc import Callable

from innovate.core.errors import NotFound, require
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.teams import policy, queries
from innovate.teams.models import Team


def enter_team(
    slug: str, team_id: str, can: Callable[[Actor, Team], bool] = policy.can_see_team
) -> tuple[Actor, Team]:
    """The event and one of its teams for the present person, or NotFound unless `can` holds."""
    actor = enter(slug)
    team = queries.get_team(actor.event.id, team_id)
    require(policy.can_see_team(actor, team) and can(actor, team), NotFound())
    return actor, team

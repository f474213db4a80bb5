"""Who may keep the framework, endorse, and look for people. A team's memberships must be loaded."""

from __future__ import annotations

from collections.abc import Collection

from innovate.accounts.models import User
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.teams import policy as teams
from innovate.teams.models import Team


def can_keep_framework(user: User | None) -> bool:
    """Who runs the site says which skills there are."""
    return user is not None and user.is_site_admin


def can_look_for_people(actor: Actor, team: Team) -> bool:
    """The captain of a living team that came in by itself."""
    return teams.can_lead(actor, team)


def can_endorse(actor: Actor, team: Team, mentor_ids: Collection[int]) -> bool:
    """Who accompanies the team today and is none of it, until the event is archived; `mentor_ids`: those who do."""
    return (
        actor.user is not None
        and actor.user.id in mentor_ids
        and not teams.is_member(actor, team)
        and team.disbanded_at is None
        and actor.event.state is not EventState.ARCHIVED
    )

"""Who may do what about endorsement. Who coordinates a unit is read in `queries.hats`."""

from __future__ import annotations

from innovate.events import policy as events
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor


def can_read_overview(actor: Actor) -> bool:
    """Those who screen, and auditors."""
    return events.can_read_screening(actor)


def can_set_rules(actor: Actor) -> bool:
    """Organizers, until the event is archived."""
    return events.can_edit(actor)


def can_enter_paper(actor: Actor) -> bool:
    """Those who screen type what came on paper, in an event that asks for endorsement and is not archived."""
    alive = actor.event.state is EventState.PUBLISHED and actor.event.asks_endorsement
    return alive and events.can_screen(actor)


def may_coordinate(actor: Actor) -> bool:
    """Whoever judges an event does not speak for a unit in it: they would judge what they endorsed."""
    return actor.event.asks_endorsement and actor.user is not None and not events.can_judge(actor)

"""Who may do what on a pitch day."""

from __future__ import annotations

from innovate.events import policy
from innovate.events.domain.kinds import EventState, Role
from innovate.events.policy import Actor
from innovate.scoring import policy as scoring


def can_plan(actor: Actor) -> bool:
    """Place, times, the draw and the publication are the organizer's."""
    return policy.can_edit(actor)


def can_operate(actor: Actor) -> bool:
    """Organizers, the secretariat and the chair run the timer and change the order with a reason."""
    runs = policy.can_manage(actor) or actor.has(Role.SECRETARIAT, Role.CHAIR)
    return runs and actor.event.state is not EventState.ARCHIVED


def can_read_room(actor: Actor) -> bool:
    """Those who run the day, and auditors."""
    return policy.can_read_all(actor) or actor.has(Role.SECRETARIAT, Role.CHAIR)


def can_watch(actor: Actor) -> bool:
    """Before the order is public: those who run the day, and the jury."""
    return can_read_room(actor) or policy.can_judge(actor)


def can_lock(actor: Actor) -> bool:
    """Chair and organizers lock an entry's ballots."""
    return scoring.can_lead(actor)

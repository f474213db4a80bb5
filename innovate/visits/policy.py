"""Who may plan, make and read visits. A visit's idea, visitors and the idea's team must be loaded."""

from __future__ import annotations

from innovate.events import policy as events
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.visits.domain.states import VisitState
from innovate.visits.models import Visit


def can_read_room(actor: Actor) -> bool:
    """Organizers, secretariat and auditors read every visit."""
    return events.can_read_screening(actor)


def can_plan(actor: Actor) -> bool:
    """Organizers and the secretariat plan, move and cancel, until the event is archived."""
    return events.can_screen(actor) and actor.event.state is not EventState.ARCHIVED


def can_share(actor: Actor) -> bool:
    """What the team learns of a visit, and what is checked, organizers choose."""
    return events.can_edit(actor)


def is_visitor(actor: Actor, visit: Visit) -> bool:
    """Whether the person goes, or went, and still belongs to the committee: with the last role the way ends."""
    return events.is_committee(actor) and any(each.user_id == actor.user_id for each in visit.visitors)


def can_read(actor: Actor, visit: Visit) -> bool:
    """The committee's readers and the visitors; nobody from whom the entry is kept."""
    may = can_read_room(actor) or is_visitor(actor, visit)
    return may and not ideas.is_kept_from(actor, visit.idea)


def can_record(actor: Actor, visit: Visit) -> bool:
    """Visitors and organizers write down what was found; a finished visit they amend."""
    may = events.can_manage(actor) or is_visitor(actor, visit)
    lives = visit.state is not VisitState.CANCELLED and actor.event.state is not EventState.ARCHIVED
    return may and lives and not ideas.is_kept_from(actor, visit.idea)

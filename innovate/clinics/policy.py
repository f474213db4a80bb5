"""Who may offer, book, write and read. A booking's slot and its team with memberships must be loaded."""

from __future__ import annotations

from innovate.clinics.models import ClinicBooking, ClinicSlot
from innovate.events import policy as events
from innovate.events.domain.kinds import EventState, Role
from innovate.events.policy import Actor
from innovate.teams import policy as teams
from innovate.teams.models import Team


def is_mentor(actor: Actor) -> bool:
    """A mentor of the event has a page of their own."""
    return actor.has(Role.MENTOR)


def can_offer(actor: Actor) -> bool:
    """Mentors offer slots while the event is published."""
    return is_mentor(actor) and actor.event.state is EventState.PUBLISHED


def owns(actor: Actor, slot: ClinicSlot) -> bool:
    """Whether it is the mentor's own slot; with the role the way to it ends."""
    return is_mentor(actor) and slot.mentor_id == actor.user_id


def can_change(actor: Actor, slot: ClinicSlot) -> bool:
    """The mentor moves and calls off their own slot; organizers step in for anybody."""
    return actor.event.state is EventState.PUBLISHED and (owns(actor, slot) or events.can_manage(actor))


def can_look(actor: Actor) -> bool:
    """Signed-in people see what is offered in an event that is not a draft any more."""
    return actor.user is not None and actor.event.state is not EventState.DRAFT


def can_book(actor: Actor, team: Team) -> bool:
    """The captain, while the event is published."""
    return teams.can_lead(actor, team) and actor.event.state is EventState.PUBLISHED


def can_read_room(actor: Actor) -> bool:
    """Organizers and auditors see how clinics are used."""
    return events.can_read_all(actor)


def can_set_rules(actor: Actor) -> bool:
    """Organizers set how many slots a team takes."""
    return events.can_edit(actor)


def reads_as_committee(actor: Actor) -> bool:
    """Organizers and auditors read notes; nobody who judges in the event does, whatever else they are."""
    return events.can_read_all(actor) and not events.can_judge(actor)


def can_read(actor: Actor, booking: ClinicBooking) -> bool:
    """The team, the mentor, organizers and auditors; never the jury."""
    theirs = owns(actor, booking.slot) or teams.is_member(actor, booking.team)
    return theirs or reads_as_committee(actor)


def can_write(actor: Actor, booking: ClinicBooking) -> bool:
    """The mentor writes notes and what was agreed, until the event is archived."""
    return owns(actor, booking.slot) and actor.event.state is not EventState.ARCHIVED


def can_tick(actor: Actor, booking: ClinicBooking) -> bool:
    """Every member says what is done."""
    return teams.is_member(actor, booking.team) and actor.event.state is not EventState.ARCHIVED


def can_give_back(actor: Actor, booking: ClinicBooking) -> bool:
    """The captain; when it is too late for that, is a rule of `services.booking`."""
    return can_book(actor, booking.team)

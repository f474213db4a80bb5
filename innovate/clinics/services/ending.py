"""A booking ends: by its team, its mentor, the organizer, or with the team or the mentor's role."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from innovate.clinics.models import ClinicBooking, ClinicSlot
from innovate.clinics.queries.bookings import accompanies_still, list_of_team, lock_booking
from innovate.clinics.queries.slots import get_slot
from innovate.clinics.services.trail import record, tell_mentor, tell_team
from innovate.core.db import db, locked
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.events.services.people import after_role_removed
from innovate.teams.models import Team
from innovate.teams.services import leading, mentoring

MENTOR_LEFT = "Mentor tidak lagi bertugas di kompetisi ini."
TEAM_LEFT = "Tim dibubarkan."


def connect() -> None:
    """Ask to be called when a team or a role ends; twice changes nothing."""
    if end_of_team not in leading.after_disbanded:
        leading.after_disbanded.append(end_of_team)
    if end_of_mentor not in after_role_removed:
        after_role_removed.append(end_of_mentor)


def end_booking(actor: Actor, booking: ClinicBooking, *, reason: str, at: datetime) -> None:
    """The row stays; the mentor no longer accompanies the team where only this booking had made them.

    That they did stays on record: a conflict of interest does not vanish, it is dismissed by a second person.
    """
    booking.cancelled_at, booking.cancelled_by_id = at, actor.user_id
    booking.cancelled_reason = reason.strip()[:300]
    db.session.flush()
    if booking.mentoring_id is not None and not accompanies_still(booking.team_id, booking.mentoring_id):
        mentoring.part(actor, booking.team, booking.mentoring_id, at=at)


def close_slot(actor: Actor, slot: ClinicSlot, *, reason: str, at: datetime) -> None:
    """Call a held slot off, and what was booked with it. Team and mentor are told, but not of their own doing."""
    slot.cancelled_at, slot.cancelled_reason = at, reason
    record("clinic.cancel", actor, slot, at, after={"reason": reason})
    db.session.flush()
    current = get_slot(slot.event_id, slot.public_id)
    if current.booking is None:
        return
    booking = lock_booking(current.booking.id)
    end_booking(actor, booking, reason=reason, at=at)
    tell_team("clinic_cancelled", actor.event, booking, about="cancel", at=at, reason=reason)
    if slot.mentor_id != actor.user_id:
        tell_mentor("clinic_cancelled", actor.event, booking, about="cancel", at=at, reason=reason)


def end_of_mentor(actor: Actor, row: EventRole, at: datetime) -> None:
    """Nobody waits for a mentor whose role ended: their slots to come are called off."""
    if row.role is not Role.MENTOR:
        return
    query = select(ClinicSlot.id).where(
        ClinicSlot.event_id == row.event_id,
        ClinicSlot.mentor_id == row.user_id,
        ClinicSlot.cancelled_at.is_(None),
        ClinicSlot.starts_at > at,
    )
    for slot_id in list(db.session.scalars(query.order_by(ClinicSlot.id))):
        close_slot(actor, locked(ClinicSlot, slot_id), reason=MENTOR_LEFT, at=at)


def end_of_team(actor: Actor, team: Team, at: datetime) -> None:
    """A team that ended gives back what is to come; the mentors are told."""
    for found in list_of_team(team.id):
        locked(ClinicSlot, found.slot_id)
        booking = lock_booking(found.id)
        if booking.cancelled_at is None and booking.slot.starts_at > at:
            end_booking(actor, booking, reason=TEAM_LEFT, at=at)
            record("clinic.give_back", actor, booking, at, after={"reason": TEAM_LEFT})
            tell_mentor("clinic_given_back", actor.event, booking, about="back", at=at, reason=TEAM_LEFT)

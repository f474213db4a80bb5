"""A booking ends: by its team, its mentor, or the organizer."""

from __future__ import annotations

from datetime import datetime

from innovate.clinics.models import ClinicBooking
from innovate.clinics.queries.bookings import accompanies_still
from innovate.core.db import db
from innovate.events.policy import Actor
from innovate.teams.services import mentoring


def end_booking(actor: Actor, booking: ClinicBooking, *, reason: str, at: datetime) -> None:
    """The row stays; the mentor no longer accompanies the team where only this booking had made them.

    That they did stays on record: a conflict of interest does not vanish, it is dismissed by a second person.
    """
    booking.cancelled_at, booking.cancelled_by_id = at, actor.user_id
    booking.cancelled_reason = reason.strip()[:300]
    db.session.flush()
    if booking.mentoring_id is not None and not accompanies_still(booking.team_id, booking.mentoring_id):
        mentoring.part(actor, booking.team, booking.mentoring_id, at=at)

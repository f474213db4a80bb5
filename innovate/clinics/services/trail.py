"""What acts of clinics leave: entries of the trail, and mails to the team and the mentor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.audit.services import record as record_entry
from innovate.clinics.models import ClinicBooking, ClinicSlot
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail_once
from innovate.teams.queries import list_members


def record(
    action: str,
    actor: Actor,
    row: ClinicSlot | ClinicBooking,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One entry about a slot or a booking."""
    record_entry(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="clinic_slot" if isinstance(row, ClinicSlot) else "clinic_booking",
        object_id=row.id,
        event_id=actor.event.id,
        before=before,
        after=after,
    )


def tell_all(
    template: str, event: Event, booking: ClinicBooking, *, about: str, at: datetime, **context: Any
) -> None:
    """The same to every member and the mentor; `about` tells one occasion from the next, so nobody reads it twice."""
    tell_team(template, event, booking, about=about, at=at, **context)
    tell_mentor(template, event, booking, about=about, at=at, **context)


def tell_team(
    template: str, event: Event, booking: ClinicBooking, *, about: str, at: datetime, **context: Any
) -> None:
    """To every member."""
    for user in list_members(booking.team_id):
        _mail(template, event, booking, user, about, at, {**context, "mentors": False})


def tell_mentor(
    template: str, event: Event, booking: ClinicBooking, *, about: str, at: datetime, **context: Any
) -> None:
    """To who offered the slot."""
    _mail(template, event, booking, booking.slot.mentor, about, at, {**context, "mentors": True})


def _mail(
    template: str,
    event: Event,
    booking: ClinicBooking,
    user: User,
    about: str,
    at: datetime,
    context: dict[str, Any],
) -> None:
    slot = booking.slot
    enqueue_mail_once(
        template,
        cause=f"clinic:{booking.id}:{about}:{user.id}",
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=event.id,
        at=at,
        context={
            "name": user.full_name,
            "event": event.name,
            "team": booking.team.name,
            "mentor": slot.mentor.full_name,
            "at": slot.starts_at.isoformat(),
            "zone": event.zone,
            "place": ", ".join(filter(None, (slot.place, slot.link))),
            "question": booking.question,
            "path": f"/k/{event.slug}/klinik/pesanan/{booking.public_id}",
            **context,
        },
    )

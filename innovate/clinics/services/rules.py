"""The organizer's rules of clinics, and reminders."""

from __future__ import annotations

from datetime import datetime, timedelta

from innovate.audit.services import record
from innovate.clinics import policy
from innovate.clinics.models import ClinicRules
from innovate.clinics.queries.bookings import list_due
from innovate.clinics.queries.slots import get_rules
from innovate.clinics.services.trail import tell_all
from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.events.policy import Actor

AHEAD = timedelta(hours=24)


def save_rules(actor: Actor, *, per_team: int, notice_hours: int, at: datetime) -> None:
    """How many slots a team may take, and until when it gives one back by itself. What is booked stays booked."""
    require(policy.can_set_rules(actor), NotFound())
    rules = get_rules(actor.event.id)
    before = {"per_team": rules.per_team, "notice_hours": rules.notice_hours}
    after = {"per_team": per_team, "notice_hours": notice_hours}
    if after == before:
        return
    rules = db.session.merge(ClinicRules(event_id=actor.event.id, **after))
    db.session.flush()
    record(
        "clinic.rules",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        before=before,
        after=after,
    )


def remind_clinics(*, at: datetime) -> int:
    """Remind team and mentor of every clinic of the next 24 hours, once for each time it was set; how many."""
    due = list_due(at, at + AHEAD)
    for booking, event in due:
        tell_all("clinic_reminder", event, booking, about=f"remind:{booking.slot.version}", at=at)
    return len(due)

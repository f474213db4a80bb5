"""What came of a slot: held or not, the mentor's notes, and what was agreed."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from innovate.clinics import policy
from innovate.clinics.domain.slots import Outcome
from innovate.clinics.models import ClinicAction, ClinicBooking
from innovate.clinics.queries.bookings import lock_booking
from innovate.clinics.services.trail import record, tell_team
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events.policy import Actor

MOST_ACTIONS = 20


def save_notes(
    actor: Actor, booking: ClinicBooking, *, outcome: Outcome | None, notes: str, version: int, at: datetime
) -> ClinicBooking:
    """Whether it was held, and the notes; the team reads them at once. A stale save is refused, nothing is lost."""
    booking = _open(actor, booking)
    stale = _l("Catatan ini diubah di jendela lain sejak halaman dibuka. Bandingkan, lalu simpan lagi.")
    require(booking.notes_version == version, Stale(stale))
    early = Refused(_l("Klinik belum mulai. Nyatakan terlaksana sesudah mulai."), field="outcome")
    require(outcome is None or booking.slot.starts_at <= at, early)
    before = {"clinic_outcome": booking.outcome, "note": booking.notes}
    if outcome is not booking.outcome:
        booking.outcome, booking.outcome_at = outcome, at if outcome else None
    booking.notes = notes.strip()
    after = {"clinic_outcome": booking.outcome, "note": booking.notes}
    if after != before:
        booking.notes_version += 1
        record("clinic.notes", actor, booking, at, before=before, after=after)
    return booking


def add_action(
    actor: Actor, booking: ClinicBooking, *, text: str, who: str, due_on: date | None, at: datetime
) -> ClinicAction:
    """Something that was agreed. The team gets one mail a day about it, not one for each."""
    booking = _open(actor, booking)
    many = Refused(_l("Paling banyak 20 tindak lanjut untuk satu klinik."), field="text")
    require(len(booking.actions) < MOST_ACTIONS, many)
    early = Refused(_l("Tenggatnya sudah lewat."), field="due_on")
    require(due_on is None or due_on >= booking.slot.starts_at.date(), early)
    action = ClinicAction(
        booking_id=booking.id, text=text.strip(), who=who.strip(), due_on=due_on, created_at=at
    )
    db.session.add(action)
    db.session.flush()
    record("clinic.action", actor, booking, at, after={"text": action.text, "who": action.who})
    about = f"action:{at.date().isoformat()}"
    tell_team("clinic_action", actor.event, booking, about=about, at=at)
    return action


def remove_action(actor: Actor, booking: ClinicBooking, public_id: str, *, at: datetime) -> None:
    """It was not meant; the row is kept."""
    booking = _open(actor, booking)
    action = _find(booking, public_id)
    action.removed_at = at
    record("clinic.action_remove", actor, booking, at, before={"text": action.text})


def tick_action(
    actor: Actor, booking: ClinicBooking, public_id: str, *, done: bool, at: datetime
) -> ClinicAction:
    """A member says that it is done, or that it is not after all."""
    require(policy.can_tick(actor, booking), NotFound())
    booking = lock_booking(booking.id)
    require(booking.cancelled_at is None, NotFound())
    action = _find(booking, public_id)
    if done is not (action.done_at is not None):
        action.done_at, action.done_by_id = (at, actor.user_id) if done else (None, None)
        name = "clinic.action_done" if done else "clinic.action_open"
        record(name, actor, booking, at, after={"text": action.text})
    return action


def _open(actor: Actor, booking: ClinicBooking) -> ClinicBooking:
    require(policy.can_write(actor, booking), NotFound())
    booking = lock_booking(booking.id)
    require(booking.cancelled_at is None, Refused(_l("Pesanan ini sudah dibatalkan.")))
    return booking


def _find(booking: ClinicBooking, public_id: str) -> ClinicAction:
    found = next((each for each in booking.actions if each.public_id == public_id), None)
    if found is None:
        raise NotFound
    return locked(ClinicAction, found.id)

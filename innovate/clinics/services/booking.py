"""A team takes a slot, and gives it back in time."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.clinics import policy
from innovate.clinics.domain.slots import find_clash, may_give_back
from innovate.clinics.models import ClinicBooking, ClinicSlot
from innovate.clinics.queries.bookings import accompanies_still, list_team_spans, lock_booking
from innovate.clinics.queries.slots import get_rules
from innovate.clinics.services.ending import end_booking
from innovate.clinics.services.trail import record, tell_all, tell_mentor
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.teams.models import Team
from innovate.teams.services import mentoring


def book_slot(actor: Actor, team: Team, slot: ClinicSlot, *, question: str, at: datetime) -> ClinicBooking:
    """One team a slot, a limited number of slots a team. Team and slot are held, so of two clicks one is told.

    The mentor accompanies the team from now on, and so does not judge it.
    """
    require(policy.can_book(actor, team) and slot.event_id == actor.event.id, NotFound())
    held_team = locked(Team, team.id)
    require(policy.can_book(actor, held_team), NotFound())
    held = locked(ClinicSlot, slot.id)
    _require_free(held, at)
    own = Refused(_l("Anggota tim tidak dapat menjadi mentor timnya sendiri."))
    require(all(each.user_id != held.mentor_id for each in team.memberships), own)
    _require_room(actor, team, held)
    booking = ClinicBooking(
        slot_id=held.id,
        team_id=team.id,
        booked_by_id=actor.user_id,
        question=question.strip(),
        booked_at=at,
    )
    db.session.add(booking)
    db.session.flush()
    row, is_new = mentoring.accompany(actor, team, held.mentor_id, at=at)
    if is_new or accompanies_still(team.id, row.id):
        booking.mentoring_id = row.id
    booking = lock_booking(booking.id)
    record("clinic.book", actor, booking, at, after={"starts_at": held.starts_at.isoformat()})
    tell_all("clinic_booked", actor.event, booking, about="book", at=at)
    return booking


def give_back(actor: Actor, booking: ClinicBooking, *, reason: str, at: datetime) -> None:
    """The captain gives the slot back while there is time for another team; the mentor is told."""
    require(policy.can_give_back(actor, booking), NotFound())
    locked(ClinicSlot, booking.slot_id)
    booking = lock_booking(booking.id)
    over = Refused(_l("Pesanan ini sudah dibatalkan."))
    require(booking.cancelled_at is None, over)
    hours = get_rules(actor.event.id).notice_hours
    late = Refused(
        _l("Pembatalan ditutup %(hours)s jam sebelum klinik. Hubungi mentor atau panitia.", hours=hours)
    )
    require(may_give_back(booking.slot.starts_at, hours, at), late)
    end_booking(actor, booking, reason=reason, at=at)
    record("clinic.give_back", actor, booking, at, after={"reason": booking.cancelled_reason})
    tell_mentor(
        "clinic_given_back", actor.event, booking, about="back", at=at, reason=booking.cancelled_reason
    )


def _require_free(slot: ClinicSlot, at: datetime) -> None:
    gone = Refused(_l("Slot ini sudah tidak ditawarkan. Pilih slot lain."))
    require(slot.cancelled_at is None and slot.starts_at > at, gone)
    taken = select(ClinicBooking.id).where(
        ClinicBooking.slot_id == slot.id, ClinicBooking.cancelled_at.is_(None)
    )
    full = Refused(_l("Slot ini baru saja dipesan tim lain. Pilih slot lain."))
    require(db.session.scalar(taken.limit(1)) is None, full)
    role = select(EventRole.id).where(
        EventRole.event_id == slot.event_id,
        EventRole.user_id == slot.mentor_id,
        EventRole.role == Role.MENTOR,
        EventRole.revoked_at.is_(None),
    )
    require(db.session.scalar(role.limit(1)) is not None, gone)


def _require_room(actor: Actor, team: Team, slot: ClinicSlot) -> None:
    spans = list_team_spans(team.id)
    most = get_rules(actor.event.id).per_team
    many = Refused(
        _l("Tim Anda sudah memakai %(n)s slot, sebanyak yang diizinkan panitia untuk satu tim.", n=most)
    )
    require(len(spans) < most, many)
    clash = Refused(_l("Tim Anda sudah memesan klinik lain pada waktu ini."))
    require(find_clash([slot.span], spans) is None, clash)

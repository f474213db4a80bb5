"""A mentor offers slots, moves them, and calls them off. Who booked is told each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from innovate.accounts.services.people import hold_person
from innovate.clinics import policy
from innovate.clinics.domain.slots import MOST_SLOTS, Offer, Span, Terms, find_clash, lay_out
from innovate.clinics.models import ClinicSlot, ClinicSlotSkill
from innovate.clinics.queries.bookings import lock_booking
from innovate.clinics.queries.slots import get_slot, list_mentor_spans
from innovate.clinics.services.ending import close_slot
from innovate.clinics.services.trail import record, tell_mentor, tell_team
from innovate.core.db import db, locked, new_public_id
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.skills.queries.framework import list_skills

LONGEST = timedelta(hours=4)
SHORTEST = timedelta(minutes=10)


def offer_slots(actor: Actor, offer: Offer, terms: Terms, *, at: datetime) -> list[ClinicSlot]:
    """All slots of an offer, or none of them."""
    require(policy.can_offer(actor), NotFound())
    many = Refused(_l("Sekali tawar paling banyak 60 slot."), field="count")
    require(0 < offer.count * offer.weeks <= MOST_SLOTS, many)
    _check_terms(terms)
    hold_person(actor.user_id)
    spans = lay_out(offer, actor.event.zone)
    _check_times(spans, list_mentor_spans(actor.user_id, at), at)
    series = new_public_id()
    slots = [_make(actor, span, terms, series, at) for span in spans]
    db.session.add_all(slots)
    db.session.flush()
    for slot in slots:
        _set_skills(slot, terms.skills)
    record("clinic.offer", actor, slots[0], at, after={"count": len(slots), "starts_at": _iso(slots[0])})
    return slots


def change_slot(actor: Actor, slot: ClinicSlot, span: Span, terms: Terms, *, at: datetime) -> ClinicSlot:
    """Another time, place or subject of a slot that is to come. The team that booked it is told of time and place."""
    require(policy.can_change(actor, slot), NotFound())
    _check_terms(terms)
    hold_person(slot.mentor_id)
    held = locked(ClinicSlot, slot.id)
    _require_to_come(held, at)
    _check_times([span], list_mentor_spans(held.mentor_id, at, besides=held.id), at)
    before = _said(held)
    held.starts_at, held.ends_at = span.starts_at, span.ends_at
    held.topic, held.place, held.link = terms.topic.strip(), terms.place.strip(), terms.link.strip()
    _set_skills(held, terms.skills)
    after = _said(held)
    if after != before:
        held.version, held.changed_at = held.version + 1, at
        record("clinic.change", actor, held, at, before=before, after=after)
        db.session.flush()
        current = get_slot(held.event_id, held.public_id)
        if current.booking is not None:
            booking = lock_booking(current.booking.id)
            tell_team("clinic_moved", actor.event, booking, about=f"move:{held.version}", at=at)
            if held.mentor_id != actor.user_id:
                tell_mentor("clinic_moved", actor.event, booking, about=f"move:{held.version}", at=at)
    return held


def cancel_slot(actor: Actor, slot: ClinicSlot, *, reason: str, at: datetime) -> None:
    """Call a slot off. A team that booked it is told why and may book another: this one does not count."""
    require(policy.can_change(actor, slot), NotFound())
    held = locked(ClinicSlot, slot.id)
    _require_to_come(held, at)
    db.session.flush()
    current = get_slot(held.event_id, held.public_id)
    short = Refused(
        _l("Tuliskan alasan, paling sedikit 10 karakter. Tim membaca alasan ini."), field="reason"
    )
    require(current.booking is None or len(reason.strip()) >= 10, short)
    close_slot(actor, held, reason=reason.strip(), at=at)


def _make(actor: Actor, span: Span, terms: Terms, series: str, at: datetime) -> ClinicSlot:
    return ClinicSlot(
        event_id=actor.event.id,
        mentor_id=actor.user_id,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        topic=terms.topic.strip(),
        place=terms.place.strip(),
        link=terms.link.strip(),
        series=series,
        offered_at=at,
        changed_at=at,
    )


def _set_skills(slot: ClinicSlot, wanted: Sequence[str]) -> None:
    known = {skill.public_id: skill.id for skill in list_skills()}
    chosen = {known[key] for key in wanted if key in known}
    rows = {row.skill_id: row for row in db.session.query(ClinicSlotSkill).filter_by(slot_id=slot.id)}
    for skill_id, row in rows.items():
        if skill_id not in chosen:
            db.session.delete(row)
    db.session.add_all(ClinicSlotSkill(slot_id=slot.id, skill_id=key) for key in chosen - set(rows))
    db.session.flush()


def _check_terms(terms: Terms) -> None:
    nowhere = Refused(_l("Isi tempat, tautan, atau keduanya."), field="place")
    require(bool(terms.place.strip() or terms.link.strip()), nowhere)
    web = terms.link.strip().startswith(("https://", "http://")) or not terms.link.strip()
    require(web, Refused(_l("Tautan diawali https://."), field="link"))


def _check_times(spans: Sequence[Span], taken: Sequence[Span], at: datetime) -> None:
    past = Refused(_l("Waktu mulainya sudah lewat."), field="starts_at")
    require(all(span.starts_at > at for span in spans), past)
    size = Refused(_l("Satu slot berlangsung 10 menit sampai 4 jam."), field="minutes")
    require(all(SHORTEST <= span.ends_at - span.starts_at <= LONGEST for span in spans), size)
    clash = Refused(_l("Waktu ini bertabrakan dengan slot Anda yang lain."), field="starts_at")
    require(find_clash(spans, taken) is None, clash)


def _require_to_come(slot: ClinicSlot, at: datetime) -> None:
    over = Refused(_l("Slot ini sudah mulai atau dibatalkan."))
    require(slot.cancelled_at is None and slot.starts_at > at, over)


def _said(slot: ClinicSlot) -> dict[str, str]:
    return {
        "starts_at": slot.starts_at.isoformat(),
        "ends_at": slot.ends_at.isoformat(),
        "topic": slot.topic,
        "place": slot.place,
        "link": slot.link,
    }


def _iso(slot: ClinicSlot) -> str:
    return slot.starts_at.isoformat()

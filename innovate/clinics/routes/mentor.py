"""The mentor's page: slots, what teams still have to do, notes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.clinics import policy
from innovate.clinics.domain.slots import SlotState
from innovate.clinics.forms import ActionForm, CancelForm, NotesForm, OfferForm, SlotForm, stored_slot
from innovate.clinics.guard import enter_booking, enter_slot
from innovate.clinics.queries.bookings import map_open_actions
from innovate.clinics.queries.slots import list_offered
from innovate.clinics.routes.booking import render_booking
from innovate.clinics.routes.mount import blueprint
from innovate.clinics.services import offering, recording
from innovate.clinics.words import STATES
from innovate.core import clock
from innovate.core.errors import Stale
from innovate.core.numbers import read_number
from innovate.events.guard import enter
from innovate.skills.queries.framework import list_skills


@blueprint.get("/klinik/saya")
def mine(slug: str) -> ResponseReturnValue:
    """Own slots to come and past, and open actions by team."""
    actor = enter(slug, policy.is_mentor)
    now = clock.now()
    rows = [(slot, slot.state_at(now)) for slot in list_offered(actor.event.id, actor.user_id)]
    return render_template(
        "clinics/mine.html",
        event=actor.event,
        coming=[row for row in rows if row[0].ends_at > now and row[1] is not SlotState.CANCELLED],
        past=[row for row in reversed(rows) if row[0].ends_at <= now and row[0].booking],
        waiting=sum(state is SlotState.WAITING for _slot, state in rows),
        actions=map_open_actions(actor.event.id, actor.user_id),
        may_offer=policy.can_offer(actor),
        states=STATES,
        today=now.astimezone(ZoneInfo(actor.event.zone)).date(),
        at=now,
    )


@blueprint.route("/klinik/saya/tawarkan", methods=["GET", "POST"])
def offer(slug: str) -> ResponseReturnValue:
    """A series of slots."""
    actor = enter(slug, policy.can_offer)
    form = OfferForm(zone=actor.event.zone)
    form.offer_skills(list_skills())
    if form.validate_on_submit():
        with form.catch():
            made = offering.offer_slots(actor, form.offer(), form.terms(), at=clock.now())
            count = len(made)
            flash(ngettext("%(num)s slot ditawarkan.", "%(num)s slot ditawarkan.", count), "success")
            return redirect(url_for("clinics.mine", slug=slug))
    return render_template("clinics/offer.html", event=actor.event, form=form, slot=None), form.status


@blueprint.route("/klinik/slot/<slot_id>", methods=["GET", "POST"])
def change(slug: str, slot_id: str) -> ResponseReturnValue:
    """Another time, place or subject; or the way to call it off."""
    actor, slot = enter_slot(slug, slot_id, policy.can_change)
    form = SlotForm(data=stored_slot(slot), zone=actor.event.zone)
    form.offer_skills(list_skills())
    if form.validate_on_submit():
        with form.catch():
            offering.change_slot(actor, slot, form.span(), form.terms(), at=clock.now())
            flash(_("Slot tersimpan. Tim yang memesannya diberi tahu."), "success")
            return redirect(_home(slug, own=policy.owns(actor, slot)))
    ending = CancelForm(formdata=None)
    page = render_template(
        "clinics/offer.html",
        event=actor.event,
        form=form,
        slot=slot,
        cancel=ending,
        home=_home(slug, own=policy.owns(actor, slot)),
    )
    return page, form.status


@blueprint.post("/klinik/slot/<slot_id>/batal")
def cancel(slug: str, slot_id: str) -> ResponseReturnValue:
    """Call a slot off."""
    actor, slot = enter_slot(slug, slot_id, policy.can_change)
    form = CancelForm()
    home = _home(slug, own=policy.owns(actor, slot))
    if form.validate_on_submit():
        with form.catch():
            offering.cancel_slot(actor, slot, reason=form.reason.data or "", at=clock.now())
            flash(_("Slot dibatalkan."), "success")
            return redirect(home)
    edit = SlotForm(formdata=None, data=stored_slot(slot), zone=actor.event.zone)
    edit.offer_skills(list_skills())
    page = render_template(
        "clinics/offer.html", event=actor.event, form=edit, slot=slot, cancel=form, home=home
    )
    return page, form.status


def _home(slug: str, *, own: bool) -> str:
    return url_for("clinics.mine" if own else "clinics.room", slug=slug)


@blueprint.post("/klinik/pesanan/<booking_id>/catatan")
def save_notes(slug: str, booking_id: str) -> ResponseReturnValue:
    """Held or not, and the notes."""
    actor, booking = enter_booking(slug, booking_id, policy.can_write)
    form = NotesForm()
    if form.validate_on_submit():
        try:
            with form.catch():
                recording.save_notes(
                    actor,
                    booking,
                    outcome=form.outcome_value(),
                    notes=form.notes.data or "",
                    version=read_number(form.version.data or "") or 0,
                    at=clock.now(),
                )
                flash(_("Catatan tersimpan."), "success")
                return redirect(url_for("clinics.show", slug=slug, booking_id=booking_id))
        except Stale as stale:
            form.refuse(stale)
    return render_booking(actor, booking, notes=form)


@blueprint.post("/klinik/pesanan/<booking_id>/tindak-lanjut")
def add_action(slug: str, booking_id: str) -> ResponseReturnValue:
    """Something that was agreed."""
    actor, booking = enter_booking(slug, booking_id, policy.can_write)
    form = ActionForm()
    if form.validate_on_submit():
        with form.catch():
            given = {"text": form.text.data or "", "who": form.who.data or "", "due_on": form.due_on.data}
            recording.add_action(actor, booking, **given, at=clock.now())
            flash(_("Tindak lanjut dicatat."), "success")
            return redirect(url_for("clinics.show", slug=slug, booking_id=booking_id) + "#tindak-lanjut")
    return render_booking(actor, booking, action=form)


@blueprint.post("/klinik/pesanan/<booking_id>/tindak-lanjut/<action_id>/hapus")
def remove_action(slug: str, booking_id: str, action_id: str) -> ResponseReturnValue:
    """It was not meant."""
    actor, booking = enter_booking(slug, booking_id, policy.can_write)
    recording.remove_action(actor, booking, action_id, at=clock.now())
    flash(_("Tindak lanjut dikeluarkan."))
    return redirect(url_for("clinics.show", slug=slug, booking_id=booking_id) + "#tindak-lanjut")

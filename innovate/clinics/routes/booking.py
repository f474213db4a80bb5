"""What a team does: look at free slots, book one, read what came of it, tick off what was agreed."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.clinics import policy
from innovate.clinics.domain.slots import may_give_back, state_of
from innovate.clinics.forms import ActionForm, BookForm, GiveBackForm, NotesForm
from innovate.clinics.guard import enter_booking, enter_slot
from innovate.clinics.models import ClinicBooking
from innovate.clinics.queries.bookings import find_idea_id, get_booking, list_of_team
from innovate.clinics.queries.slots import Choice, get_rules, list_free
from innovate.clinics.routes.mount import blueprint
from innovate.clinics.services import booking as services
from innovate.clinics.services import recording
from innovate.clinics.words import OUTCOMES, STATES
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.domain.calendar import Entry, build_calendar
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.events.routes.public import public_url
from innovate.skills.queries.framework import list_skills
from innovate.teams.models import Team
from innovate.teams.queries import list_event_mentors, list_teams_of


def _own_team(actor: Actor) -> Team | None:
    """The team the person books for."""
    mine = list_teams_of(actor.event.id, actor.user_id)
    return next((team for team in mine if policy.can_book(actor, team)), None)


@blueprint.get("/klinik")
def index(slug: str) -> ResponseReturnValue:
    """Free slots by skill and mentor, and the person's own bookings."""
    actor = enter(slug, policy.can_look)
    choice = Choice(
        skill=request.args.get("keahlian", "")[:12],
        mentor=request.args.get("mentor", "")[:12],
        page=request.args.get("page", 1, type=int),
    )
    now = clock.now()
    mine = list_teams_of(actor.event.id, actor.user_id)
    return render_template(
        "clinics/index.html",
        event=actor.event,
        slots=list_free(actor.event.id, choice, now),
        choice=choice,
        skills=list_skills(),
        mentors=list_event_mentors(actor.event.id),
        bookings=[booking for team in mine[:1] for booking in list_of_team(team.id)],
        may_book=any(policy.can_book(actor, team) for team in mine),
        is_in_team=bool(mine),
        is_mentor=policy.is_mentor(actor),
        rules=get_rules(actor.event.id),
        states=STATES,
        at=now,
    )


@blueprint.route("/klinik/<slot_id>/pesan", methods=["GET", "POST"])
def book(slug: str, slot_id: str) -> ResponseReturnValue:
    """Take a slot for one's team."""
    actor, slot = enter_slot(slug, slot_id, lambda _actor, _slot: True)
    team = _own_team(actor)
    if team is None:
        raise NotFound
    form = BookForm()
    if form.validate_on_submit():
        with form.catch():
            made = services.book_slot(actor, team, slot, question=form.question.data or "", at=clock.now())
            flash(_("Klinik dipesan. Mentor dan anggota tim diberi tahu lewat surel."), "success")
            return redirect(url_for("clinics.show", slug=slug, booking_id=made.public_id))
    page = render_template(
        "clinics/book.html",
        event=actor.event,
        slot=slot,
        team=team,
        form=form,
        rules=get_rules(actor.event.id),
    )
    return page, form.status


@blueprint.get("/klinik/pesanan/<booking_id>")
def show(slug: str, booking_id: str) -> ResponseReturnValue:
    """A booked slot: time, place, question, notes, what was agreed."""
    actor, booking = enter_booking(slug, booking_id)
    return render_booking(actor, booking)


def render_booking(
    actor: Actor,
    booking: ClinicBooking,
    *,
    notes: NotesForm | None = None,
    action: ActionForm | None = None,
    back: GiveBackForm | None = None,
) -> ResponseReturnValue:
    """The page; a form that was sent is shown again with its errors and its status."""
    now = clock.now()
    booking = get_booking(actor.event.id, booking.public_id)
    sent = notes or action or back
    outcome = booking.outcome.value if booking.outcome else ""
    if notes is None:
        notes = NotesForm(formdata=None, notes=booking.notes, outcome=outcome)
    notes.version.data = notes.version.raw_data = booking.notes_version
    page = render_template(
        "clinics/show.html",
        event=actor.event,
        booking=booking,
        slot=booking.slot,
        idea_id=find_idea_id(booking.team_id),
        notes=notes,
        action=action or ActionForm(formdata=None),
        back=back or GiveBackForm(formdata=None),
        may_write=policy.can_write(actor, booking) and booking.cancelled_at is None,
        may_tick=policy.can_tick(actor, booking) and booking.cancelled_at is None,
        may_give_back=_may_give_back(actor, booking, now),
        rules=get_rules(actor.event.id),
        is_team=policy.can_tick(actor, booking),
        state=_state(booking, now),
        outcomes=OUTCOMES,
        at=now,
    )
    return page, sent.status if sent else 200


def _state(booking: ClinicBooking, at: datetime) -> tuple[object, str]:
    slot = booking.slot
    cancelled = booking.cancelled_at is not None
    found = state_of(slot.span, at, is_cancelled=cancelled, is_booked=True, outcome=booking.outcome)
    return STATES[found]


def _may_give_back(actor: Actor, booking: ClinicBooking, at: datetime) -> bool:
    hours = get_rules(actor.event.id).notice_hours
    in_time = may_give_back(booking.slot.starts_at, hours, at) and booking.slot.starts_at > at
    return booking.cancelled_at is None and policy.can_give_back(actor, booking) and in_time


@blueprint.post("/klinik/pesanan/<booking_id>/batal")
def give_back(slug: str, booking_id: str) -> ResponseReturnValue:
    """The captain gives the slot back."""
    actor, booking = enter_booking(slug, booking_id, policy.can_give_back)
    form = GiveBackForm()
    if form.validate_on_submit():
        with form.catch():
            services.give_back(actor, booking, reason=form.reason.data or "", at=clock.now())
            flash(_("Pesanan dibatalkan. Slotnya kembali bebas dan mentor diberi tahu."), "success")
            return redirect(url_for("clinics.index", slug=slug))
    return render_booking(actor, booking, back=form)


@blueprint.post("/klinik/pesanan/<booking_id>/tindak-lanjut/<action_id>/<any(selesai,buka):step>")
def tick(slug: str, booking_id: str, action_id: str, step: str) -> ResponseReturnValue:
    """A member says what is done."""
    actor, booking = enter_booking(slug, booking_id, policy.can_tick)
    recording.tick_action(actor, booking, action_id, done=step == "selesai", at=clock.now())
    flash(_("Ditandai selesai.") if step == "selesai" else _("Dibuka kembali."), "success")
    return redirect(url_for("clinics.show", slug=slug, booking_id=booking_id) + "#tindak-lanjut")


@blueprint.get("/klinik/pesanan/<booking_id>/jadwal.ics")
def calendar(slug: str, booking_id: str) -> ResponseReturnValue:
    """The slot for a calendar program, for team and mentor."""
    actor, booking = enter_booking(slug, booking_id)
    require(booking.cancelled_at is None, NotFound())
    slot = booking.slot
    page = public_url("clinics.show", slug=slug, booking_id=booking_id)
    names = {"team": booking.team.name, "mentor": slot.mentor.full_name}
    entry = Entry(
        uid=f"{booking.public_id}@{urlsplit(page).hostname or 'innovate'}",
        summary=_("Klinik Inovasi: %(team)s dan %(mentor)s", **names),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        changed_at=max(slot.changed_at, booking.booked_at),
        sequence=slot.version - 1,
        description=booking.question,
        location=slot.place or slot.link,
        url=slot.link or page,
    )
    answer = Response(build_calendar(actor.event.name, [entry]), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = "attachment; filename=klinik.ics"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

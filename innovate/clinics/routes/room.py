"""The organizer's room: slots, use of each mentor, teams without a clinic, rules, workbook."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.clinics import policy
from innovate.clinics.exports import as_xlsx
from innovate.clinics.forms import RulesForm
from innovate.clinics.queries.room import load_room
from innovate.clinics.queries.slots import get_rules
from innovate.clinics.routes.mount import blueprint
from innovate.clinics.services.rules import save_rules
from innovate.clinics.words import STATES
from innovate.core import clock
from innovate.events.guard import enter

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/kelola/klinik", methods=["GET", "POST"])
def room(slug: str) -> ResponseReturnValue:
    """How clinics are used."""
    actor = enter(slug, policy.can_set_rules if request.method == "POST" else policy.can_read_room)
    form = RulesForm(obj=get_rules(actor.event.id))
    if form.validate_on_submit():
        with form.catch():
            save_rules(
                actor, per_team=form.per_team.data, notice_hours=form.notice_hours.data, at=clock.now()
            )
            flash(_("Aturan klinik tersimpan."), "success")
            return redirect(url_for("clinics.room", slug=slug))
    page = render_template(
        "clinics/room.html",
        event=actor.event,
        view=load_room(actor.event, clock.now()),
        form=form,
        may_set=policy.can_set_rules(actor),
        states=STATES,
        reads_notes=policy.reads_as_committee(actor),
    )
    return page, form.status


@blueprint.get("/kelola/klinik/daftar.xlsx")
def export(slug: str) -> ResponseReturnValue:
    """Slots, mentors and teams without a clinic as a workbook; notes are not in it."""
    actor = enter(slug, policy.can_read_room)
    witness("clinics", event_id=actor.event.id)
    content = as_xlsx(actor.event, load_room(actor.event, clock.now()))
    answer = Response(content, mimetype=_XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="klinik-{slug}.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

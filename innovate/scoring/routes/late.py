"""The chair's room for late ballots, and for opening a single ballot after its round closed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import DomainError, NotFound, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.queries import late as queries
from innovate.scoring.queries.ballots import get_panel_sheet
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import late as services
from innovate.scoring.services import reopenings


@blueprint.get("/kelola/terlambat")
def late_room(slug: str) -> ResponseReturnValue:
    """Every late ballot with its times, the juror's words, and what was decided."""
    actor = enter_lead(slug)
    hidden = list_hidden(actor)
    rows = [row for row in queries.list_late_ballots(actor.event.id) if row.idea_id not in hidden]
    return render_template("scoring/lead/late.html", actor=actor, event=actor.event, rows=rows)


@blueprint.get("/kelola/terlambat/<late_id>")
def late_ballot(slug: str, late_id: str) -> ResponseReturnValue:
    """One late ballot beside what stands."""
    actor = enter_lead(slug)
    return _page(actor, _get(actor, late_id), ReasonForm(formdata=None))


def _get(actor: Actor, late_id: str) -> queries.LateRow:
    row = queries.get_late_ballot(actor.event.id, late_id)
    require(row.idea_id not in list_hidden(actor), NotFound())
    return row


@blueprint.post("/kelola/terlambat/<late_id>")
def decide_late(slug: str, late_id: str) -> ResponseReturnValue:
    """Count it or leave it out."""
    actor = enter_lead(slug)
    row = _get(actor, late_id)
    form = ReasonForm()
    count = request.form.get("putusan") == "hitung"
    if form.validate_on_submit():
        with form.catch():
            services.decide_late_ballot(
                actor, row.late, count=count, reason=form.reason.data or "", at=clock.now()
            )
            text = (
                _("Nilai terlambat dihitung.")
                if count
                else _("Nilai terlambat tidak dihitung; isinya tetap disimpan.")
            )
            flash(text, "success")
            return redirect(url_for("scoring.late_room", slug=slug))
    return _page(actor, row, form), 422


def _page(actor: Actor, row: queries.LateRow, form: ReasonForm) -> str:
    return render_template(
        "scoring/lead/late_ballot.html",
        actor=actor,
        event=actor.event,
        row=row,
        sheet=get_panel_sheet(actor.event.id, row.seat),
        form=form,
        can_decide=policy.can_lead(actor)
        and row.late.state == "waiting"
        and row.late.user_id != actor.user_id,
    )


@blueprint.post("/kelola/penugasan/kursi/<public_id>/<any(izinkan, akhiri):step>-ubah")
def grant(slug: str, public_id: str, step: str) -> ResponseReturnValue:
    """Open one ballot again after its round closed, or end that."""
    actor = enter_lead(slug)
    sheet = get_panel_sheet(actor.event.id, public_id)
    require(sheet.idea_id not in list_hidden(actor), NotFound())
    act = reopenings.grant_reopening if step == "izinkan" else reopenings.end_reopening
    form = ReasonForm()
    try:
        if form.validate_on_submit():
            act(actor, public_id, reason=form.reason.data or "", at=clock.now())
            opened = _("Juri dapat mengubah nilai ini sampai diajukan lagi.")
            flash(opened if step == "izinkan" else _("Izin mengubah diakhiri."), "success")
        else:
            flash(str(next(iter([*form.form_errors, *form.reason.errors]), _("Tulis alasannya."))), "error")
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        flash(str(refusal.message), "error")
    return redirect(url_for("scoring.panel_sheet", slug=slug, public_id=public_id))

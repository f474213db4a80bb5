"""One's own data: a copy, requests with their term, consents, and who looked."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.core import clock, storage
from innovate.core.errors import NotFound, Refused
from innovate.privacy.domain.cases import CaseKind, CaseState, hours_left
from innovate.privacy.domain.purposes import Purpose, in_force
from innovate.privacy.forms import CaseForm
from innovate.privacy.guard import present_person
from innovate.privacy.queries import cases
from innovate.privacy.queries.accesses import list_seen
from innovate.privacy.queries.obstacles import list_obstacles
from innovate.privacy.routes.mount import blueprint
from innovate.privacy.services import cases as services
from innovate.privacy.services import consents, copying
from innovate.privacy.words import KINDS, PURPOSES, STATES, WORDINGS

_SHOWN = 100


@blueprint.get("/akun/data")
def own() -> ResponseReturnValue:
    """Everything about one's data on one page."""
    user, now = present_person(), clock.now()
    answers = cases.list_answers(user.id)
    rows = cases.list_own_cases(user.id)
    return render_template(
        "privacy/own.html",
        user=user,
        task=copying.find_copying(user.id),
        exports=cases.list_exports(user.id, now),
        cases=rows,
        left={row.id: hours_left(row.due_at, now) for row in rows},
        open_state=CaseState.OPEN,
        kinds=KINDS,
        states=STATES,
        purposes=[(purpose, PURPOSES[purpose], WORDINGS[purpose]) for purpose in Purpose],
        answers=in_force(answers),
        history=answers[::-1],
        purpose_names=PURPOSES,
    )


@blueprint.post("/akun/data/salin")
def copy() -> ResponseReturnValue:
    """Have a copy made."""
    try:
        copying.ask_for_copy(present_person(), at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("privacy.own"))


@blueprint.get("/akun/data/salinan/<export_id>.zip")
def download(export_id: str) -> ResponseReturnValue:
    """A copy, for the person alone and until it expires."""
    row = cases.get_export(present_person().id, export_id, clock.now())
    try:
        content = storage.stream(row.storage_key)
    except FileNotFoundError as error:
        raise NotFound from error
    response = current_app.response_class(content, mimetype="application/zip")
    response.content_length = row.size
    name = {"filename": f"data-saya-{row.made_at:%Y-%m-%d}.zip"}
    response.headers["Content-Disposition"] = dump_options_header("attachment", name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.route("/akun/data/permintaan", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for what one cannot do oneself."""
    user = present_person()
    form = CaseForm(data={"kind": request.args.get("jenis", "")})
    if form.validate_on_submit():
        with form.catch():
            services.open_case(user, CaseKind(form.kind.data), text=form.text.data or "", at=clock.now())
            flash(_("Permintaan diterima. Jawaban paling lambat dalam 3 x 24 jam."), "success")
            return redirect(url_for("privacy.own"))
    page = render_template("privacy/ask.html", form=form, obstacles=list_obstacles(user, clock.now()))
    return page, form.status


@blueprint.post("/akun/data/permintaan/<case_id>/tarik")
def withdraw(case_id: str) -> ResponseReturnValue:
    """Take a request back."""
    services.withdraw_case(present_person(), case_id, at=clock.now())
    flash(_("Permintaan ditarik."), "success")
    return redirect(url_for("privacy.own"))


@blueprint.post("/akun/data/persetujuan/<any(photos, mailings, partners, showcase):purpose>")
def answer(purpose: str) -> ResponseReturnValue:
    """Agree to one purpose, or take that back."""
    given = request.form.get("setuju") == "ya"
    consents.answer_purpose(present_person(), Purpose(purpose), given=given, at=clock.now())
    flash(_("Persetujuan dicatat.") if given else _("Persetujuan ditarik dan tidak berlaku lagi."), "success")
    return redirect(url_for("privacy.own") + "#persetujuan")


@blueprint.get("/akun/data/dilihat")
def seen() -> ResponseReturnValue:
    """Who saw one's data, by role."""
    return render_template("privacy/seen.html", rows=list_seen(present_person().id, _SHOWN))

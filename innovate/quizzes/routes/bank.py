"""The bank of questions: written, brought from a sheet, copied from another activity."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.core.errors import DomainError, NotFound, require
from innovate.learning.policy import Guest
from innovate.quizzes import policy
from innovate.quizzes.domain.kinds import QuestionKind
from innovate.quizzes.domain.sheet import MOST_ROWS, Plan
from innovate.quizzes.exports.sample import sample_workbook
from innovate.quizzes.forms import PressForm, SheetForm, question_form
from innovate.quizzes.guard import enter_room
from innovate.quizzes.models import BankQuestion
from innovate.quizzes.queries.bank import get_question, list_bank, list_sources
from innovate.quizzes.routes.mount import blueprint
from innovate.quizzes.services import bank as services
from innovate.quizzes.services.importing import LARGEST_FILE, plan_sheet
from innovate.quizzes.words import KINDS, say_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 100  # faults


@blueprint.get("/kelola/tes/soal")
def bank(activity_id: str) -> ResponseReturnValue:
    """The questions of the activity, and those of the site."""
    guest = enter_room(activity_id)
    return render_template(
        "quizzes/lead/bank.html",
        activity=guest.activity,
        own=list_bank(guest.activity.id),
        site=list_bank(None),
        keeps_site=policy.can_keep_site_bank(guest.user),
        kinds=KINDS,
    )


@blueprint.route("/kelola/tes/soal/baru", methods=["GET", "POST"])
def add_question(activity_id: str) -> ResponseReturnValue:
    """Write a question."""
    return _write(enter_room(activity_id), None)


@blueprint.route("/kelola/tes/soal/<question_id>", methods=["GET", "POST"])
def edit_question(activity_id: str, question_id: str) -> ResponseReturnValue:
    """Change a question."""
    guest = enter_room(activity_id)
    return _write(guest, _get(guest, question_id))


def _get(guest: Guest, question_id: str) -> BankQuestion:
    question = get_question(question_id, guest.activity.id)
    keeps = question.activity_id is not None or policy.can_keep_site_bank(guest.user)
    require(keeps, NotFound())
    return question


def _for_site(guest: Guest) -> bool:
    wanted = request.values.get("bank") == "situs"
    require(not wanted or policy.can_keep_site_bank(guest.user), NotFound())
    return wanted


def _write(guest: Guest, question: BankQuestion | None) -> ResponseReturnValue:
    for_site = question.activity_id is None if question else _for_site(guest)
    form = question_form(question.version.content if question else None)
    if form.validate_on_submit() and form.check():
        with form.catch():
            if question is None:
                services.add_question(guest, form.read(), for_site=for_site, at=clock.now())
            else:
                services.update_question(guest, question.public_id, form.read(), at=clock.now())
            flash(_("Soal tersimpan."), "success")
            return redirect(url_for("quizzes.bank", activity_id=guest.activity.public_id))
    page = render_template(
        "quizzes/lead/question.html",
        activity=guest.activity,
        question=question,
        form=form,
        for_site=for_site,
        kinds=QuestionKind,
    )
    return page, form.status


@blueprint.post("/kelola/tes/soal/<question_id>/hapus")
def remove_question(activity_id: str, question_id: str) -> ResponseReturnValue:
    """Take a question out of the bank."""
    guest = enter_room(activity_id)
    _get(guest, question_id)
    try:
        services.remove_question(guest, question_id, at=clock.now())
        flash(_("Soal dikeluarkan dari bank. Hasil yang memakainya tetap ada."), "success")
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        flash(str(refusal.message), "error")
    return redirect(url_for("quizzes.bank", activity_id=activity_id))


@blueprint.route("/kelola/tes/soal/impor", methods=["GET", "POST"])
def upload(activity_id: str) -> ResponseReturnValue:
    """Bring questions from a sheet: all of them, or every cell that is wrong."""
    guest = enter_room(activity_id)
    for_site = _for_site(guest)
    form, plan = SheetForm(), Plan()
    if form.validate_on_submit():
        with form.catch():
            plan = plan_sheet(guest, form.file.data.read(LARGEST_FILE + 1), for_site=for_site)
            count = services.import_questions(guest, plan, for_site=for_site, at=clock.now())
            flash(ngettext("%(num)s soal disimpan.", "%(num)s soal disimpan.", count), "success")
            return redirect(url_for("quizzes.bank", activity_id=activity_id))
    page = render_template(
        "quizzes/lead/upload.html",
        activity=guest.activity,
        form=form,
        faults=[say_cell(fault) for fault in plan.faults[:_SHOWN]],
        total=len(plan.faults),
        for_site=for_site,
        size=LARGEST_FILE // (1024 * 1024),
        rows=MOST_ROWS,
    )
    return page, form.status


@blueprint.get("/kelola/tes/soal/contoh.xlsx")
def sample(activity_id: str) -> ResponseReturnValue:
    """A sheet with one question of each kind."""
    enter_room(activity_id)
    answer = Response(sample_workbook(), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="contoh-soal.xlsx"'
    return answer


@blueprint.route("/kelola/tes/soal/salin", methods=["GET", "POST"])
def copy(activity_id: str) -> ResponseReturnValue:
    """Copy questions of another activity the person runs."""
    guest = enter_room(activity_id)
    require(guest.user is not None, NotFound())
    source_id = request.values.get("dari", "")
    source = services.get_source(guest, source_id) if source_id else None
    form = PressForm()
    chosen = set(request.form.getlist("soal"))
    if source and form.validate_on_submit():
        with form.catch():
            count = services.copy_questions(guest, source_id, chosen, at=clock.now())
            flash(ngettext("%(num)s soal disalin.", "%(num)s soal disalin.", count), "success")
            return redirect(url_for("quizzes.bank", activity_id=activity_id))
    page = render_template(
        "quizzes/lead/copy.html",
        activity=guest.activity,
        form=form,
        sources=list_sources(guest.user, guest.activity),  # type: ignore[arg-type]
        source=source,
        rows=list_bank(source.id) if source else [],
        chosen=chosen,
        kinds=KINDS,
    )
    return page, form.status

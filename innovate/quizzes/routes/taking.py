"""Taking a test: its page, the sheet (an ordinary form that also saves itself), and what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import DomainError
from innovate.core.numbers import read_number
from innovate.core.web.access import wants_json
from innovate.core.web.kept_forms import take_kept
from innovate.core.web.localisation import show_time
from innovate.learning.guard import enter_activity
from innovate.quizzes import policy
from innovate.quizzes.domain.drawing import order_options
from innovate.quizzes.domain.scoring import read_answer, score
from innovate.quizzes.forms import PressForm
from innovate.quizzes.guard import enter_test
from innovate.quizzes.models import Quiz, QuizSheet
from innovate.quizzes.queries.own import list_own_places
from innovate.quizzes.queries.sheets import find_place, load_sheet
from innovate.quizzes.routes.mount import blueprint, takes_tests
from innovate.quizzes.services import taking
from innovate.quizzes.words import CLASSES, MOMENTS, NO_GAIN, STAGES


@blueprint.get("/tes")
def index(activity_id: str) -> ResponseReturnValue:
    """The tests of an activity, and what the person gained."""
    guest = enter_activity(activity_id)
    places = list_own_places(guest.activity.id, guest.user_id, clock.now())
    return render_template(
        "quizzes/index.html",
        activity=guest.activity,
        places=places,
        takes=takes_tests(guest, places),
        moments=MOMENTS,
        stages=STAGES,
        classes=CLASSES,
        no_gain=NO_GAIN,
        may_make=policy.can_make(guest),
        may_read=policy.can_read(guest),
    )


@blueprint.get("/tes/<quiz_id>")
def show(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """What awaits the person, or what came out."""
    guest, place, test = enter_test(activity_id, quiz_id, clock.now())
    sheet = load_sheet(test.counting) if test.counting and test.is_explained else test.counting
    return render_template(
        "quizzes/show.html",
        activity=guest.activity,
        place=place,
        test=test,
        sheet=sheet,
        rows=_rows(test.quiz, sheet) if sheet and test.is_explained else (),
        enrolled=find_place(guest.activity.id, guest.user_id) is not None,
        is_held=policy.is_held(guest),
        score=score,
        moments=MOMENTS,
        stages=STAGES,
        classes=CLASSES,
        no_gain=NO_GAIN,
    )


@blueprint.post("/tes/<quiz_id>/mulai")
def start(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """Begin, or go on with what was begun."""
    guest, _place, _test = enter_test(activity_id, quiz_id, clock.now())
    try:
        taking.start_sheet(guest, quiz_id, at=clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        flash(str(refusal.message), "error")
        return redirect(url_for("quizzes.show", activity_id=activity_id, quiz_id=quiz_id))
    return redirect(url_for("quizzes.sheet", activity_id=activity_id, quiz_id=quiz_id))


@blueprint.route("/tes/<quiz_id>/lembar", methods=["GET", "POST"])
def sheet(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """The questions. Without a script its buttons save; with one every answer saves itself."""
    at = clock.now()
    guest, _place, test = enter_test(activity_id, quiz_id, at)
    back = redirect(url_for("quizzes.show", activity_id=activity_id, quiz_id=quiz_id))
    named = request.form.get("lembar", "")
    chosen = next((each for each in test.sheets if each.public_id == named), None) or test.running
    if request.method in {"GET", "HEAD"}:
        return _page(guest.activity, test.quiz, load_sheet(test.running)) if test.running else back
    if chosen is None:
        flash(_("Tidak ada lembar yang sedang dikerjakan."), "error")
        return back
    given = _given(load_sheet(chosen)) if named == chosen.public_id else {}
    version = read_number(request.form.get("version", "")[:9])
    if wants_json():
        saved = taking.save_answers(guest, chosen, given, version=version, at=at)
        if saved.sheet.is_over(at):
            return jsonify(saved_at=show_time(at).split(" ")[0], version=saved.sheet.version, over=True)
        return jsonify(
            saved_at=show_time(saved.sheet.saved_at, guest.activity.zone).split(" ")[0],
            version=saved.sheet.version,
            answered=saved.sheet.answered,
        )
    is_last = request.form.get("langkah") == "kumpulkan"
    was_over = chosen.is_over(at)
    saved = (taking.hand_in if is_last else taking.save_answers)(guest, chosen, given, seen=version, at=at)
    if was_over:
        _say_over(guest.activity.zone, saved)
        return back
    if is_last:
        flash(_("Jawaban Anda sudah dikumpulkan."), "success")
        return back
    flash(_("Tersimpan."), "success")
    return redirect(url_for("quizzes.sheet", activity_id=activity_id, quiz_id=quiz_id))


def _say_over(zone: str, saved: taking.Saved) -> None:
    ended = saved.sheet.handed_at or saved.sheet.due_at
    when = show_time(ended, zone)
    if saved.late:
        text = _(
            "Tes Anda berakhir pukul %(time)s. Jawaban yang tiba sesudahnya disimpan, tetapi tidak dinilai. "
            "Yang tersimpan sebelum itu tetap dinilai.",
            time=when,
        )
    else:
        text = _("Tes Anda berakhir pukul %(time)s. Jawaban yang tersimpan sebelum itu dinilai.", time=when)
    flash(text, "error")


def _given(sheet: QuizSheet) -> dict[int, list[str]]:
    """What was sent for every question of the sheet; boxes that are not ticked send nothing."""
    return {answer.position: request.form.getlist(f"soal-{answer.position}") for answer in sheet.answers}


def _page(activity: Any, quiz: Quiz, sheet: QuizSheet) -> ResponseReturnValue:
    kept = take_kept(PressForm.__name__)
    return render_template(
        "quizzes/sheet.html",
        activity=activity,
        quiz=quiz,
        sheet=sheet,
        form=PressForm(formdata=None),
        rows=_rows(quiz, sheet, kept.values if kept else None),
        moments=MOMENTS,
    )


def _rows(quiz: Quiz, sheet: QuizSheet, typed: Any = None) -> Sequence[Mapping[str, Any]]:
    """Every question as it was drawn for this person, with what was answered."""
    rows = []
    for answer in sheet.answers:
        content = answer.version.content
        given = answer.given
        if typed is not None:
            given = read_answer(content, typed.getlist(f"soal-{answer.position}"))
        order = order_options(sheet.seed, answer.position, content, shuffled=quiz.shuffles)
        rows.append(
            {
                "position": answer.position,
                "content": content,
                "given": given or [],
                "late": answer.late,
                "options": [(index, content.options[index]) for index in order],
            }
        )
    return rows

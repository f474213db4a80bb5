"""The makers' rooms: tests of an activity, when they are held, what they ask."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import DomainError, Refused
from innovate.learning.policy import Guest
from innovate.quizzes.domain.drawing import Draw
from innovate.quizzes.domain.plan import MOST_DRAWN
from innovate.quizzes.forms import PressForm, read_draws, settings_form
from innovate.quizzes.guard import enter_quiz, enter_room
from innovate.quizzes.models import Quiz
from innovate.quizzes.queries.bank import list_usable
from innovate.quizzes.queries.quizzes import has_sheets, list_quizzes
from innovate.quizzes.routes.mount import blueprint
from innovate.quizzes.services import setup
from innovate.quizzes.words import KINDS, MOMENTS, STAGES

_ROWS = 3  # for draws, at least


@blueprint.get("/kelola/tes")
def room(activity_id: str) -> ResponseReturnValue:
    """Every test of the activity."""
    guest = enter_room(activity_id)
    rows = [(row, row.quiz.stage(clock.now())) for row in list_quizzes(guest.activity.id)]
    return render_template(
        "quizzes/lead/index.html", activity=guest.activity, rows=rows, moments=MOMENTS, stages=STAGES
    )


@blueprint.route("/kelola/tes/baru", methods=["GET", "POST"])
def new(activity_id: str) -> ResponseReturnValue:
    """Set a test up."""
    return _setup(enter_room(activity_id), None)


@blueprint.route("/kelola/tes/<quiz_id>/atur", methods=["GET", "POST"])
def edit(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """Change when and how it is held."""
    return _setup(*enter_quiz(activity_id, quiz_id))


def _setup(guest: Guest, quiz: Quiz | None) -> ResponseReturnValue:
    form = settings_form(guest.activity, quiz)
    place: dict[str, Any] = {"activity_id": guest.activity.public_id}
    if form.validate_on_submit():
        with form.catch():
            if quiz is None:
                saved = setup.create_quiz(guest, form.plan(), at=clock.now())
                flash(_("Draf tersimpan. Pilih soalnya."), "success")
                return redirect(url_for("quizzes.choose", quiz_id=saved.public_id, **place))
            setup.update_quiz(guest, quiz.public_id, form.plan(), at=clock.now())
            flash(_("Pengaturan tersimpan."), "success")
            return redirect(url_for("quizzes.room", **place))
    page = render_template(
        "quizzes/lead/setup.html",
        activity=guest.activity,
        quiz=quiz,
        form=form,
        begun=quiz is not None and has_sheets(quiz.id),
        moments=MOMENTS,
    )
    return page, form.status


@blueprint.route("/kelola/tes/<quiz_id>/soal", methods=["GET", "POST"])
def choose(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """What it asks: questions for everybody, and draws by tag."""
    guest, quiz = enter_quiz(activity_id, quiz_id)
    form = PressForm()
    chosen = {item.question.public_id for item in quiz.items}
    draws: list[tuple[str, int | None]] = [(draw.tag, draw.count) for draw in quiz.drawn]
    if form.validate_on_submit():
        chosen = set(request.form.getlist("soal"))
        draws = read_draws(request.form.getlist("label"), request.form.getlist("jumlah"))
        with form.catch():
            _save(guest, quiz, draws)
            flash(_("Soal tersimpan."), "success")
            return redirect(url_for("quizzes.room", activity_id=activity_id))
    usable = list_usable(guest.activity.id)
    tags = Counter(tag for question in usable for tag in question.version.tags)
    page = render_template(
        "quizzes/lead/choose.html",
        activity=guest.activity,
        quiz=quiz,
        form=form,
        questions=usable,
        chosen=chosen,
        draws=[*draws, *[("", None)] * max(1, _ROWS - len(draws))],
        tags=sorted(tags.items()),
        begun=has_sheets(quiz.id),
        most=MOST_DRAWN,
        kinds=KINDS,
        moments=MOMENTS,
    )
    return page, form.status


def _save(guest: Guest, quiz: Quiz, draws: list[tuple[str, int | None]]) -> None:
    wrong = [tag for tag, count in draws if count is None]
    if wrong:
        raise Refused(
            _("Jumlah undian untuk “%(tag)s” harus dari 1 sampai %(n)s.", tag=wrong[0], n=MOST_DRAWN)
        )
    asked = [Draw(tag, count) for tag, count in draws if count is not None]
    setup.set_questions(guest, quiz.public_id, request.form.getlist("soal"), asked, at=clock.now())


@blueprint.get("/kelola/tes/<quiz_id>/pratinjau")
def preview(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """The questions everybody gets, with their keys."""
    guest, quiz = enter_quiz(activity_id, quiz_id)
    return render_template(
        "quizzes/lead/preview.html",
        activity=guest.activity,
        quiz=quiz,
        contents=[item.question.version.content for item in quiz.items],
        moments=MOMENTS,
        kinds=KINDS,
    )


@blueprint.post("/kelola/tes/<quiz_id>/terbitkan")
def publish(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """Let those enrolled take it in its time."""
    guest, _quiz = enter_quiz(activity_id, quiz_id)
    return _press(activity_id, lambda: setup.publish_quiz(guest, quiz_id, at=clock.now()), _("Tes terbit."))


@blueprint.post("/kelola/tes/<quiz_id>/tarik")
def withdraw(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """Make it a draft again."""
    guest, _quiz = enter_quiz(activity_id, quiz_id)
    done = _("Tes menjadi draf lagi.")
    return _press(activity_id, lambda: setup.withdraw_quiz(guest, quiz_id, at=clock.now()), done)


@blueprint.post("/kelola/tes/<quiz_id>/hapus")
def remove(activity_id: str, quiz_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    guest, _quiz = enter_quiz(activity_id, quiz_id)
    done = _("Draf dihapus. Soalnya tetap ada di bank soal.")
    return _press(activity_id, lambda: setup.remove_quiz(guest, quiz_id, at=clock.now()), done)


def _press(activity_id: str, act: Any, done: str) -> ResponseReturnValue:
    try:
        act()
        flash(done, "success")
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        flash(str(refusal.message), "error")
    return redirect(url_for("quizzes.room", activity_id=activity_id))

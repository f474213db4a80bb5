"""What a survey asks: its sections and questions, put in order by buttons, and how it looks."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused
from innovate.surveys.domain.answers import read
from innovate.surveys.forms import question_form, section_form
from innovate.surveys.guard import Desk, enter_survey
from innovate.surveys.models import Survey
from innovate.surveys.queries.surveys import get_survey
from innovate.surveys.routes.mount import locale, room
from innovate.surveys.services import building
from innovate.surveys.words import PARTS, QUESTIONS

STEPS = {"naik": -1, "turun": 1}


def _page(desk: Desk, survey: Survey, template: str, **values: Any) -> str:
    fresh = get_survey(desk.maker.event_id, survey.public_id)  # what a refused attempt let go of
    return render_template(
        template,
        desk=desk,
        event=desk.maker.event,
        survey=fresh,
        whole=fresh.version.whole,
        locale=locale(),
        questions=QUESTIONS,
        parts=PARTS,
        **values,
    )


@room("/<survey_id>/susun", ("GET", "POST"))
def build(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Every section with its questions; adding a section."""
    desk, survey = enter_survey(slug, survey_id, writes=True)
    form = section_form(None)
    if form.validate_on_submit():
        with form.catch():
            building.put_section(desk.maker, survey, form.section(None), at=clock.now())
            return redirect(desk.url("build", survey_id=survey_id))
    return _page(desk, survey, "surveys/build.html", form=form), form.status


@room("/<survey_id>/bagian/<section_key>", ("GET", "POST"))
def section(survey_id: str, section_key: str, slug: str | None = None) -> ResponseReturnValue:
    """Other words for a section."""
    desk, survey = enter_survey(slug, survey_id, writes=True)
    former = survey.version.whole.section(section_key)
    if former is None:
        raise NotFound
    form = section_form(former)
    if form.validate_on_submit():
        with form.catch():
            building.put_section(desk.maker, survey, form.section(former), at=clock.now())
            return redirect(desk.url("build", survey_id=survey_id) + f"#{section_key}")
    return _page(desk, survey, "surveys/section.html", form=form, section=former), form.status


@room("/<survey_id>/bagian/<section_key>/<any(naik, turun, hapus):move>", ("POST",))
def move_section(survey_id: str, section_key: str, move: str, slug: str | None = None) -> ResponseReturnValue:
    """Up, down, or out."""
    desk, survey = enter_survey(slug, survey_id)
    try:
        if move == "hapus":
            building.remove_section(desk.maker, survey, section_key, at=clock.now())
        else:
            building.move_section(desk.maker, survey, section_key, STEPS[move], at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(desk.url("build", survey_id=survey_id) + f"#{section_key}")


@room("/<survey_id>/bagian/<section_key>/pertanyaan", ("GET", "POST"))
def add_question(survey_id: str, section_key: str, slug: str | None = None) -> ResponseReturnValue:
    """A new question at the end of a section."""
    desk, survey = enter_survey(slug, survey_id, writes=True)
    whole = survey.version.whole
    part = whole.section(section_key)
    if part is None:
        raise NotFound
    form = question_form(whole, None, locale())
    if form.validate_on_submit():
        with form.catch():
            building.put_question(desk.maker, survey, section_key, form.question(None), at=clock.now())
            flash(_("Pertanyaan ditambahkan."), "success")
            return redirect(desk.url("build", survey_id=survey_id) + f"#{section_key}")
    return _page(desk, survey, "surveys/question.html", form=form, question=None, section=part), form.status


@room("/<survey_id>/pertanyaan/<question_key>", ("GET", "POST"))
def question(survey_id: str, question_key: str, slug: str | None = None) -> ResponseReturnValue:
    """Change a question."""
    desk, survey = enter_survey(slug, survey_id, writes=True)
    whole = survey.version.whole
    former = whole.find(question_key)
    if former is None:
        raise NotFound
    part = next(each for each in whole.sections if former in each.questions)
    form = question_form(whole, former, locale())
    if form.validate_on_submit():
        with form.catch():
            building.put_question(desk.maker, survey, part.key, form.question(former), at=clock.now())
            flash(_("Pertanyaan disimpan."), "success")
            return redirect(desk.url("build", survey_id=survey_id) + f"#{part.key}")
    return _page(desk, survey, "surveys/question.html", form=form, question=former, section=part), form.status


@room("/<survey_id>/pertanyaan/<question_key>/<any(naik, turun, hapus):move>", ("POST",))
def move_question(
    survey_id: str, question_key: str, move: str, slug: str | None = None
) -> ResponseReturnValue:
    """Up, down, or out."""
    desk, survey = enter_survey(slug, survey_id)
    if survey.version.whole.find(question_key) is None:
        raise NotFound
    try:
        if move == "hapus":
            building.remove_question(desk.maker, survey, question_key, at=clock.now())
        else:
            building.move_question(desk.maker, survey, question_key, STEPS[move], at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(desk.url("build", survey_id=survey_id) + f"#{question_key}")


@room("/<survey_id>/pratinjau")
def preview(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Every page as those who answer see it; nothing can be sent from here."""
    desk, survey = enter_survey(slug, survey_id)
    reading = read(survey.version.whole, {})
    return _page(desk, survey, "surveys/preview.html", reading=reading, typed={}, faults={}, words={})

"""What came back."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.surveys.domain.comparing import Comparison
from innovate.surveys.domain.skm import half_up
from innovate.surveys.domain.timing import may_show_results
from innovate.surveys.exports import as_csv, as_xlsx
from innovate.surveys.guard import Desk, enter_survey
from innovate.surveys.models import Survey
from innovate.surveys.queries.results import (
    PART,
    UNIT,
    compare,
    find_before,
    load_cross,
    load_outcome,
)
from innovate.surveys.queries.surveys import get_rate
from innovate.surveys.routes.mount import locale, room
from innovate.surveys.words import ELEMENTS, GRADES, LIMITS, PARTS, STAGES

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _enter(slug: str | None, survey_id: str) -> tuple[Desk, Survey]:
    desk, survey = enter_survey(slug, survey_id)
    shown = may_show_results(survey.stage(clock.now()), anonymous=survey.anonymous)
    require(shown, NotFound())
    return desk, survey


@room("/<survey_id>/hasil")
def results(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Every question as a picture with its table, by groups, and against what was said before."""
    desk, survey = _enter(slug, survey_id)
    outcome = load_outcome(survey)
    by = request.args.get("menurut", "")
    if not by and not survey.anonymous:
        by = UNIT
    before = find_before(survey)
    if before and not may_show_results(before.stage(clock.now()), anonymous=before.anonymous):
        before = None  # watching it grow would tell who said what
    compared = compare(before, survey) if before and not outcome.hidden else []
    if not survey.anonymous:
        witness("survey_answers", event_id=survey.event_id)
    return render_template(
        "surveys/results.html",
        desk=desk,
        event=desk.maker.event,
        survey=survey,
        stage=survey.stage(clock.now()),
        stages=STAGES,
        outcome=outcome,
        rate=get_rate(survey),
        by=by,
        unit=UNIT,
        part=PART,
        table=load_cross(survey, by) if by and not outcome.hidden else None,
        before=before,
        compared=compared,
        limits=_limits([each for _question, each in compared]),
        half_up=half_up,
        elements=ELEMENTS,
        grades=GRADES,
        limit_words=LIMITS,
        parts=PARTS,
        locale=locale(),
    )


def _limits(compared: list[Comparison]) -> list[str]:
    """What cannot be claimed of any of them, each once."""
    return list(dict.fromkeys(code for each in compared for code in each.limits))


@room("/<survey_id>/hasil.<any(csv, xlsx):kind>")
def export(survey_id: str, kind: str, slug: str | None = None) -> ResponseReturnValue:
    """The same as a file."""
    _desk, survey = _enter(slug, survey_id)
    outcome = load_outcome(survey)
    make = as_csv if kind == "csv" else as_xlsx
    if not survey.anonymous:
        witness("survey_answers", event_id=survey.event_id)
    answer = Response(make(survey, outcome, locale()), content_type=TYPES[kind])
    name = f"survei-{survey.public_id}.{kind}"
    answer.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

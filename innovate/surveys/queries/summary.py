"""What leaders read of surveys: the index of each SKM, and the means of training surveys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.suppression import MINIMUM
from innovate.surveys.domain import skm
from innovate.surveys.domain.kinds import KIRKPATRICK, QuestionKind, SurveyKind, SurveyState
from innovate.surveys.models import Survey, SurveyResponse, SurveyVersion

ZONE = ZoneInfo("Asia/Pontianak")


@dataclass(frozen=True)
class SkmRow:
    """The index of one SKM that is over; `grade` from A to D, `n` answers."""

    survey: Survey
    value: Decimal
    grade: str
    n: int


@dataclass(frozen=True)
class MeanRow:
    """The mean of all scales of a training survey, from 1 to 5, and how many answered one."""

    survey: Survey
    mean: Fraction
    n: int


def list_skm(year: int) -> list[SkmRow]:
    """Every SKM that closed in a year (of Pontianak), with at least five answers to each unsur. Three statements."""
    found = []
    for survey, questions, rows in _load(year, (SurveyKind.SKM,)):
        elements = {key: str(each["element"]) for key, each in questions.items() if each.get("element")}
        index = skm.compute(
            {elements[key]: value for key, value in row.items() if key in elements} for row in rows
        )
        if index is not None and index.least >= MINIMUM:
            found.append(SkmRow(survey, index.value, index.grade, index.n))
    return found


def list_means(year: int) -> list[MeanRow]:
    """Kirkpatrick 1, 3 and 4 that closed in a year, with at least five answers. Scales to 4 are stretched to 5."""
    found = []
    for survey, questions, rows in _load(year, KIRKPATRICK):
        tops = {
            key: int(each.get("top", 5))
            for key, each in questions.items()
            if each["kind"] == QuestionKind.SCALE
        }
        values = [
            1 + Fraction(4 * (row[key] - 1), tops[key] - 1) for row in rows for key in tops if key in row
        ]
        n = sum(1 for row in rows if any(key in row for key in tops))
        if n >= MINIMUM:
            found.append(MeanRow(survey, sum(values, Fraction()) / len(values), n))
    return found


def _load(
    year: int, kinds: Sequence[SurveyKind]
) -> list[tuple[Survey, dict[str, dict[str, Any]], list[dict[str, Any]]]]:
    begins, ends = (datetime(n, 1, 1, tzinfo=ZONE).astimezone(UTC) for n in (year, year + 1))
    query = select(Survey).where(
        Survey.kind.in_(kinds),
        Survey.state == SurveyState.CLOSED,
        Survey.removed_at.is_(None),
        Survey.closed_at >= begins,
        Survey.closed_at < ends,
    )
    query = query.options(joinedload(Survey.event), joinedload(Survey.activity))
    surveys = list(db.session.scalars(query.order_by(Survey.closed_at, Survey.id)))
    keys = [survey.id for survey in surveys]
    questions: dict[int, dict[str, dict[str, Any]]] = {key: {} for key in keys}
    versions = select(SurveyVersion.survey_id, SurveyVersion.content).where(SurveyVersion.survey_id.in_(keys))
    for key, content in db.session.execute(versions.order_by(SurveyVersion.number)):
        for section in content["sections"]:
            questions[key] |= {each["key"]: each for each in section["questions"]}
    rows: dict[int, list[dict[str, Any]]] = {key: [] for key in keys}
    answers = select(SurveyResponse.survey_id, SurveyResponse.answers)
    for key, given in db.session.execute(answers.where(SurveyResponse.survey_id.in_(keys))):
        rows[key].append(given)
    return [(survey, questions[survey.id], rows[survey.id]) for survey in surveys]

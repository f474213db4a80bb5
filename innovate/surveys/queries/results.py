"""What came back: every question counted, a question by groups, the index of an SKM, before and after."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.suppression import MINIMUM
from innovate.surveys.domain import skm
from innovate.surveys.domain.comparing import ENOUGH, Comparison, compare_groups, compare_paired
from innovate.surveys.domain.kinds import MEASURED, Occasion, QuestionKind, SurveyKind
from innovate.surveys.domain.questionnaire import Question, Text
from innovate.surveys.models import Invitation, Survey, SurveyResponse
from innovate.surveys.queries.surveys import get_rate, list_versions
from innovate.surveys.queries.tally import Cell, Tally, cross, tally

UNIT, PART = "unit", "peran"
REST = ""  # the group of those who belong to none


@dataclass(frozen=True)
class Outcome:
    """All of a survey's results. `tallies` in the order of the newest version, questions of older ones at the end."""

    n: int
    hidden: bool  # an anonymous survey with too few answers
    tallies: Sequence[Tally]
    groupings: Sequence[Question]
    index: skm.Index | None


def list_responses(survey: Survey) -> list[SurveyResponse]:
    """Every answer with unit and, where it is known, who gave it."""
    query = select(SurveyResponse).where(SurveyResponse.survey_id == survey.id)
    query = query.options(
        joinedload(SurveyResponse.unit),
        joinedload(SurveyResponse.invitation).joinedload(Invitation.named_by),
    )
    order = SurveyResponse.slip if survey.anonymous else SurveyResponse.id  # by chance, not by time
    return list(db.session.scalars(query.order_by(order)))


def list_questions(survey: Survey) -> list[Question]:
    """The questions of every version, each once, as the newest version puts it, with the options it had before."""
    found: dict[str, Question] = {}
    for version in reversed(list_versions(survey.id)):
        for each in version.whole.questions():
            known = found.setdefault(each.key, each)
            keys = {option.key for option in known.options}
            former = tuple(option for option in each.options if option.key not in keys)
            if former:
                found[each.key] = replace(known, options=(*known.options, *former))
    return list(found.values())


def load_outcome(survey: Survey) -> Outcome:
    """Everything that may be shown of a survey."""
    rows = [each.answers for each in list_responses(survey)]
    questions = list_questions(survey)
    hidden = survey.anonymous and len(rows) < MINIMUM
    tallies = [] if hidden else [tally(each, rows, anonymous=survey.anonymous) for each in questions]
    return Outcome(
        n=len(rows),
        hidden=hidden,
        tallies=tallies,
        groupings=[each for each in questions if each.kind is QuestionKind.SINGLE],
        index=None if hidden else index_of(survey, questions, rows),
    )


def index_of(
    survey: Survey, questions: Sequence[Question], rows: Sequence[Mapping[str, Any]]
) -> skm.Index | None:
    """The index of an SKM; None for other surveys, or while an unsur has no answer.

    An anonymous one needs five answers to each unsur: eight means and the index would tell the ninth.
    """
    if survey.kind is not SurveyKind.SKM:
        return None
    elements = {each.key: each.element for each in questions if each.element}
    index = skm.compute(
        {elements[key]: value for key, value in row.items() if key in elements} for row in rows
    )
    return None if index and survey.anonymous and index.least < MINIMUM else index


@dataclass(frozen=True)
class CrossTable:
    """Measured questions in columns, groups in rows. Cells are those of `tally.cross`."""

    questions: Sequence[Question]
    groups: Sequence[tuple[Hashable, Any]]  # value and words; the words of who said nothing of it are None
    cells: Mapping[tuple[Hashable, str], Cell]


def load_cross(survey: Survey, by: str) -> CrossTable | None:
    """Means by unit, by part, or by the answers to a question of one choice in their order; None if nothing divides.

    Who belongs to no group is one too: else the total and the groups would tell what so few of them said.
    """
    responses = list_responses(survey)
    questions = list_questions(survey)
    measured = [each for each in questions if each.kind in MEASURED]
    divide = next((each for each in questions if each.key == by and each.kind is QuestionKind.SINGLE), None)
    groups: dict[Hashable, Any] = {}
    placed: list[tuple[Hashable, Mapping[str, Any]]] = []
    for row in responses:
        value, words = _group_of(row, by, divide) or (REST, None)
        groups.setdefault(value, words)
        placed.append((value, row.answers))
    if not measured or not set(groups) - {REST}:
        return None
    cells = {(cell.group, question.key): cell for question in measured for cell in cross(question, placed)}
    values = divide.values if divide else ()
    places: dict[Hashable, int] = {value: n for n, (value, _words) in enumerate(values)}
    order = sorted(
        groups.items(), key=lambda each: (each[0] == REST, places.get(each[0], len(places)), str(each[0]))
    )
    return CrossTable(measured, order, cells)


def _group_of(row: SurveyResponse, by: str, divide: Question | None) -> tuple[Hashable, Any] | None:
    if by == UNIT:
        return (row.unit.code, Text(row.unit.label)) if row.unit else None
    if by == PART:
        return (row.part, row.part) if row.part else None
    if divide is None or divide.key not in row.answers:
        return None
    value = row.answers[divide.key]
    return value, dict(divide.values).get(value, Text(str(value)))


# -- before and after ---------------------------------------------------------------------------------------------


def find_before(survey: Survey) -> Survey | None:
    """The survey that asked the same before what this one asks after, and was sent."""
    if survey.occasion is not Occasion.AFTER or survey.activity_id is None:
        return None
    query = select(Survey).where(
        Survey.sent_at.is_not(None),
        Survey.activity_id == survey.activity_id,
        Survey.occasion == Occasion.BEFORE,
        Survey.kind == survey.kind,
        Survey.removed_at.is_(None),
    )
    return db.session.scalar(query.options(joinedload(Survey.event)).order_by(Survey.id.desc()).limit(1))


def compare(before: Survey, after: Survey) -> list[tuple[Question, Comparison]]:
    """Each measured question that both ask: by person where both are named, else the two groups.

    Nothing is said of less than five people on a side.
    """
    shares = [rate.share for rate in (get_rate(before), get_rate(after))]
    known = [share for share in shares if share is not None]
    rate = min(known) if len(known) == len(shares) else None
    first, second = list_responses(before), list_responses(after)
    asked = {each.key for each in list_questions(before)}
    found = []
    for question in list_questions(after):
        if question.kind not in {QuestionKind.SCALE, QuestionKind.SKILL} or question.key not in asked:
            continue
        made = _compare_one(
            question.key, first, second, paired=not (before.anonymous or after.anonymous), rate=rate
        )
        if made and min(made.n_before, made.n_after) >= ENOUGH:
            found.append((question, made))
    return found


def _compare_one(
    key: str,
    before: Sequence[SurveyResponse],
    after: Sequence[SurveyResponse],
    *,
    paired: bool,
    rate: float | None,
) -> Comparison | None:
    if paired:
        sides: list[dict[Hashable, float]] = [
            {
                row.invitation.user_id or row.invitation.email: float(row.answers[key])
                for row in rows
                if row.invitation and key in row.answers
            }
            for rows in (before, after)
        ]
        return compare_paired(sides[0], sides[1], rate=rate)
    values = [[float(row.answers[key]) for row in rows if key in row.answers] for rows in (before, after)]
    return compare_groups(values[0], values[1], rate=rate)

"""What tests told: of one person, of a group, of single questions. A person counts with their last finished attempt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.core.suppression import MINIMUM, suppress
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Enrolment
from innovate.quizzes.domain.gain import GainClass, NoGain, Pair, Summary, gain, summarise
from innovate.quizzes.domain.items import Mark, discrimination, mean_share
from innovate.quizzes.domain.kinds import GRACE, Moment, QuestionKind
from innovate.quizzes.domain.scoring import share_right
from innovate.quizzes.models import QuestionVersion, Quiz, QuizAnswer, QuizSheet


@dataclass
class PersonRow:
    """One person before and after."""

    user_id: int
    name: str
    unit_id: int | None
    unit: str
    pair: Pair = field(default_factory=lambda: Pair(None, None))
    points: dict[Moment, tuple[Fraction, int]] = field(default_factory=dict)
    sheets: dict[Moment, int] = field(default_factory=dict)  # keys of the sheets that count

    @property
    def gain(self) -> Fraction | NoGain:
        """The person's gain, or why there is none."""
        return gain(*self.pair)


class UnitRow(NamedTuple):
    """A unit; `summary` None: hidden, because few took both tests."""

    name: str
    summary: Summary | None


class ItemRow(NamedTuple):
    """A question before and after: means of shares (a scale: of steps), sheets, discrimination after (or before)."""

    text: str
    kind: QuestionKind
    steps: int
    before: Fraction | None
    asked_before: int
    after: Fraction | None
    asked_after: int
    discrimination: float | None


def is_finished(at: datetime) -> ColumnElement[bool]:
    """Condition on a sheet: handed in, or out of time with something in it."""
    return or_(QuizSheet.handed_at.is_not(None), (QuizSheet.due_at < at - GRACE) & (QuizSheet.answered > 0))


def _same_place(session_id: int | None) -> ColumnElement[bool]:
    return Quiz.session_id.is_(None) if session_id is None else Quiz.session_id == session_id


def list_persons(activity_id: int, session_id: int | None, at: datetime) -> list[PersonRow]:
    """Everybody who finished one of the two tests of an activity (or of a session), by name. One statement."""
    query = (
        select(QuizSheet, Quiz.moment, User.name, Unit.id, Unit.name)
        .join(Quiz, Quiz.id == QuizSheet.quiz_id)
        .join(User, User.id == QuizSheet.user_id)
        .outerjoin(Unit, Unit.id == QuizSheet.unit_id)
        .where(
            Quiz.activity_id == activity_id,
            Quiz.removed_at.is_(None),
            _same_place(session_id),
            is_finished(at),
        )
        .order_by(QuizSheet.attempt)
    )
    rows: dict[int, PersonRow] = {}
    for sheet, moment, name, unit_id, unit in db.session.execute(query):
        row = rows.setdefault(sheet.user_id, PersonRow(sheet.user_id, name, unit_id, unit or ""))
        row.points[moment] = Fraction(sheet.num, sheet.den), sheet.most
        row.sheets[moment] = sheet.id
    for row in rows.values():
        row.pair = Pair(_share(row.points.get(Moment.PRE)), _share(row.points.get(Moment.POST)))
    return sorted(rows.values(), key=lambda row: (row.name.casefold(), row.user_id))


def _share(points: tuple[Fraction, int] | None) -> Fraction | None:
    return points[0] / points[1] if points and points[1] else None


def cover(summary: Summary, minimum: int = MINIMUM) -> Summary:
    """The same without what points at few: a mean gain of fewer than `minimum`, classes with few people in them (None,
    and one beside them). A group with fewer than `minimum` pairs is for the caller to hide.
    """
    if summary.counted < minimum:
        return replace(summary, counted=0, full=0, mean_gain=None, classes={})
    counts = {key: summary.classes.get(key) or 0 for key in GainClass}
    hidden = suppress(counts, minimum)
    return replace(summary, classes={key: None if key in hidden else n for key, n in counts.items()})


def list_unit_rows(persons: Sequence[PersonRow], minimum: int = MINIMUM) -> list[UnitRow]:
    """The units by name, those of few people (and one beside them) hidden."""
    groups: dict[tuple[str, int | None], list[Pair]] = defaultdict(list)
    for person in persons:
        groups[person.unit, person.unit_id].append(person.pair)
    found = {key: summarise(pairs) for key, pairs in groups.items()}
    hidden = suppress({key: summary.paired for key, summary in found.items()}, minimum)
    return [
        UnitRow(key[0], None if key in hidden or not summary.paired else cover(summary, minimum))
        for key, summary in sorted(found.items(), key=lambda each: each[0][0].casefold())
    ]


def list_finishers(quiz_id: int, at: datetime) -> list[int]:
    """Keys of those who finished an attempt."""
    query = select(QuizSheet.user_id).where(QuizSheet.quiz_id == quiz_id, is_finished(at))
    return list(db.session.scalars(query))


def count_enrolled(activity_id: int, persons: Sequence[PersonRow]) -> int:
    """How many have a place, or gave theirs back after a test they took."""
    query = select(Enrolment.user_id).where(
        Enrolment.activity_id == activity_id,
        Enrolment.withdrawn_at.is_(None),
        Enrolment.state == EnrolmentState.ENROLLED,
    )
    return len({*db.session.scalars(query), *(person.user_id for person in persons)})


def list_items(persons: Sequence[PersonRow], minimum: int = MINIMUM) -> list[ItemRow]:
    """The questions on the sheets that count; nothing is said of fewer than `minimum` sheets. One statement."""
    moments = {sheet: moment for person in persons for moment, sheet in person.sheets.items()}
    if not moments:
        return []
    query = (
        select(QuizAnswer.sheet_id, QuizAnswer.given, QuestionVersion, QuizSheet)
        .join(QuestionVersion, QuestionVersion.id == QuizAnswer.version_id)
        .join(QuizSheet, QuizSheet.id == QuizAnswer.sheet_id)
        .where(_among(moments))
        .order_by(QuestionVersion.question_id, QuestionVersion.number)
    )
    marks: dict[int, dict[Moment, list[Mark]]] = defaultdict(lambda: {Moment.PRE: [], Moment.POST: []})
    versions: dict[int, QuestionVersion] = {}
    for sheet_id, given, version, sheet in db.session.execute(query):
        versions[version.question_id] = version
        mark = _mark(version, given, sheet)
        if mark is not None:
            marks[version.question_id][moments[sheet_id]].append(mark)
    return [_item(version, marks[key], minimum) for key, version in versions.items()]


def _among(keys: Iterable[int]) -> ColumnElement[bool]:
    return QuizAnswer.sheet_id.in_(list(keys))


def _mark(version: QuestionVersion, given: list[Any] | None, sheet: QuizSheet) -> Mark | None:
    content = version.content
    if content.kind is QuestionKind.SCALE:
        return Mark(Fraction(given[0] + 1), None) if given else None
    share = share_right(content, given)
    others = sheet.most - content.most
    won = Fraction(sheet.num, sheet.den) - share * content.most
    return Mark(share, won / others if others else None)


def _item(version: QuestionVersion, marks: dict[Moment, list[Mark]], minimum: int) -> ItemRow:
    before, after = (
        marks[moment] if len(marks[moment]) >= minimum else [] for moment in (Moment.PRE, Moment.POST)
    )
    is_scale = version.kind is QuestionKind.SCALE
    return ItemRow(
        version.text,
        version.kind,
        len(version.options),
        mean_share(before),
        len(before),
        mean_share(after),
        len(after),
        None if is_scale else discrimination(after or before),
    )


def count_late(quiz_ids: Sequence[int]) -> int:
    """How many sheets hold answers that came too late."""
    query = (
        select(func.count(QuizAnswer.sheet_id.distinct()))
        .join(QuizSheet, QuizSheet.id == QuizAnswer.sheet_id)
        .where(QuizSheet.quiz_id.in_(quiz_ids), QuizAnswer.late_at.is_not(None))
    )
    return db.session.scalar(query) or 0

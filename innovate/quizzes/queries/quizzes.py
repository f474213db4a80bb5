"""Tests of an activity."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity
from innovate.quizzes.domain.kinds import Moment, QuizState
from innovate.quizzes.models import BankQuestion, QuestionVersion, Quiz, QuizItem, QuizSheet


class QuizRow(NamedTuple):
    """A test, how many questions everybody gets, and how many persons began it."""

    quiz: Quiz
    fixed: int
    persons: int


def _quizzes(activity_id: int) -> Select[tuple[Quiz]]:
    return (
        select(Quiz)
        .where(Quiz.activity_id == activity_id, Quiz.removed_at.is_(None))
        .options(joinedload(Quiz.session))
        .order_by(Quiz.session_id.is_not(None), Quiz.session_id, Quiz.moment.desc(), Quiz.id)
    )


def list_quizzes(activity_id: int) -> list[QuizRow]:
    """The tests of an activity: of the whole first, before above after. One statement."""
    fixed = (
        select(func.count())
        .select_from(QuizItem)
        .where(QuizItem.quiz_id == Quiz.id)
        .correlate(Quiz)
        .scalar_subquery()
    )
    persons = (
        select(func.count(QuizSheet.user_id.distinct()))
        .where(QuizSheet.quiz_id == Quiz.id)
        .correlate(Quiz)
        .scalar_subquery()
    )
    return [QuizRow(*row) for row in db.session.execute(_quizzes(activity_id).add_columns(fixed, persons))]


def list_published(activity_id: int) -> list[Quiz]:
    """The tests that people take, in the same order."""
    query = _quizzes(activity_id).where(Quiz.state == QuizState.PUBLISHED)
    return list(db.session.scalars(query))


def list_closing(since: datetime, until: datetime) -> list[Quiz]:
    """Open tests of activities that take place and that close in this span, with activity, event and session."""
    query = (
        select(Quiz)
        .join(Quiz.activity)
        .where(
            Quiz.removed_at.is_(None),
            Quiz.state == QuizState.PUBLISHED,
            Quiz.opens_at <= since,
            Quiz.closes_at > since,
            Quiz.closes_at <= until,
            Activity.state == ActivityState.PUBLISHED,
        )
        .options(contains_eager(Quiz.activity).joinedload(Activity.event), joinedload(Quiz.session))
    )
    return list(db.session.scalars(query.order_by(Quiz.id)))


def get_quiz(activity_id: int, public_id: str) -> Quiz:
    """A test of the activity with the questions everybody gets, or NotFound."""
    question = selectinload(Quiz.items).joinedload(QuizItem.question).joinedload(BankQuestion.version)
    quiz = db.session.scalar(_quizzes(activity_id).where(Quiz.public_id == public_id).options(question))
    if quiz is None:
        raise NotFound
    return quiz


def find_other(quiz: Quiz, moment: Moment) -> Quiz | None:
    """The test of the same activity and session at the other moment."""
    same = Quiz.session_id.is_(None) if quiz.session_id is None else Quiz.session_id == quiz.session_id
    query = _quizzes(quiz.activity_id).where(same, Quiz.moment == moment, Quiz.id != quiz.id)
    return db.session.scalar(query)


def has_sheets(quiz_id: int) -> bool:
    """Whether somebody began it."""
    return bool(db.session.scalar(select(exists().where(QuizSheet.quiz_id == quiz_id))))


def list_waiting_for(question: BankQuestion, at: datetime) -> list[Quiz]:
    """Published tests that are not closed and ask the question, or draw from the bank it lies in."""
    draws = (
        Quiz.activity_id == question.activity_id if question.activity_id is not None else Quiz.id.is_not(None)
    )
    asks = exists().where(QuizItem.quiz_id == Quiz.id, QuizItem.question_id == question.id)
    query = (
        select(Quiz)
        .where(
            Quiz.removed_at.is_(None),
            Quiz.state == QuizState.PUBLISHED,
            Quiz.closes_at > at,
            or_(asks, draws),
        )
        .options(selectinload(Quiz.items))
    )
    return list(db.session.scalars(query))


def name_quizzes(keys: Any) -> dict[str, str]:
    """Names in the trail: the activity of the test."""
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
    query = select(Quiz.id, Activity.title).join(Activity, Activity.id == Quiz.activity_id)
    return {str(number): title for number, title in db.session.execute(query.where(Quiz.id.in_(numbers)))}


TRAIL_NAMES = {
    "quiz": name_quizzes,
    "quiz_bank": names_by(Activity.id, Activity.title),
    "quiz_question": names_by(QuestionVersion.question_id, QuestionVersion.text),
}

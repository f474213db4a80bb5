"""Questions of an activity and of the site."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.queries import list_manageable
from innovate.learning.models import Activity
from innovate.quizzes import policy
from innovate.quizzes.models import BankQuestion, QuestionVersion, QuizAnswer


class BankRow(NamedTuple):
    """A question in its version in force, and on how many sheets it stands."""

    question: BankQuestion
    used: int


def _of(activity_id: int | None) -> ColumnElement[bool]:
    return (
        BankQuestion.activity_id.is_(None) if activity_id is None else BankQuestion.activity_id == activity_id
    )


def _questions(*conditions: ColumnElement[bool]) -> Select[tuple[BankQuestion]]:
    return (
        select(BankQuestion)
        .join(BankQuestion.version)
        .where(BankQuestion.removed_at.is_(None), *conditions)
        .options(contains_eager(BankQuestion.version))
        .order_by(BankQuestion.id)
    )


def list_bank(activity_id: int | None) -> list[BankRow]:
    """The questions of a bank, oldest first. One statement."""
    used = (
        select(func.count())
        .select_from(QuizAnswer)
        .join(QuestionVersion, QuestionVersion.id == QuizAnswer.version_id)
        .where(QuestionVersion.question_id == BankQuestion.id)
        .correlate(BankQuestion)
        .scalar_subquery()
    )
    query = _questions(_of(activity_id)).add_columns(used)
    return [BankRow(*row) for row in db.session.execute(query)]


def list_usable(activity_id: int) -> list[BankQuestion]:
    """What a test of the activity may ask: its own questions, then those of the site."""
    query = _questions(or_(BankQuestion.activity_id == activity_id, BankQuestion.activity_id.is_(None)))
    found = db.session.scalars(query)
    return sorted(found, key=lambda question: (question.activity_id is None, question.id))


def get_question(public_id: str, activity_id: int) -> BankQuestion:
    """A question of the activity's bank or the site's, or NotFound."""
    own = or_(BankQuestion.activity_id == activity_id, BankQuestion.activity_id.is_(None))
    question = db.session.scalar(_questions(BankQuestion.public_id == public_id, own))
    if question is None:
        raise NotFound
    return question


def load_versions(question_ids: Collection[int]) -> dict[int, QuestionVersion]:
    """The versions in force by question."""
    query = (
        select(QuestionVersion)
        .join(
            BankQuestion,
            (BankQuestion.id == QuestionVersion.question_id)
            & (BankQuestion.number == QuestionVersion.number),
        )
        .where(BankQuestion.id.in_(question_ids))
    )
    return {version.question_id: version for version in db.session.scalars(query)}


def is_answered(version: QuestionVersion) -> bool:
    """Whether the version stands on a sheet, so that it must stay as it is."""
    return bool(db.session.scalar(select(exists().where(QuizAnswer.version_id == version.id))))


def list_sources(user: User, activity: Activity) -> list[tuple[Activity, int]]:
    """Other activities the person runs that have questions, with how many; the newest first."""
    events = [event.id for event in list_manageable(user)]
    runs: ColumnElement[bool] = Activity.event_id.in_(events)
    if policy.can_keep_site_bank(user):
        runs = or_(runs, Activity.event_id.is_(None))
    query = (
        select(Activity, func.count(BankQuestion.id))
        .join(BankQuestion, BankQuestion.activity_id == Activity.id)
        .where(runs, Activity.id != activity.id, BankQuestion.removed_at.is_(None))
        .group_by(Activity.id)
        .order_by(Activity.id.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]

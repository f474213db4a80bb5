"""What one person filled in."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from innovate.core.db import db
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Enrolment
from innovate.learning.policy import Guest
from innovate.quizzes.models import QuizAnswer, QuizSheet


def find_place(activity_id: int, user_id: int) -> Enrolment | None:
    """The person's place in the activity; the waiting list is none."""
    query = select(Enrolment).where(
        Enrolment.activity_id == activity_id,
        Enrolment.user_id == user_id,
        Enrolment.withdrawn_at.is_(None),
        Enrolment.state == EnrolmentState.ENROLLED,
    )
    return db.session.scalar(query)


def find_own_place(guest: Guest) -> Enrolment | None:
    """The place of whoever looks; a visitor has none."""
    return find_place(guest.activity.id, guest.user_id) if guest.user else None


def list_own(quiz_ids: Collection[int], user_id: int) -> list[QuizSheet]:
    """The person's sheets of these tests, the first attempt first."""
    query = select(QuizSheet).where(QuizSheet.quiz_id.in_(quiz_ids), QuizSheet.user_id == user_id)
    return list(db.session.scalars(query.order_by(QuizSheet.quiz_id, QuizSheet.attempt)))


def _with_answers() -> Select[tuple[QuizSheet]]:
    return select(QuizSheet).options(selectinload(QuizSheet.answers).joinedload(QuizAnswer.version))


def load_sheet(sheet: QuizSheet) -> QuizSheet:
    """The same sheet with its questions and answers."""
    return db.session.scalars(
        _with_answers().where(QuizSheet.id == sheet.id).execution_options(populate_existing=True)
    ).one()

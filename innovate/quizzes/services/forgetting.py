"""What somebody wrote in their own words goes with them; points and choices stay, under a name that says nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from innovate.accounts.models import User
from innovate.accounts.services.erasure import before_erase
from innovate.core.db import db
from innovate.quizzes.domain.kinds import QuestionKind
from innovate.quizzes.models import QuestionVersion, QuizAnswer, QuizSheet


def connect() -> None:
    """Ask to be called before somebody is erased; twice changes nothing."""
    if empty_words not in before_erase:
        before_erase.append(empty_words)


def empty_words(person: User, _at: datetime) -> None:
    """Empty the short answers of the person's sheets; their scores were counted when they were saved."""
    sheets = select(QuizSheet.id).where(QuizSheet.user_id == person.id)
    short = select(QuestionVersion.id).where(QuestionVersion.kind == QuestionKind.SHORT)
    theirs = QuizAnswer.sheet_id.in_(sheets) & QuizAnswer.version_id.in_(short)
    for column in ("given", "late"):
        wrote = theirs & getattr(QuizAnswer, column).is_not(None)
        query = update(QuizAnswer).where(wrote).values({column: ["–"]})
        db.session.execute(query, execution_options={"synchronize_session": False})

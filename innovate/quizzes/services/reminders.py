"""A mail to everybody with a place who has not finished a test that closes within a day, once for each closing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from innovate.core.db import db
from innovate.events.domain.kinds import EventState
from innovate.learning.queries.enrolments import list_placed_users
from innovate.learning.services.trail import tell_once
from innovate.notifications.models import OutboxMail
from innovate.quizzes.models import Quiz
from innovate.quizzes.queries.quizzes import list_closing
from innovate.quizzes.queries.results import list_finishers

AHEAD = timedelta(hours=24)


def remind_tests(*, at: datetime) -> int:
    """Remind of every open test that closes within 24 hours; how many mails."""
    sent = 0
    for quiz in list_closing(at, at + AHEAD):
        event = quiz.activity.event
        if event is None or event.state is EventState.PUBLISHED:
            sent += _remind(quiz, at)
    return sent


def _remind(quiz: Quiz, at: datetime) -> int:
    cause = f"quiz:{quiz.id}:{quiz.closes_at.isoformat()}"
    spared = {*_find_told(cause), *list_finishers(quiz.id, at)}
    people = [user for user in list_placed_users(quiz.activity_id) if user.id not in spared]
    return tell_once(
        "quiz_reminder",
        quiz.activity,
        people,
        cause=cause,
        at=at,
        moment=quiz.moment.value,
        session=quiz.session.title if quiz.session else "",
        ends=quiz.closes_at.isoformat(),
        minutes=quiz.minutes,
        path=f"/pelatihan/{quiz.activity.public_id}/tes/{quiz.public_id}",
    )


def _find_told(cause: str) -> Collection[int]:
    """Who had this mail; asked at once, so that a run that finds nothing new is a query a test."""
    return set(db.session.scalars(select(OutboxMail.user_id).where(OutboxMail.cause == cause)))

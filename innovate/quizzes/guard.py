"""The guarded ways to tests: absent and not yours look the same (404)."""

from __future__ import annotations

from datetime import datetime

from innovate.core.errors import NotFound, require
from innovate.learning.guard import enter_activity
from innovate.learning.policy import Guest
from innovate.quizzes import policy
from innovate.quizzes.models import Quiz
from innovate.quizzes.queries.own import OwnPlace, OwnTest, list_own_places
from innovate.quizzes.queries.quizzes import get_quiz


def enter_room(activity_id: str) -> Guest:
    """For those who make the tests."""
    return enter_activity(activity_id, policy.can_make)


def enter_quiz(activity_id: str, quiz_id: str) -> tuple[Guest, Quiz]:
    """One test, for those who make it."""
    guest = enter_room(activity_id)
    return guest, get_quiz(guest.activity.id, quiz_id)


def enter_results(activity_id: str) -> Guest:
    """For those who read what groups gained."""
    return enter_activity(activity_id, policy.can_read)


def enter_test(activity_id: str, quiz_id: str, at: datetime) -> tuple[Guest, OwnPlace, OwnTest]:
    """A published test, for a signed-in person who may see the activity."""
    guest = enter_activity(activity_id)
    require(guest.user is not None, NotFound())
    for place in list_own_places(guest.activity.id, guest.user_id, at):
        for test in place.tests:
            if test.quiz.public_id == quiz_id:
                return guest, place, test
    raise NotFound

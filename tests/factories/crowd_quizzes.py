"""One more of everything tests have."""

from __future__ import annotations

from datetime import timedelta

from innovate.core.db import db
from innovate.learning.models import LearningSession
from innovate.quizzes.domain.kinds import Moment
from innovate.quizzes.models import Quiz, QuizItem
from tests.factories.build import NOW, add, make_unit, make_user
from tests.factories.quizzes import (
    SCALE,
    SHORT,
    make_activity,
    make_enrolment,
    make_question,
    make_quiz,
    make_sheet,
)
from tests.factories.world import World


def add_to_the_quizzes(world: World, n: int) -> None:
    """Questions in every bank, a session with tests of its own, and a person who took them and those of the whole."""
    organizer, activity = world.users["organizer"], world.values["tested_activity"]
    questions = [make_question(organizer, activity, each) for each in (SHORT, SCALE)]
    make_question(world.users["admin"], None, SHORT)
    make_question(organizer, make_activity(organizer, world.event, title=f"Lokakarya {n}"))
    person = make_user(unit_id=make_unit().id)
    make_enrolment(activity, person)
    session = add(
        LearningSession(
            activity_id=activity.id,
            title=f"Sesi {n}",
            starts_at=NOW + timedelta(days=n + 2),
            ends_at=NOW + timedelta(days=n + 2, hours=2),
        )
    )
    for moment in Moment:
        part = make_quiz(activity, *questions, moment=moment, session_id=session.id)
        for each in (person, world.users["member"]):
            make_sheet(part, each, [["sistem"], [1]])
    quiz = world.values["quiz"]
    add(QuizItem(quiz_id=quiz.id, question_id=questions[0].id, position=9 + n))
    post = (
        db.session.query(Quiz).filter_by(activity_id=activity.id, session_id=None, moment=Moment.POST).one()
    )
    for each in (quiz, post):
        items = db.session.query(QuizItem).filter_by(quiz_id=each.id).count()
        make_sheet(each, person, [[0], [0], [0], ["sistem"], *[["lain"]] * (items - 4)])

"""Activities with people in them, questions, tests and sheets as rows."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.models import Event
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState
from innovate.learning.models import Activity, Enrolment, LearningSession
from innovate.quizzes.domain.content import Content, Option, make_content, pack
from innovate.quizzes.domain.kinds import Moment, QuestionKind, QuizState
from innovate.quizzes.domain.scoring import total
from innovate.quizzes.models import BankQuestion, QuestionVersion, Quiz, QuizAnswer, QuizItem, QuizSheet
from tests.factories.build import NOW, add

SINGLE = make_content(
    QuestionKind.SINGLE,
    "Berapa menit satu JP?",
    [Option("45 menit", right=True), Option("60 menit"), Option("30 menit")],
    explanation="Satu jam pelajaran sama dengan 45 menit.",
    points=2,
    tags=["jp"],
)
MULTIPLE = make_content(
    QuestionKind.MULTIPLE,
    "Mana yang termasuk data pribadi?",
    [Option("NIP", right=True), Option("Nomor telepon", right=True), Option("Luas taman")],
    points=2,
    tags=["data"],
)
SCALE = make_content(
    QuestionKind.SCALE, "Saya yakin membaca grafik.", [Option("Tidak"), Option("Ragu"), Option("Ya")]
)
SHORT = make_content(
    QuestionKind.SHORT, "Apa kepanjangan huruf S dalam SPBE?", accepted=["Sistem"], tags=["data"]
)


def make_activity(maker: User, event: Event | None = None, **values: Any) -> Activity:
    """A published training with one session tomorrow."""
    about = {
        "kind": ActivityKind.TRAINING,
        "state": ActivityState.PUBLISHED,
        "title": "Bimtek analisis data",
        "created_by_id": maker.id,
        "created_at": NOW,
        "published_at": NOW,
        "event_id": event.id if event else None,
    }
    activity = add(Activity(**{**about, **values}))
    add(
        LearningSession(
            activity_id=activity.id,
            title="Membersihkan data",
            starts_at=NOW + timedelta(days=1),
            ends_at=NOW + timedelta(days=1, hours=3),
        )
    )
    return activity


def make_enrolment(activity: Activity, user: User, **values: Any) -> Enrolment:
    """A place in the activity."""
    about = {"state": EnrolmentState.ENROLLED, "unit_id": user.unit_id, "asked_at": NOW, "placed_at": NOW}
    return add(Enrolment(activity_id=activity.id, user_id=user.id, **{**about, **values}))


def make_question(
    maker: User, activity: Activity | None = None, content: Content = SINGLE, **values: Any
) -> BankQuestion:
    """A question of the activity's bank, or of the site's."""
    about = {"activity_id": activity.id if activity else None, "created_by_id": maker.id, "created_at": NOW}
    question = add(BankQuestion(number=1, **{**about, **values}))
    add(
        QuestionVersion(
            question_id=question.id, number=1, created_by_id=maker.id, created_at=NOW, **pack(content)
        )
    )
    return question


def make_quiz(activity: Activity, *questions: BankQuestion, **values: Any) -> Quiz:
    """A published test before, open from yesterday to tomorrow."""
    about: dict[str, Any] = {
        "moment": Moment.PRE,
        "state": QuizState.PUBLISHED,
        "opens_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=1),
        "attempts": 1,
        "draws": [],
        "created_by_id": activity.created_by_id,
        "created_at": NOW,
        "published_at": NOW,
    }
    quiz = add(Quiz(activity_id=activity.id, **{**about, **values}))
    for position, question in enumerate(questions, 1):
        add(QuizItem(quiz_id=quiz.id, question_id=question.id, position=position))
    return quiz


def make_sheet(quiz: Quiz, user: User, answers: list[list[Any] | None], **values: Any) -> QuizSheet:
    """A sheet that was handed in, with one answer for each of the fixed questions."""
    items = db.session.query(QuizItem).filter_by(quiz_id=quiz.id).order_by(QuizItem.position)
    keys = [item.question_id for item in items]
    versions = {
        version.question_id: version
        for version in db.session.query(QuestionVersion).filter(QuestionVersion.question_id.in_(keys))
    }
    contents = {number: versions[key].content for number, key in enumerate(keys, 1)}
    won, most = total(contents, dict(enumerate(answers, 1)))
    about: dict[str, Any] = {
        "unit_id": user.unit_id,
        "attempt": 1,
        "seed": "biji",
        "started_at": NOW,
        "due_at": quiz.closes_at,
        "handed_at": NOW,
        "saved_at": NOW,
        "answered": sum(answer is not None for answer in answers),
        "num": Fraction(won).numerator,
        "den": Fraction(won).denominator,
        "most": most,
    }
    sheet = add(QuizSheet(quiz_id=quiz.id, user_id=user.id, **{**about, **values}))
    for number, (key, answer) in enumerate(zip(keys, answers, strict=True), 1):
        add(QuizAnswer(sheet_id=sheet.id, position=number, version_id=versions[key].id, given=answer))
    return sheet

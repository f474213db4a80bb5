"""The bank of questions with their versions, tests, and the sheets people filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.learning.models import Activity, LearningSession
from innovate.quizzes.domain.content import Content, unpack
from innovate.quizzes.domain.drawing import Draw
from innovate.quizzes.domain.kinds import Moment, QuestionKind, QuizState, Stage, is_over, stage_of


class BankQuestion(Base):
    """A question of an activity's bank, or of the site's organizers (`activity_id` None). Removing keeps the row."""

    __tablename__ = "quiz_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)  # of the version in force
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    version: Mapped[QuestionVersion] = rel(
        primaryjoin="and_(BankQuestion.id == QuestionVersion.question_id,"
        " BankQuestion.number == QuestionVersion.number)",
        foreign_keys="[QuestionVersion.question_id, QuestionVersion.number]",
        viewonly=True,
        uselist=False,
    )


class QuestionVersion(Base):
    """What a question says. Once somebody answered it, it never changes: a change is the next version."""

    __tablename__ = "quiz_question_versions"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_questions.id"))
    number: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(enum_type(QuestionKind))
    text: Mapped[str]
    options: Mapped[list[Any]]
    accepted: Mapped[list[Any]]
    explanation: Mapped[str] = mapped_column(default="")
    points: Mapped[int] = mapped_column(default=1)
    tags: Mapped[list[Any]]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    @property
    def content(self) -> Content:
        """The question as the rules know it."""
        names = ("kind", "text", "options", "accepted", "explanation", "points", "tags")
        return unpack({name: getattr(self, name) for name in names})


class Quiz(Base):
    """A test before or after an activity, or one of its sessions. `minutes` None: as long as it is open.

    `draws`: [tag, count] pairs, questions drawn for each person beside the fixed ones.
    """

    __tablename__ = "quizzes"
    __table_args__ = (
        Index(
            "uq_quizzes_whole",
            "activity_id",
            "moment",
            unique=True,
            sqlite_where=text("session_id IS NULL AND removed_at IS NULL"),
            postgresql_where=text("session_id IS NULL AND removed_at IS NULL"),
        ),
        Index(
            "uq_quizzes_session",
            "session_id",
            "moment",
            unique=True,
            sqlite_where=text("session_id IS NOT NULL AND removed_at IS NULL"),
            postgresql_where=text("session_id IS NOT NULL AND removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("learning_sessions.id"))
    moment: Mapped[Moment] = mapped_column(enum_type(Moment))
    state: Mapped[QuizState] = mapped_column(enum_type(QuizState), default=QuizState.DRAFT)
    intro: Mapped[str] = mapped_column(default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    minutes: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=1)
    shuffles: Mapped[bool] = mapped_column(default=True)
    draws: Mapped[list[Any]]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    activity: Mapped[Activity] = rel()
    session: Mapped[LearningSession | None] = rel()
    items: Mapped[list[QuizItem]] = rel(order_by="QuizItem.position")

    def stage(self, at: datetime) -> Stage:
        """Where the test is at an instant."""
        return stage_of(self.state, self.opens_at, self.closes_at, at)

    @property
    def drawn(self) -> list[Draw]:
        """What is drawn, as the rules know it."""
        return [Draw(tag, count) for tag, count in self.draws]


class QuizItem(Base):
    """A question that everybody gets."""

    __tablename__ = "quiz_items"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_questions.id"), primary_key=True, index=True)
    position: Mapped[int]

    question: Mapped[BankQuestion] = rel()


class QuizSheet(Base):
    """One person's attempt. The score `num`/`den` of `most` points follows every answer that is saved in time.

    `unit_id`: the person's at that time. It is over once handed in or after `due_at`, without anybody writing that.
    """

    __tablename__ = "quiz_sheets"
    __table_args__ = (UniqueConstraint("quiz_id", "user_id", "attempt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    attempt: Mapped[int]
    seed: Mapped[str] = mapped_column(String(32))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    handed_at: Mapped[datetime | None]
    saved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)  # counts what was saved
    answered: Mapped[int] = mapped_column(default=0)
    num: Mapped[int] = mapped_column(default=0)
    den: Mapped[int] = mapped_column(default=1)
    most: Mapped[int]

    quiz: Mapped[Quiz] = rel()
    user: Mapped[User] = rel()
    unit: Mapped[Unit | None] = rel()
    answers: Mapped[list[QuizAnswer]] = rel(order_by="QuizAnswer.position")

    def is_over(self, at: datetime) -> bool:
        """Whether it takes no more answers."""
        return is_over(self.handed_at, self.due_at, at)


class QuizAnswer(Base):
    """A question on a sheet, in the version that was asked. What came too late is kept beside it and not scored."""

    __tablename__ = "quiz_answers"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("quiz_sheets.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("quiz_question_versions.id"), index=True)
    given: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    late: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    late_at: Mapped[datetime | None]

    version: Mapped[QuestionVersion] = rel()

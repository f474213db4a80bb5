"""The tests of an activity as one person sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from innovate.quizzes.domain.gain import NoGain, gain
from innovate.quizzes.domain.kinds import Moment, Stage
from innovate.quizzes.models import Quiz, QuizSheet
from innovate.quizzes.queries.quizzes import list_quizzes
from innovate.quizzes.queries.sheets import list_own


@dataclass(frozen=True)
class OwnTest:
    """A published test, the person's sheets (first attempt first), and from when answers are explained.

    A test before is explained only when the test after it is over as well: it asks the same.
    """

    quiz: Quiz
    stage: Stage
    sheets: Sequence[QuizSheet]
    explained_at: datetime
    at: datetime

    @property
    def running(self) -> QuizSheet | None:
        """The sheet that still takes answers."""
        return next((sheet for sheet in reversed(self.sheets) if not sheet.is_over(self.at)), None)

    @property
    def counting(self) -> QuizSheet | None:
        """The sheet that counts: the last one that is over, unless nothing was ever put in or handed in."""
        over = [sheet for sheet in self.sheets if sheet.is_over(self.at)]
        return next((sheet for sheet in reversed(over) if sheet.handed_at or sheet.answered), None)

    @property
    def left(self) -> int:
        """How many attempts there are besides those begun."""
        return max(0, self.quiz.attempts - len(self.sheets))

    @property
    def is_settling(self) -> bool:
        """Whether the person's time is up and their last answers may still be on their way."""
        return self.running is not None and self.running.due_at <= self.at

    @property
    def may_start(self) -> bool:
        """Whether the person may begin or go on."""
        if self.stage is not Stage.OPEN or self.is_settling:
            return False
        return self.running is not None or self.left > 0

    @property
    def share(self) -> Fraction | None:
        """The part of the points won, once the test is closed."""
        sheet = self.counting
        if sheet is None or self.stage is not Stage.CLOSED or not sheet.most:
            return None
        return Fraction(sheet.num, sheet.den) / sheet.most

    @property
    def is_explained(self) -> bool:
        """Whether the person may read which answers were right."""
        return self.stage is Stage.CLOSED and self.at >= self.explained_at


@dataclass(frozen=True)
class OwnPlace:
    """The whole activity (`title` empty) or one session: the test before, the test after, and the gain."""

    title: str
    pre: OwnTest | None
    post: OwnTest | None

    @property
    def tests(self) -> list[OwnTest]:
        """Those there are, before first."""
        return [test for test in (self.pre, self.post) if test]

    @property
    def gain(self) -> Fraction | NoGain | None:
        """The person's gain once both tests are closed; None before, or where there are not both."""
        both = self.pre and self.post and Stage.CLOSED is self.pre.stage is self.post.stage
        if not both or self.pre is None or self.post is None:
            return None
        if not (self.pre.counting or self.post.counting):
            return None
        return gain(self.pre.share, self.post.share)


def list_own_places(activity_id: int, user_id: int | None, at: datetime) -> list[OwnPlace]:
    """The published tests by what they are about: the whole activity first. Two statements."""
    quizzes = [row.quiz for row in list_quizzes(activity_id)]
    sheets = list_own([quiz.id for quiz in quizzes], user_id) if user_id and quizzes else []
    found: dict[int | None, dict[Moment, OwnTest]] = {}
    for quiz in quizzes:
        closings = [each.closes_at for each in quizzes if each.session_id == quiz.session_id]
        stage = quiz.stage(at)
        if stage is not Stage.DRAFT:
            own = [sheet for sheet in sheets if sheet.quiz_id == quiz.id]
            test = OwnTest(quiz, stage, own, max(closings), at)
            found.setdefault(quiz.session_id, {})[quiz.moment] = test
    titles = {quiz.session_id: quiz.session.title if quiz.session else "" for quiz in quizzes}
    return [
        OwnPlace(titles[key], tests.get(Moment.PRE), tests.get(Moment.POST)) for key, tests in found.items()
    ]

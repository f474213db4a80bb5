"""How a test is to be held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from innovate.quizzes.domain.kinds import Moment

MOST_MINUTES, MOST_ATTEMPTS, MOST_DRAWN, MOST_QUESTIONS = 480, 10, 50, 200


@dataclass(frozen=True)
class Settings:
    """What its makers decide; `session` is a public id, or empty for the whole activity."""

    moment: Moment
    session: str
    opens_at: datetime
    closes_at: datetime
    minutes: int | None = None
    attempts: int = 1
    shuffles: bool = True
    intro: str = ""

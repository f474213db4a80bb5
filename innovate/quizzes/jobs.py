"""What tests leave to the runner."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.quizzes.services.reminders import remind_tests


@job("quizzes.remind", every_minutes=15)
def remind() -> int:
    """Put reminders of tests that close within a day into the outbox."""
    with transaction():
        return remind_tests(at=clock.now())

"""What learning leaves to the runner."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.learning.services.reminders import remind_sessions


@job("learning.remind", every_minutes=10)
def remind() -> int:
    """Put reminders of coming sessions into the outbox."""
    with transaction():
        return remind_sessions(at=clock.now())

"""What visits leave to the runner."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.visits.services.reminders import remind_visits


@job("visits.remind", every_minutes=15)
def remind() -> int:
    """Put reminders of tomorrow's visits into the outbox."""
    with transaction():
        return remind_visits(at=clock.now())

"""What clinics leave to the runner."""

from __future__ import annotations

from innovate.clinics.services.rules import remind_clinics
from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job


@job("clinics.remind", every_minutes=15)
def remind() -> int:
    """Put reminders of tomorrow's clinics into the outbox."""
    with transaction():
        return remind_clinics(at=clock.now())

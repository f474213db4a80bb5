"""The clock of reminders."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.organizer import services


@job("organizer.reminders", every_minutes=15)
def send_reminders() -> int:
    """Put reminders that are due into the outbox."""
    with transaction():
        return services.send_due_reminders(at=clock.now())

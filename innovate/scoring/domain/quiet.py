"""The quiet period between two reminders."""

from __future__ import annotations

from datetime import datetime, timedelta

QUIET_PERIOD = timedelta(hours=12)


def may_remind(last_at: datetime | None, now: datetime) -> bool:
    """Whether the quiet period since the last reminder is over."""
    return last_at is None or now - last_at >= QUIET_PERIOD


def next_reminder(last_at: datetime) -> datetime:
    """When the next reminder may go."""
    return last_at + QUIET_PERIOD

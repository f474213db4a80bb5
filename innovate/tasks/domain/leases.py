"""How long a runner may be silent, and how often work is begun again."""

from __future__ import annotations

from datetime import datetime, timedelta

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
_BETWEEN_REPORTS = timedelta(seconds=1)
_WAITS_LONG = timedelta(minutes=2)


def should_report(last: datetime | None, now: datetime, *, is_news: bool) -> bool:
    """Whether progress is written down now: every second at most, unless the stage is new or all is done."""
    return is_news or last is None or now - last >= _BETWEEN_REPORTS


def waits_long(created_at: datetime, now: datetime) -> bool:
    """Whether work should have been taken up by now; if not, no runner may be at work."""
    return now - created_at >= _WAITS_LONG

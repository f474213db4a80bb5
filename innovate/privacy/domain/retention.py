"""How long an event keeps who took part in it."""

from __future__ import annotations

from datetime import datetime, timedelta

DEFAULT_YEARS = 5
YEARS = range(1, 31)
QUIET = timedelta(days=365)  # who signed in more recently still uses the account


def ends_at(archived_at: datetime, years: int) -> datetime:
    """The same day some years after the archiving; 29 February becomes 1 March."""
    try:
        return archived_at.replace(year=archived_at.year + years)
    except ValueError:
        return archived_at.replace(year=archived_at.year + years, month=3, day=1)


def is_due(archived_at: datetime | None, years: int, now: datetime) -> bool:
    """Whether the period of an archived event is over."""
    return archived_at is not None and ends_at(archived_at, years) <= now


def is_needed(*, elsewhere: bool, has_site_role: bool, last_seen: datetime | None, now: datetime) -> bool:
    """Whether a participant's data serve something besides the event that is due."""
    return elsewhere or has_site_role or (last_seen is not None and now - last_seen < QUIET)

"""The time for objections (masa sanggah): how long it lasts, and what stands in the way of a final result."""

from __future__ import annotations

import enum
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OBJECTION_DAYS = 3  # working days, unless the organizer says otherwise
MOST_DAYS = 30
LONGEST = timedelta(days=60)  # from the day a window is made longer
MOST_OBJECTIONS = 5  # of one entry against one announcement
_SATURDAY = 5
_LAST_MINUTE = time(23, 59)  # as the product writes every deadline


class Outcome(enum.StrEnum):
    """What became of an objection."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


class Obstacle(enum.StrEnum):
    """Why a result cannot be final yet, unless somebody takes it on themselves with a reason."""

    WINDOW = "window"  # objections may still come
    UNANSWERED = "unanswered"


def end_of_window(announced_at: datetime, days: int, zone: str) -> datetime | None:
    """The first instant at which an objection is late: 23.59 of the last working day; None without a window.

    The day of the announcement does not count; Saturdays and Sundays do not either. A public holiday is no business of
    the calendar here: the organizer adds a day.
    """
    if days < 1:
        return None
    local = ZoneInfo(zone)
    day = announced_at.astimezone(local).date()
    for _each in range(days):
        day = _next_working_day(day)
    return datetime.combine(day, _LAST_MINUTE, tzinfo=local)


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def is_open(until: datetime | None, now: datetime) -> bool:
    """Whether objections are taken now: until the instant `until`, not at it."""
    return until is not None and now < until


class WindowFault(enum.StrEnum):
    """Why a window cannot end then."""

    SHORTER = "shorter"  # not later than it ends already
    PAST = "past"
    FAR = "far"


def check_window(old: datetime | None, new: datetime, now: datetime) -> WindowFault | None:
    """What speaks against `new` as the end of a window that ends at `old` (None: there was none): it only grows."""
    if old is not None and new <= old:
        return WindowFault.SHORTER
    if new <= now:
        return WindowFault.PAST
    return WindowFault.FAR if new > now + LONGEST else None


def find_obstacles(until: datetime | None, unanswered: int, now: datetime) -> list[Obstacle]:
    """What speaks against calling the result final now."""
    found = [Obstacle.WINDOW] if is_open(until, now) else []
    return [*found, Obstacle.UNANSWERED] if unanswered else found


def receipt_of(number: int) -> str:
    """What a receipt is called: S-007."""
    return f"S-{number:03d}"

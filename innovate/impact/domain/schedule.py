"""When an innovation is asked how it fares: 3, 6 and 12 months after the announcement, then every year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

FIRST = (3, 6, 12)
OPEN_DAYS = 60  # a form stays open so long, and may be changed as long
REMINDERS = (7, 21)  # days after the asking
LAST_YEAR = 10


def add_months(day: date, months: int) -> date:
    """The same day months later, or the last one of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def list_due(announced: date, today: date) -> Iterator[tuple[int, date]]:
    """Every asking that has come due by `today`: months after the announcement and its day."""
    for months in (*FIRST, *range(24, 12 * LAST_YEAR + 1, 12)):
        due = add_months(announced, months)
        if due > today:
            return
        yield months, due


def period_of(announced: date, months: int) -> tuple[date, date]:
    """First and last day an asking is about: since the asking before it, so that periods never overlap."""
    before = max((m for m in (0, *FIRST, *range(24, months, 12)) if m < months), default=0)
    return add_months(announced, before), add_months(announced, months) - timedelta(days=1)

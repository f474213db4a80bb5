"""Age in full months, exact to the day.

A month is over on the day of the same number; where that month is too short, on its last day: what began on 31 January
is one month old on 28 (or 29) February, and what began on 29 February 2024 is twelve months old on 28 February 2025.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The day so many months later (earlier, if negative), the last of its month where that month is too short."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_months(start: date, end: date) -> int:
    """How many months are over on `end` since `start`; 0 where `end` lies before it."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(months if add_months(start, months) <= end else months - 1, 0)


def latest_start(end: date, months: int) -> date:
    """The last day on which something can begin to be so many months old on `end`: counted back from there."""
    back = add_months(end, -months)
    is_last = end.day == monthrange(end.year, end.month)[1]
    return back.replace(day=monthrange(back.year, back.month)[1]) if is_last else back

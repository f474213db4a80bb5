"""Ages in months, against a count that goes day by day and against another library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.months import add_months, full_months, latest_start

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(0, 240)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 3, 3), date(2026, 10, 18), 7),  # the sentence of docs/algorithms/eligibility.md
        (date(2025, 10, 18), date(2026, 10, 18), 12),
        (date(2025, 10, 19), date(2026, 10, 18), 11),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 30), 1),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2024, 2, 29), date(2025, 2, 27), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 2, 29), date(2028, 2, 28), 47),
        (date(2024, 2, 29), date(2028, 2, 29), 48),
        (date(2025, 12, 31), date(2026, 1, 1), 0),
        (date(2026, 10, 18), date(2026, 10, 18), 0),
        (date(2027, 1, 1), date(2026, 10, 18), 0),
        (date(1, 1, 1), date(2026, 1, 1), 2025 * 12),
        (date(9999, 12, 31), date(2026, 1, 1), 0),
    ],
)
def test_full_months_by_the_table(start, end, months):
    assert full_months(start, end) == months


def count_by_days(start: date, end: date) -> int:
    """Walks day by day: a month is over on the day of the same number, or on the last of a month without it."""
    months, day = 0, start
    while day < end:
        day += timedelta(days=1)
        is_last = (day + timedelta(days=1)).month != day.month
        if day.day == start.day or (is_last and day.day < start.day):
            months += 1
    return months


@given(DAYS, st.integers(0, 1500))
def test_full_months_are_those_counted_day_by_day(start, length):
    end = start + timedelta(days=length)
    assert full_months(start, end) == count_by_days(start, end)


@given(DAYS, st.integers(-240, 240))
def test_adding_months_agrees_with_dateutil(day, months):
    assert add_months(day, months) == day + relativedelta(months=months)


@given(DAYS, MONTHS, st.integers(-800, 8000))
def test_the_latest_start_is_exactly_the_border(end, months, before):
    start = end - timedelta(days=before)
    assert (start <= latest_start(end, months)) == (start <= end and full_months(start, end) >= months)


@pytest.mark.parametrize(
    ("end", "months", "latest"),
    [
        (date(2026, 10, 18), 12, date(2025, 10, 18)),
        (date(2026, 2, 28), 6, date(2025, 8, 31)),
        (date(2026, 2, 28), 12, date(2025, 2, 28)),
        (date(2025, 2, 28), 12, date(2024, 2, 29)),
        (date(2028, 2, 28), 12, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 5, 30), 3, date(2026, 2, 28)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2026, 10, 18), 0, date(2026, 10, 18)),
    ],
)
def test_counted_back_from_the_closing_day(end, months, latest):
    assert latest_start(end, months) == latest

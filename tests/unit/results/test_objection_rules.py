"""The window for objections, and what keeps a result from being final."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.objections import (
    LONGEST,
    Obstacle,
    WindowFault,
    check_window,
    end_of_window,
    find_obstacles,
    is_open,
    receipt_of,
)

ZONE = "Asia/Pontianak"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("announced", "days", "last"),
    [
        (0, 3, "2026-11-26T23:59"),  # Monday: Tuesday, Wednesday, Thursday
        (3, 3, "2026-12-01T23:59"),  # Thursday: Friday, Monday, Tuesday
        (5, 1, "2026-11-30T23:59"),  # Saturday: Monday
        (4, 1, "2026-11-30T23:59"),  # Friday: Monday
    ],
)
def test_working_days_are_counted_from_the_day_after(announced: int, days: int, last: str) -> None:
    end = end_of_window(MONDAY + timedelta(days=announced), days, ZONE)
    assert end == datetime.fromisoformat(last).replace(tzinfo=ZoneInfo(ZONE))


def test_the_day_is_the_one_of_the_place() -> None:
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # already Tuesday in Pontianak
    assert end_of_window(late, 1, ZONE) == datetime(2026, 11, 25, 23, 59, tzinfo=ZoneInfo(ZONE))


@given(st.integers(0, 10**9), st.integers(1, 30))
def test_a_window_holds_exactly_its_working_days(seconds: int, days: int) -> None:
    at = MONDAY + timedelta(seconds=seconds)
    end = end_of_window(at, days, ZONE)
    between = [at.date() + timedelta(days=n) for n in range(1, (end.date() - at.date()).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == days
    assert between[-1].weekday() < 5
    assert is_open(end, end - timedelta(microseconds=1))
    assert not is_open(end, end)


def test_without_days_there_is_no_window() -> None:
    assert end_of_window(MONDAY, 0, ZONE) is None
    assert not is_open(None, MONDAY)


def test_a_final_result_waits_for_the_window_and_the_answers() -> None:
    until = MONDAY + timedelta(days=3)
    assert find_obstacles(until, 2, MONDAY) == [Obstacle.WINDOW, Obstacle.UNANSWERED]
    assert find_obstacles(until, 0, MONDAY) == [Obstacle.WINDOW]
    assert find_obstacles(until, 1, until) == [Obstacle.UNANSWERED]
    assert find_obstacles(until, 0, until) == []
    assert find_obstacles(None, 0, MONDAY) == []
    assert receipt_of(7) == "S-007"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (1, 2, None),
        (None, 1, None),
        (-2, 1, None),  # over already: opened again
        (2, 2, WindowFault.SHORTER),
        (2, 1, WindowFault.SHORTER),
        (-2, -1, WindowFault.PAST),
        (None, 0, WindowFault.PAST),
        (1, LONGEST.days, None),
        (1, LONGEST.days + 1, WindowFault.FAR),
    ],
)
def test_a_window_only_grows_and_not_for_ever(old: int | None, new: int, fault: WindowFault | None) -> None:
    ends = None if old is None else MONDAY + timedelta(days=old)
    assert check_window(ends, MONDAY + timedelta(days=new), MONDAY) is fault

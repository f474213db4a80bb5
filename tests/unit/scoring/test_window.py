"""When a round takes ballots."""

from datetime import UTC, datetime, timedelta

import pytest

from innovate.scoring.domain.window import Window, window_of

START = datetime(2026, 12, 1, 1, tzinfo=UTC)
END = datetime(2026, 12, 11, 16, 59, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("closed_at", "now", "expected"),
    [
        (None, START - MOMENT, Window.WAITING),
        (None, START, Window.OPEN),
        (None, END - MOMENT, Window.OPEN),
        (None, END, Window.CLOSED),
        (START, START, Window.CLOSED),
        (END - timedelta(days=1), END - timedelta(days=2), Window.OPEN),
        (END - timedelta(days=1), END - timedelta(days=1), Window.CLOSED),
    ],
)
def test_window(closed_at, now, expected):
    assert window_of(START, END, closed_at, now) is expected

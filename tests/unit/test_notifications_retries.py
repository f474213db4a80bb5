"""Waits between tries of a mail."""

from datetime import timedelta

from innovate.notifications.domain.retries import MOST_ATTEMPTS, next_wait


def test_waits_double_to_four_hours_and_end_after_a_day() -> None:
    waits = [next_wait(n) for n in range(1, MOST_ATTEMPTS)]
    assert [wait.total_seconds() / 60 for wait in waits[:5]] == [1, 2, 4, 8, 16]
    assert max(waits) == timedelta(hours=4)
    assert sum(waits, timedelta()) == timedelta(days=1, minutes=15)
    assert next_wait(MOST_ATTEMPTS) is None

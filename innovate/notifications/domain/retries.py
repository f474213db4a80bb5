"""When to try again: 1, 2, 4, 8 … minutes up to 4 hours, given up after about a day."""

from __future__ import annotations

from datetime import timedelta

MOST_ATTEMPTS = 14
LEASE = timedelta(minutes=10)
_FIRST = timedelta(minutes=1)
_MOST = timedelta(hours=4)


def next_wait(attempts: int) -> timedelta | None:
    """Pause after so many attempts; None when it is time to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(_FIRST * int(2 ** max(0, attempts - 1)), _MOST)

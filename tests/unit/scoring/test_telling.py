"""A burst of assignments makes one mail, and none waits long."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.telling import LONGEST, QUIET, is_time

BEGIN = datetime(2026, 11, 23, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_nothing_given_nothing_told() -> None:
    assert not is_time([], BEGIN)


def test_quiet_begins_with_the_last() -> None:
    given_at = [BEGIN, BEGIN + 10 * MINUTE]
    assert not is_time(given_at, BEGIN + 24 * MINUTE)
    assert is_time(given_at, BEGIN + 25 * MINUTE)


def test_a_trickle_does_not_wait_for_ever() -> None:
    given_at = [BEGIN + n * 10 * MINUTE for n in range(13)]
    assert not is_time(given_at[:12], BEGIN + 119 * MINUTE)
    assert is_time(given_at, BEGIN + 120 * MINUTE)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=40))
def test_every_entry_is_told_in_time_and_rarely(minutes) -> None:
    """Entries given at these minutes, looked at each minute: no later than two hours, at most one mail a quarter."""
    waiting, mails, told = [], [], 0
    for minute in range(max(minutes) + 121):
        now = BEGIN + minute * MINUTE
        waiting += [now] * minutes.count(minute)
        if is_time(waiting, now):
            assert now - min(waiting) <= LONGEST
            told, waiting = told + len(waiting), []
            mails.append(now)
    assert told == len(minutes)
    assert not waiting
    assert all(later - earlier >= QUIET for earlier, later in itertools.pairwise(mails))

"""JP: the table of docs/algorithms/learning-hours.md, and what holds for all sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.learning.domain.hours import count_jp, count_minutes, earn, reaches, sum_jp

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
SESSIONS = st.dictionaries(st.integers(1, 40), st.integers(0, 600), max_size=12)


@pytest.mark.parametrize(
    ("length", "pause", "minutes", "jp"),
    [
        (45, 0, 45, 1),
        (44, 0, 44, 0),
        (90, 0, 90, 2),
        (120, 15, 105, 2),
        (480, 75, 405, 9),
        (30, 45, 0, 0),
    ],
)
def test_a_session_counts_as_in_the_table(length, pause, minutes, jp):
    found = count_minutes(START, START + timedelta(minutes=length), pause)
    assert (found, count_jp(found)) == (minutes, jp)


def test_seconds_that_make_no_minute_do_not_count():
    assert count_minutes(START, START + timedelta(minutes=45, seconds=-1), 0) == 44


def test_minutes_are_added_up_before_they_are_rounded():
    assert earn({1: 70, 2: 70}, {1, 2}, 80).jp == 3  # 140 minutes; by session it would be 1 + 1


def test_activities_are_rounded_each_by_itself():
    one = earn({1: 70}, {1}, 80)
    assert sum_jp([one, one]) == 2


@pytest.mark.parametrize(
    ("attended", "total", "share", "reached"),
    [(80, 100, 80, True), (79, 100, 80, False), (2, 3, 67, False), (0, 100, 0, False), (1, 100, 0, True)],
)
def test_the_share_is_exact(attended, total, share, reached):
    assert reaches(attended, total, share) is reached


def test_below_the_share_nothing_counts_but_what_was_attended_is_told():
    found = earn({1: 90, 2: 90, 3: 90}, {1, 2}, 80)
    assert (found.jp, found.of_jp, found.sessions, found.of_sessions) == (0, 6, 2, 3)


@given(SESSIONS, st.sets(st.integers(1, 40)), st.integers(0, 100))
def test_nobody_gets_more_than_was_held(sessions, attended, share):
    found = earn(sessions, attended, share)
    assert 0 <= found.jp <= found.of_jp
    assert found.jp * 45 <= found.minutes <= found.of_minutes


@given(SESSIONS, st.sets(st.integers(1, 40)), st.integers(1, 40), st.integers(0, 100))
def test_attending_more_never_takes_anything_away(sessions, attended, more, share):
    before, after = earn(sessions, attended, share), earn(sessions, attended | {more}, share)
    assert after.jp >= before.jp
    assert after.reached >= before.reached


@given(SESSIONS, st.integers(0, 100))
def test_whoever_attends_all_of_something_reaches_every_share(sessions, share):
    found = earn(sessions, set(sessions), share)
    assert found.reached is (found.of_minutes > 0)
    assert not found.reached or found.jp == found.of_jp


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_one_activity_is_never_worth_less_than_its_halves(first, second):
    assert count_jp(first + second) >= count_jp(first) + count_jp(second)

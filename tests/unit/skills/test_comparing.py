"""Means and changes of groups; the worked table of docs/algorithms/skills.md."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from innovate.skills.domain.comparing import SMALLEST, Change, Mean, Said, agree, changes, mean_levels

START = datetime(2024, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def said(*levels: int, skill: int = 1, day: int = 0) -> list[Said]:
    return [Said(user, skill, level, START + day * DAY) for user, level in enumerate(levels)]


def test_the_worked_table() -> None:
    rows = said(0, 1, 1, 2, 1, 3) + said(2, 2, 1, 3, 3, day=700)
    assert mean_levels(rows) == {1: Mean(6, Fraction(14, 6))}
    change = Change(5, Fraction(5, 5), Fraction(11, 5), START, START + 700 * DAY)
    assert changes(rows) == {1: change}
    assert agree(Mean(6, Fraction(14, 6)), change) == Mean(
        5, Fraction(11, 5)
    )  # or person 6 is the difference


def test_a_mean_gives_way_only_where_the_difference_is_of_few() -> None:
    change = Change(5, Fraction(1), Fraction(2), START, START)
    for n in (5, 10, 40):
        assert agree(Mean(n, Fraction(3)), change) == Mean(n, Fraction(3))
    for n in (6, 9):
        assert agree(Mean(n, Fraction(3)), change) == Mean(5, Fraction(2))
    assert agree(Mean(3, None), Change(2, None, None, None, None)) == Mean(3, None)


def test_fewer_than_five_are_counted_and_not_shown() -> None:
    rows = said(4, 4, 4, 4) + said(0, 0, 0, 0, day=1)
    assert mean_levels(rows)[1] == Mean(4, None)
    assert mean_levels(rows)[1].is_suppressed
    assert changes(rows)[1] == Change(4, None, None, None, None)
    assert changes(rows)[1].is_suppressed
    assert mean_levels([]) == changes([]) == {}


def test_who_rated_once_has_no_change() -> None:
    assert changes(said(1, 2, 3, 4, 0)) == {}
    again = said(1, 1, 1, 1, 1) + said(1, 1, 1, 1, 1, day=3)
    assert changes(again)[1].after == 1  # unchanged is an answer, too


ROWS = st.lists(
    st.builds(
        Said,
        st.integers(0, 7),
        st.integers(0, 2),
        st.integers(0, 4),
        st.integers(0, 50).map(lambda day: START + day * DAY),
    ),
    max_size=60,
)


@given(ROWS)
def test_means_lie_between_their_levels_and_small_groups_show_nothing(rows: list[Said]) -> None:
    for skill, mean in mean_levels(rows).items():
        people = {row.user_id for row in rows if row.skill_id == skill}
        assert mean.n == len(people)
        assert (mean.value is None) is (mean.n < SMALLEST)
        assert mean.value is None or 0 <= mean.value <= 4
    for change in changes(rows).values():
        assert (change.before is None) is (change.after is None) is (change.n < SMALLEST)
        assert change.since is None or change.since < change.until


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_of_different_days_does_not_matter(rows: list[Said], draw) -> None:
    rows = list({(row.user_id, row.skill_id, row.at): row for row in rows}.values())
    mixed = rows[:]
    draw.shuffle(mixed)
    assert mean_levels(mixed) == mean_levels(rows)
    assert changes(mixed) == changes(rows)

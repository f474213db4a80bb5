"""Where a run-off is offered: the brackets of a board, read from its rows."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.brackets import MOST, Bracket, find_brackets_of
from innovate.results.domain.fair.estimate import Estimate
from innovate.results.domain.fair.intervals import find_brackets


@dataclass
class Row:
    idea_id: int
    rank: int | None
    near_high: int | None
    group_code: str = "A"
    pool: int = 0


def test_a_bracket_begins_where_the_last_rank_that_cannot_be_told_apart_rises():
    highs = [3, 3, 4, 4, None, 7, 7, None]
    rows = [Row(n, n + 1, high) for n, high in enumerate(highs)]
    assert find_brackets_of(rows) == {
        0: Bracket("A", 0, 1, 3),
        2: Bracket("A", 0, 3, 4),
        5: Bracket("A", 0, 6, 7),
    }


def test_groups_and_pools_are_apart_ties_alone_have_their_own_button_and_the_unranked_none():
    rows = [
        Row(1, 1, 1),
        Row(2, 1, 1),
        Row(3, None, None),
        Row(4, 1, 2, pool=1),
        Row(5, 2, 2, pool=1),
        Row(6, 1, 2, "B"),
        Row(7, 2, 2, "B"),
    ]
    assert find_brackets_of(rows) == {4: Bracket("A", 1, 1, 2), 6: Bracket("B", 0, 1, 2)}


def test_what_no_evening_can_settle_is_not_offered():
    rows = [Row(n, n + 1, MOST + 1) for n in range(MOST + 1)]
    assert find_brackets_of(rows) == {}
    assert list(find_brackets_of([Row(n, n + 1, MOST) for n in range(MOST)])) == [0]


@given(st.integers(0, 10**6))
def test_they_are_the_brackets_of_the_estimate(seed):
    luck = np.random.default_rng(seed)
    size = int(luck.integers(2, MOST))
    estimate = Estimate(np.sort(luck.normal(0, 5, size))[::-1], np.full(size, 4.0), np.zeros((size, 0)), 20)
    runs = find_brackets(estimate, np.arange(size))
    highs = [max((last + 1 for first, last in runs if first <= n <= last), default=None) for n in range(size)]
    rows = [Row(n, n + 1, high) for n, high in enumerate(highs)]
    found = [(each.first - 1, each.last - 1) for each in find_brackets_of(rows).values()]
    assert found == runs

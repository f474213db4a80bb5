"""How much an address may have computed without an account."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.allowance import FILLS_IN, LEAST_COST, MOST, PACKED, Allowance, cost_of, spend
from innovate.results.domain.filed.limits import MOST_IDEAS, MOST_ITEMS, MOST_JURORS, is_long, is_long_voting
from innovate.results.domain.sheets.rubric import Criterion
from innovate.results.domain.sheets.scores import Scores
from tests.factories.build import NOW

LARGE = 16 * 1024 * 1024


def test_an_office_of_small_files_never_waits() -> None:
    left = None
    for _person in range(200):
        left, wait = spend(left, cost_of(b"idea,juror\n" * 1000), NOW)
        assert wait == 0


def test_the_largest_files_one_after_another_run_dry_and_fill_up_again() -> None:
    left, wait = spend(None, LARGE, NOW)
    left, wait = spend(left, LARGE, NOW)
    assert wait == 0
    left, wait = spend(left, LARGE, NOW)
    assert 0 < wait < FILLS_IN.total_seconds()
    _left, still = spend(left, LARGE, NOW + timedelta(seconds=wait - 1))
    assert still > 0
    _left, still = spend(left, LARGE, NOW + timedelta(seconds=wait))
    assert still == 0


def test_a_spreadsheet_counts_for_what_it_unpacks_to_and_nothing_is_free() -> None:
    assert cost_of(b"") == cost_of(b"a,b") == LEAST_COST
    assert cost_of(b"PK" + b"x" * 99_998) == PACKED * 100_000


@given(st.floats(0, MOST), st.integers(0, 2 * MOST), st.integers(-3600, 3600))
def test_what_is_left_stays_between_nothing_and_all(left: float, cost: int, seconds: int) -> None:
    after, wait = spend(Allowance(left, NOW), cost, NOW + timedelta(seconds=seconds))
    assert 0 <= after.left <= MOST
    assert wait <= FILLS_IN.total_seconds()


def _scores(ideas: int, jurors: int) -> Scores:
    names = [(f"k{n % ideas}", f"j{n % jurors}") for n in range(max(ideas, jurors))]
    ballots = {name: [1.0] for name in names}
    return Scores((Criterion("Nilai", 1, 0, 1),), ballots, {idea: "" for idea, _juror in names})


def test_what_takes_long_is_too_many_ideas_or_too_many_jurors() -> None:
    assert not is_long(_scores(MOST_IDEAS, MOST_JURORS))
    assert is_long(_scores(MOST_IDEAS + 1, 3))
    assert is_long(_scores(3, MOST_JURORS + 1))
    assert not is_long_voting([(f"a{n}", "b", 1.0) for n in range(MOST_ITEMS - 1)])
    assert is_long_voting([(f"a{n}", "b", 1.0) for n in range(MOST_ITEMS)])

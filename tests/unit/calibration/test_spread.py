"""The spread of a jury, with the numbers of docs/algorithms/calibration.md."""

from __future__ import annotations

import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.calibration.domain.spread import spread_of


def test_the_worked_example() -> None:
    found = spread_of([Decimal(3), Decimal(4), Decimal(4), Decimal(2)], own=Decimal(2))
    assert found is not None
    assert (found.values, found.low, found.high) == ((2, 3, 4, 4), 2, 4)
    assert found.mean == 3.25
    assert found.deviation == pytest.approx(0.957427, abs=1e-6)
    assert found.away == pytest.approx(2 - 11 / 3)
    assert found.counts == [(2, 1), (3, 1), (4, 2)]


def test_nobody_and_one_alone() -> None:
    assert spread_of([]) is None
    alone = spread_of([5], own=5)
    assert (alone.mean, alone.deviation, alone.away) == (5, None, None)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=30), st.data())
def test_it_agrees_with_the_standard_library(values: list[int], data: st.DataObject) -> None:
    own = data.draw(st.sampled_from(values))
    found = spread_of(values, own)
    assert found.mean == pytest.approx(statistics.fmean(values))
    assert found.deviation == pytest.approx(statistics.stdev(values), abs=1e-9)
    others = sorted(values)
    others.remove(own)
    assert found.away == pytest.approx(own - statistics.fmean(others), abs=1e-9)
    assert sum(count for _value, count in found.counts) == len(values)

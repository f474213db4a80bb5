"""Disagreement, put-together changes, cells and moments."""

from __future__ import annotations

import statistics
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.deliberation.domain.amendments import Step, put_together
from innovate.deliberation.domain.cells import Cell, cell_of, moments_of
from innovate.deliberation.domain.disagreement import measure, median_deviation, middle_of

AT = datetime(2026, 11, 23, tzinfo=UTC)
TOTALS = st.lists(st.floats(0, 100), max_size=6)


def test_the_worked_table_of_the_docs() -> None:
    entries = {1: [70.0, 72.0, 74.0], 2: [60.0, 90.0, 75.0], 3: [80.0, 84.0, 82.0], 4: [55.0]}
    variances = sorted(statistics.variance(totals) for totals in entries.values() if len(totals) > 1)
    skip, take = middle_of(len(variances))
    median = median_deviation(variances[skip : skip + take])
    assert median == pytest.approx(2.0)
    found = {key: measure(totals, median) for key, totals in entries.items()}
    assert [(found[key].width, found[key].wide) for key in (1, 2, 3, 4)] == [
        (4, False),
        (30, True),
        (4, False),
        (None, False),
    ]
    assert found[2].deviation == pytest.approx(15.0)


def test_a_panel_that_agrees_has_nobody_far_apart() -> None:
    assert not measure([50, 50], 0.0).wide
    assert measure([], None) == measure([4.0], 1.0)
    assert median_deviation([]) is None


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9))
def test_the_middle_holds_the_median(variances) -> None:
    skip, take = middle_of(len(variances))
    expected = statistics.median(v**0.5 for v in variances)
    assert median_deviation(sorted(variances)[skip : skip + take]) == pytest.approx(expected)


@given(TOTALS)
def test_a_spread_is_never_wider_than_what_it_measures(totals) -> None:
    found = measure(totals, None)
    if found.width is not None:
        assert 0 <= found.deviation <= found.width + 1e-9


def _state(total, state="submitted", **values):
    return {"state": state, "total": total, "values": values}


def test_reopening_and_handing_in_again_are_one_change() -> None:
    steps = [
        Step(1, "reopen", "Ana", "Salah baca", _state(50, a="3", b="3"), AT),
        Step(2, "save", "Ana", "", _state(50, "draft", a="3", b="3"), AT),
        Step(3, "submit", "Ana", "Salah baca", _state(60, "draft", a="4", b="3"), AT),
    ]
    (change,) = put_together(steps, _state(60, a="4", b="3"))
    assert (change.before, change.after, change.reason, change.pending) == (50, 60, "Salah baca", False)
    assert change.criteria == {"a": ("3", "4")}


def test_a_change_that_is_not_handed_in_yet_tells_no_values() -> None:
    steps = [Step(4, "reopen", "Ana", "Salah baca", _state(50, a="3"), AT)]
    (change,) = put_together(steps, _state(80, "draft", a="5"))
    assert (change.before, change.after, change.pending, change.criteria) == (50, None, True, {})


def test_excluding_and_bringing_back_are_two_changes() -> None:
    steps = [
        Step(5, "exclude", "Ketua", "Benturan", _state(50), AT),
        Step(6, "include", "Ketua", "Keliru", _state(50, "excluded"), AT),
    ]
    found = put_together(steps, _state(50))
    assert [(c.before, c.after) for c in found] == [(50, None), (None, 50)]


@pytest.mark.parametrize(
    ("active", "ballot", "past", "conflict", "cell"),
    [
        (True, "", False, False, Cell.WAITING),
        (True, "draft", False, False, Cell.DRAFT),
        (True, "submitted", True, False, Cell.DONE),
        (True, "excluded", False, False, Cell.EXCLUDED),
        (False, "", True, False, Cell.EXCLUDED),
        (False, "", True, True, Cell.CONFLICT),
        (False, "", False, True, Cell.CONFLICT),
        (False, "", False, False, Cell.NONE),
    ],
)
def test_cells(active, ballot, past, conflict, cell) -> None:
    assert cell_of(active=active, ballot=ballot, past=past, conflict=conflict) is cell


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_moments_from_sums_are_those_of_the_values(values) -> None:
    found = moments_of(len(values), sum(values), sum(v * v for v in values))
    assert found.mean == pytest.approx(statistics.mean(values), abs=1e-6)
    if len(values) > 1:
        assert found.deviation == pytest.approx(statistics.stdev(values), abs=1e-3)
    assert moments_of(0, 0, 0) is None

"""Disagreement, put-together changes, cells and moments."""

from __future__ import annotations

import statistics
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.deliberation.domain.amendments import Step, put_together
from innovate.deliberation.domain.cells import Cell, cell_of, moments_of
from innovate.deliberation.domain.disagreement import rank_disagreements

AT = datetime(2026, 11, 23, tzinfo=UTC)
TOTALS = st.lists(st.floats(0, 100), max_size=6)


def test_the_worked_table_of_the_docs() -> None:
    panel = rank_disagreements({1: [70, 72, 74], 2: [60, 90, 75], 3: [80, 84, 82], 4: [55]})
    assert [entry.key for entry in panel.entries] == [2, 1, 3, 4]
    assert panel.median == pytest.approx(2.0)
    assert [(e.width, e.deviation and round(e.deviation, 2)) for e in panel.entries] == [
        (30, 15.0),
        (4, 2.0),
        (4, 2.0),
        (None, None),
    ]
    assert [entry.wide for entry in panel.entries] == [True, False, False, False]


def test_a_panel_that_agrees_has_nobody_far_apart() -> None:
    panel = rank_disagreements({1: [50, 50], 2: [60, 60]})
    assert panel.median == 0
    assert not any(entry.wide for entry in panel.entries)
    assert rank_disagreements({}).median is None


@given(st.dictionaries(st.integers(1, 50), TOTALS, max_size=8))
def test_every_entry_once_and_spreads_fall(totals) -> None:
    panel = rank_disagreements(totals)
    assert sorted(entry.key for entry in panel.entries) == sorted(totals)
    spreads = [-1.0 if e.deviation is None else e.deviation for e in panel.entries]
    assert spreads == sorted(spreads, reverse=True)


def _state(total, state="submitted", **values):
    return {"state": state, "total": total, "values": values}


def test_reopening_and_handing_in_again_are_one_change() -> None:
    steps = [
        Step("reopen", "Ana", "Salah baca", _state(50, a="3", b="3"), AT),
        Step("save", "Ana", "", _state(50, "draft", a="3", b="3"), AT),
        Step("submit", "Ana", "Salah baca", _state(60, "draft", a="4", b="3"), AT),
    ]
    (change,) = put_together(steps, _state(60, a="4", b="3"))
    assert (change.before, change.after, change.reason, change.pending) == (50, 60, "Salah baca", False)
    assert change.criteria == {"a": ("3", "4")}


def test_a_change_that_is_not_handed_in_yet_tells_no_values() -> None:
    steps = [Step("reopen", "Ana", "Salah baca", _state(50, a="3"), AT)]
    (change,) = put_together(steps, _state(80, "draft", a="5"))
    assert (change.before, change.after, change.pending, change.criteria) == (50, None, True, {})


def test_excluding_and_bringing_back_are_two_changes() -> None:
    steps = [
        Step("exclude", "Ketua", "Benturan", _state(50), AT),
        Step("include", "Ketua", "Keliru", _state(50, "excluded"), AT),
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

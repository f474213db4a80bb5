"""Intervals against the group, pairs that cannot be told apart, and what an organizer must be told."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.fair.estimate import Estimate, estimate_fair
from innovate.results.domain.fair.fit import fit_fair
from innovate.results.domain.fair.intervals import (
    are_apart,
    contrast_error,
    difference_error,
    find_brackets,
    interval,
    reach,
)
from innovate.results.domain.fair.notes import NoteCode, note_fit

often = settings(max_examples=40)


def random_estimate(seed, size=8, shared=3, degrees=20):
    luck = np.random.default_rng(seed)
    return Estimate(
        luck.normal(70, 5, size), luck.uniform(0.5, 3, size), luck.normal(0, 1, (size, shared)), degrees
    )


def panel(ideas, jurors, seed=1, severity=8.0):
    luck = np.random.default_rng(seed)
    truth, strict = luck.normal(70, 8, ideas), luck.normal(0, severity, jurors)
    return [(i, j, truth[i] + strict[j] + luck.normal(0, 5)) for i in range(ideas) for j in range(jurors)]


@often
@given(st.integers(0, 10**6), st.integers(1, 8))
def test_contrast_errors_are_those_of_the_centred_covariance(seed, size):
    estimate = random_estimate(seed)
    members = np.random.default_rng(seed).permutation(8)[:size]
    covariance = np.diag(estimate.noise) + estimate.rows @ estimate.rows.T
    centre = np.eye(size) - 1 / size
    centred = centre @ covariance[np.ix_(members, members)] @ centre
    assert contrast_error(estimate, members) ** 2 == pytest.approx(np.diag(centred), abs=1e-10)
    a, b = np.array([0, 3]), np.array([1, 2])
    both = covariance.diagonal()[a] + covariance.diagonal()[b] - 2 * covariance[a, b]
    assert difference_error(estimate, a, b) ** 2 == pytest.approx(both)


def test_student_reaches_further_with_few_degrees_of_freedom():
    assert reach(22) == pytest.approx(2.073873, abs=1e-6)
    assert reach(10**7) == pytest.approx(1.959964, abs=1e-5)
    assert np.isnan(reach(0))


def test_in_a_complete_panel_severity_shared_by_all_widens_nothing():
    """The contrast error is that of the textbook: s2/k (1 - 1/N), whatever the severities."""
    fit = fit_fair(collect(panel(12, 3)))
    assert fit.sb2 > 0
    estimate, everybody = estimate_fair(fit), np.arange(12)
    assert contrast_error(estimate, everybody) == pytest.approx(np.sqrt(fit.s2 / 3 * (1 - 1 / 12)))
    assert estimate.error.min() > contrast_error(estimate, everybody).max()
    found = interval(estimate, everybody)
    assert found.high - found.low == pytest.approx(2 * reach(22) * contrast_error(estimate, everybody))
    assert (found.low + found.high) / 2 == pytest.approx(fit.score)


def test_an_idea_alone_in_its_group_keeps_its_own_error():
    estimate = random_estimate(1)
    found = interval(estimate, np.array([3]))
    assert found.high[0] - found.low[0] == pytest.approx(2 * reach(20) * estimate.error[3])


def test_brackets_join_places_that_cannot_be_told_apart():
    """Errors of 1 each: differences below 2.0 sqrt(2) = 2.9 are not separated."""
    estimate = Estimate(np.array([80.0, 79, 78, 76, 70]), np.ones(5), np.zeros((5, 0)), 60)
    order = np.arange(5)
    assert find_brackets(estimate, order) == [(0, 2), (2, 3)]
    assert are_apart(estimate, order[:-1], order[1:]).tolist() == [False, False, False, True]


@often
@given(st.integers(0, 10**6))
def test_every_neighbour_not_separated_lies_in_a_bracket_and_none_in_another(seed):
    estimate = random_estimate(seed)
    order = np.argsort(-estimate.score)
    brackets = find_brackets(estimate, order)
    for place, apart in enumerate(are_apart(estimate, order[:-1], order[1:])):
        assert apart or any(first <= place < last for first, last in brackets)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(brackets))


def test_without_degrees_of_freedom_nothing_is_separated():
    unknown = Estimate(np.array([90.0, 10]), np.array([np.nan, np.nan]), np.zeros((2, 0)), 0)
    assert not unknown.is_known
    assert find_brackets(unknown, np.arange(2)) == [(0, 1)]
    assert np.isnan(interval(unknown, np.arange(2)).low).all()


# -- notes ------------------------------------------------------------------------------------------------------------


def codes(rows):
    return [note.code for note in note_fit(fit_fair(collect(rows)))]


def test_each_case_of_the_table_is_told():
    assert codes([("a", "x", 7.0), ("b", "y", 6.0)]) == [NoteCode.SEPARATE_GROUPS, NoteCode.ONE_BALLOT_EACH]
    assert codes([(i, j, 7.0) for i in "abc" for j in "xyz"]) == [NoteCode.ALL_EQUAL]
    assert codes(panel(12, 4)) == [NoteCode.COMPLETE]
    alike = [row for row in panel(40, 5, severity=0.0, seed=5) if (row[0] + row[1]) % 3]
    assert codes(alike) == [NoteCode.SMALL_SEVERITY]
    assert codes(panel(30, 2)) == [NoteCode.COMPLETE, NoteCode.UNCERTAIN]
    assert codes([row for row in panel(30, 4) if (row[0] + row[1]) % 4]) == []
    tree = [("a", "x", 5.0), ("a", "y", 7.0), ("b", "y", 8.0), ("b", "z", 4.0)]
    assert codes(tree)[-2:] == [NoteCode.UNCERTAIN, NoteCode.NO_INTERVALS]


def test_the_bridges_named_join_all_groups():
    rows = [
        (f"{group}{i}", f"{group}{j}", 50.0 + i * j) for group in "abc" for i in range(4) for j in range(2)
    ]
    fit = fit_fair(collect(rows))
    note = note_fit(fit)[0]
    assert (note.code, note.values["groups"]) == (NoteCode.SEPARATE_GROUPS, 3)
    bridges = note.values["bridges"]
    assert len(bridges) == 2
    assert fit_fair(collect([*rows, *((*pair, 60.0) for pair in bridges)])).design.groups == 1


@often
@given(
    st.sets(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.sampled_from("abc"), st.integers(0, 1)))
)
def test_a_bridge_is_never_a_conflict_and_joins_unless_every_way_is_barred(given_barred):
    rows = [
        (f"{group}{i}", f"{group}{j}", 50.0 + i * j) for group in "abc" for i in range(4) for j in range(2)
    ]
    barred = {(f"{a}{i}", f"{b}{j}") for a, i, b, j in given_barred}
    fit = fit_fair(collect(rows))
    bridges = note_fit(fit, barred)[0].values["bridges"]
    assert not barred.intersection(bridges)
    ideas, jurors = fit.ballots.ideas, fit.ballots.jurors
    others = ("b", "c")  # `a` is the largest, being the first of equals
    free = [
        any(
            (idea, juror) not in barred
            for idea in ideas
            for juror in jurors
            if {idea[0], juror[0]} == {"a", other}
        )
        for other in others
    ]
    assert len(bridges) == sum(free)
    joined = fit_fair(collect([*rows, *((*pair, 60.0) for pair in bridges)]))
    assert joined.design.groups == 3 - sum(free)


def test_where_the_first_juror_may_not_the_next_is_asked_and_then_the_other_way_round():
    rows = [("a", "p", 1.0), ("a", "q", 2.0), ("b", "r", 1.0), ("b", "s", 2.0)]
    ballots = fit_fair(collect(rows))
    barred = [("a", "r"), ("a", "s"), ("b", "p")]
    asked = [note_fit(ballots, barred[:n])[0].values["bridges"] for n in range(4)]
    assert asked == [[("a", "r")], [("a", "s")], [("b", "p")], [("b", "q")]]

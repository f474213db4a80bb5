"""Rank intervals and chances: reproducible, calibrated where the answer is known, honest at the edges."""

import numpy as np
import pytest

from innovate.results.domain.fair import draws
from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.fair.draws import draw_ranks
from innovate.results.domain.fair.estimate import Estimate, estimate_fair
from innovate.results.domain.fair.fit import fit_fair


def estimate_of(score, noise, degrees=1000):
    score = np.asarray(score, float)
    return Estimate(score, np.full(len(score), float(noise)), np.zeros((len(score), 0)), degrees)


def test_a_clear_winner_is_certain_and_equals_are_a_toss():
    found = draw_ranks(estimate_of([90, 50, 50, 10], 1.0), [np.arange(4)], top=2)
    assert (found.low.tolist(), found.high.tolist()) == ([1, 2, 2, 4], [1, 3, 3, 4])
    assert found.p_top[[0, 3]].tolist() == [1, 0]
    assert found.p_top[1] == pytest.approx(0.5, abs=0.05)
    assert found.p_top.sum() == pytest.approx(2)


def test_two_ideas_win_as_often_as_the_normal_distribution_says():
    """Scores 6 and 0, variance of each 4, shrunk towards their mean: the chance is that of the formula of the docs."""
    found = draw_ranks(estimate_of([6, 0], 4.0), [np.arange(2)], top=1, draws=4000)
    variance, between = 2.0, (18.0 - 4.0) / 1  # contrast variance of each; what is left of the sum of squares
    rho = between / (between + variance)
    from scipy.special import ndtr

    assert found.p_top[0] == pytest.approx(ndtr(np.sqrt(rho) * 6 / np.sqrt(8)), abs=0.01)


def test_the_same_seed_draws_the_same_and_blocks_do_not_change_what_is_drawn(monkeypatch):
    estimate = estimate_of([5, 4, 3, 2, 1], 2.0)
    one, two = (draw_ranks(estimate, [np.arange(5)], top=2, seed=4) for _ in range(2))
    other = draw_ranks(estimate, [np.arange(5)], top=2, seed=5)
    assert (one.p_top == two.p_top).all()
    assert (one.p_top != other.p_top).any()
    monkeypatch.setattr(draws, "BLOCK", 70)
    small = draw_ranks(estimate, [np.arange(5)], top=2, seed=4)
    assert small.p_top == pytest.approx(one.p_top, abs=0.06)


def test_groups_are_ranked_by_themselves():
    score = [90, 10, 80, 20]
    found = draw_ranks(estimate_of(score, 1.0), [np.array([0, 1]), np.array([3, 2])], top=1)
    assert found.low.tolist() == found.high.tolist() == [1, 2, 1, 2]
    assert found.p_top.tolist() == [1, 0, 1, 0]
    alone = draw_ranks(estimate_of([50, 60], 1.0), [np.array([0]), np.array([1])], top=1)
    assert alone.low.tolist() == alone.high.tolist() == [1, 1]


def test_ideas_in_no_group_are_not_ranked_and_do_not_disturb():
    found = draw_ranks(estimate_of([90, 50, 10], 1.0), [np.array([0, 2])], top=1)
    assert found.low[[0, 2]].tolist() == [1, 2]
    assert np.isnan([found.low[1], found.high[1], found.p_top[1]]).all()


def test_where_ideas_differ_no_more_than_chance_every_rank_is_possible():
    found = draw_ranks(estimate_of([70.1, 70, 69.9, 70, 70], 50.0), [np.arange(5)], top=1)
    assert set(found.low) == {1}
    assert set(found.high) == {5}
    assert found.p_top == pytest.approx(np.full(5, 0.2), abs=0.06)


def test_without_errors_there_is_one_ranking_with_its_ties():
    found = draw_ranks(estimate_of([70, 80, 80, 60], 0.0), [np.arange(4)], top=1)
    assert found.low.tolist() == found.high.tolist() == [3, 1, 1, 4]
    assert found.p_top.tolist() == [0, 1, 1, 0]


def test_where_uncertainty_is_unknown_nothing_is_claimed():
    fit = fit_fair(collect([("a", "x", 7.0), ("b", "x", 6.0)]))
    found = draw_ranks(estimate_fair(fit), [np.arange(2)], top=1)
    assert np.isnan([found.low, found.high, found.p_top]).all()


def test_few_degrees_of_freedom_widen_the_draws():
    score, everybody = [5, 4, 3, 2, 1, 0], [np.arange(6)]
    sure = draw_ranks(estimate_of(score, 1.0), everybody, top=1)
    unsure = draw_ranks(estimate_of(score, 1.0, degrees=2), everybody, top=1)
    assert (unsure.high - unsure.low).sum() > (sure.high - sure.low).sum()

"""G2 to G6 in small: a few made-up juries. `python -m bench.judging` measures all sixty against the full numbers."""

from dataclasses import replace

import numpy as np
import pytest

from bench.judging import EQUAL, TRACKS, measure_promises, measure_truth
from bench.juries import POINTS, Jury, make, make_panel
from innovate.results.domain.fair.fit import fit_fair
from innovate.results.domain.fair.spread import ENOUGH, fit_spread

SEEDS = range(6)


def test_the_fair_score_comes_nearer_to_the_truth_than_the_mean_and_spread_nearer_still():
    taus = measure_truth(Jury(), SEEDS)
    assert taus.fair > taus.raw + 0.05
    assert taus.spread > taus.fair + 0.01
    assert taus.fair > 0.75


def test_in_tracks_with_few_bridges_z_scores_lose_to_the_mean_and_the_fair_score_wins():
    taus = measure_truth(TRACKS, SEEDS)
    assert taus.z_score < taus.raw < taus.fair - 0.03


def test_with_equally_strict_jurors_nothing_is_lost():
    taus = measure_truth(EQUAL, SEEDS)
    assert abs(taus.fair - taus.raw) < 0.005
    assert abs(taus.spread - taus.raw) < 0.01


def test_intervals_keep_their_promise_in_small_complete_panels():
    lucks = [np.random.default_rng(seed) for seed in SEEDS]
    found = measure_promises((make_panel(12, 3, luck) for luck in lucks for _ in range(20)), 1.0, top=3)
    assert 0.92 < found.scores < 0.98
    assert 0.93 < found.ranks < 0.99
    assert all(abs(promised - came) < 0.1 for promised, came, _count in found.chances)


def test_intervals_keep_their_promise_in_a_large_incomplete_design():
    found = measure_promises((make(replace(Jury(), ideas=300), seed) for seed in range(3)), POINTS)
    assert 0.92 < found.scores < 0.98
    assert 0.91 < found.ranks < 0.98


# -- the spread-aware score -------------------------------------------------------------------------------------------


def test_spreads_and_noise_of_jurors_are_found():
    made = make(replace(Jury(), spread=0.35, jurors=20), 3)
    fit = fit_spread(made.ballots)
    luck = np.random.default_rng(3)  # as the generator draws
    luck.normal(size=500)
    _severity, spread, consistency = (luck.normal(0, size, 20) for size in (0.8, 0.35, 0.25))
    assert np.corrcoef(fit.spread, np.exp(spread))[0, 1] > 0.9
    assert np.corrcoef(fit.noise, np.exp(2 * consistency))[0, 1] > 0.8
    assert not fit.is_off


def test_it_is_the_fair_score_where_jurors_use_the_scale_alike_or_have_few_ballots():
    few = make(Jury(ideas=12, jurors=20, ballots=4), 1).ballots
    assert few.per_juror.max() < ENOUGH
    fit = fit_spread(few)
    assert fit.few.all()
    assert (fit.spread == 1).all()
    every = make_panel(20, 4, np.random.default_rng(2)).ballots
    alike = fit_spread(every)
    assert alike.estimate.score == pytest.approx(fit_fair(every).score, abs=2.0)
    values = np.array([50.0, 60, 70, 80])
    same = fit_spread(every.replace(np.array([np.roll(values, n) for n in range(20)]).ravel(), every.weight))
    assert (same.spread == 1).all()
    single = fit_spread(every.replace(np.full(every.n, 60.0), every.weight))
    assert single.is_off
    assert (single.estimate.score == 60).all()


def test_points_for_everybody_and_a_wider_scale_only_rescale_the_spread_aware_score():
    made = make(Jury(ideas=60, jurors=6), 5).ballots
    before = fit_spread(made).estimate
    after = fit_spread(made.replace(10 * made.total + 7, made.weight)).estimate
    assert after.score == pytest.approx(10 * before.score + 7, abs=1e-4)
    assert after.error == pytest.approx(10 * before.error, abs=1e-4)

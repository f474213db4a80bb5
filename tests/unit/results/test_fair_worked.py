"""The worked tables of docs/algorithms/fair-score.md, to the digit."""

import math

import numpy as np
import pytest

from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.fair.draws import draw_ranks
from innovate.results.domain.fair.estimate import estimate_fair
from innovate.results.domain.fair.fit import fit_fair
from innovate.results.domain.fair.intervals import (
    contrast_error,
    difference_error,
    find_brackets,
    interval,
    reach,
)
from innovate.results.domain.fair.reliability import components

BALLOTS = {
    "A": {"P": 74, "Q": 83},
    "B": {"P": 72, "R": 84},
    "C": {"Q": 84, "R": 87},
    "D": {"P": 66, "Q": 75},
    "E": {"Q": 71, "R": 74},
    "F": {"P": 64, "R": 76},
    "G": {"P": 69, "Q": 77},
    "H": {"Q": 76, "R": 86},
}
SCORES = {"C": 82.08, "A": 81.37, "B": 78.55, "H": 77.58, "G": 75.87, "D": 73.37, "F": 70.55, "E": 69.08}
RANGES = {
    "C": (79.1, 85.0, 1, 3, 0.99),
    "A": (78.4, 84.3, 1, 3, 0.96),
    "B": (75.6, 81.5, 2, 5, 0.66),
    "H": (74.6, 80.5, 2, 5, 0.31),
    "G": (72.9, 78.8, 3, 6, 0.07),
    "D": (70.4, 76.3, 5, 7, 0.01),
    "F": (67.6, 73.5, 6, 8, 0.00),
    "E": (66.1, 72.0, 7, 8, 0.00),
}
FIT = fit_fair(
    collect((idea, juror, float(y)) for idea, given in BALLOTS.items() for juror, y in given.items())
)
ESTIMATE, EVERYBODY = estimate_fair(FIT), np.arange(8)
ORDER = np.argsort(-FIT.score)


def test_scores_and_severities():
    assert [FIT.ballots.ideas[n] for n in ORDER] == list(SCORES)
    assert FIT.score[ORDER].round(2).tolist() == list(SCORES.values())
    assert FIT.severity.round(2).tolist() == [-6.84, 1.09, 5.75]
    means = dict(zip(FIT.ballots.ideas, FIT.raw, strict=True))
    assert sorted(means, key=lambda idea: -means[idea]) == list("CHABGEDF")
    assert (round(math.sqrt(FIT.s2), 2), round(math.sqrt(FIT.sb2), 2), FIT.degrees) == (1.75, 6.43, 6)


def test_ranges_of_scores_and_ranks():
    assert set(ESTIMATE.error.round(2)) == {3.93}
    assert set(contrast_error(ESTIMATE, EVERYBODY).round(2)) == {1.21, 1.22}
    found, drawn = interval(ESTIMATE, EVERYBODY), draw_ranks(ESTIMATE, [EVERYBODY], top=3)
    for n, idea in enumerate(FIT.ballots.ideas):
        low, high, rank_low, rank_high, chance = RANGES[idea]
        assert (found.low[n].round(1), found.high[n].round(1)) == (low, high)
        assert (drawn.low[n], drawn.high[n]) == (rank_low, rank_high)
        assert drawn.p_top[n] == pytest.approx(chance, abs=0.006)


def test_brackets_and_reliability():
    first, second = ORDER[:1], ORDER[1:2]
    assert round(reach(6), 3) == 2.447
    assert (reach(6) * difference_error(ESTIMATE, first, second)).round(2).tolist() == [4.57]
    ends = [
        (FIT.ballots.ideas[ORDER[a]], FIT.ballots.ideas[ORDER[b]]) for a, b in find_brackets(ESTIMATE, ORDER)
    ]
    assert ends == [("C", "B"), ("A", "H"), ("B", "G"), ("H", "D"), ("D", "E")]
    found = components(FIT)
    assert [round(value, 2) for value in (found.single, found.mean, found.adjusted)] == [0.32, 0.49, 0.93]

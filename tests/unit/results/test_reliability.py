"""Agreement of jurors against published examples."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.fair.fit import fit_fair
from innovate.results.domain.fair.reliability import (
    alpha_interval,
    alpha_ordinal,
    components,
    icc,
    kendall_w,
    mean_ranks,
    predict_reliability,
)

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "krippendorff_canonical.json").read_text())
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)


def flat(rows):
    cells = [(unit, value) for row in rows for unit, value in enumerate(row) if value is not None]
    return np.array([unit for unit, _ in cells], int), np.array([value for _, value in cells], float)


@pytest.mark.parametrize("example", [ORACLE, ORACLE["second_set"]], ids=["canonical", "wikipedia"])
def test_krippendorff_s_examples(example):
    unit, value = flat(example["data"])
    near = {"abs": ORACLE["tolerance"]}
    assert alpha_interval(unit, value) == pytest.approx(example["expected"]["interval"], **near)
    assert alpha_ordinal(unit, value) == pytest.approx(example["expected"]["ordinal"], **near)


@pytest.mark.parametrize("case", ORACLE["edge_cases"])
def test_alpha_is_not_defined_without_variation_or_pairs(case):
    unit, value = flat(case["data"])
    assert math.isnan(alpha_interval(unit, value))
    assert math.isnan(alpha_ordinal(unit, value))
    assert math.isnan(alpha_interval(unit[:0], value[:0]))


def test_the_six_correlations_of_shrout_and_fleiss():
    found = icc(SHROUT_FLEISS)
    assert [round(value, 2) for value in (found.icc_1_1, found.icc_2_1, found.icc_3_1)] == [0.17, 0.29, 0.71]
    assert [round(value, 2) for value in (found.icc_1_k, found.icc_2_k, found.icc_3_k)] == [0.44, 0.62, 0.91]


def test_correlations_are_not_defined_where_a_table_says_nothing():
    for table in (np.ones((3, 1)), np.ones((1, 3)), np.ones((3, 3))):
        assert math.isnan(icc(table).icc_3_1)
        assert math.isnan(kendall_w(table).w)


def test_concordance_with_and_without_ties():
    """Three jurors in full agreement; Siegel's example with ties (Nonparametric Statistics, 1956, p. 234)."""
    same = np.tile(np.arange(5.0)[:, None], (1, 3))
    assert kendall_w(same).w == pytest.approx(1)
    tied = np.array(
        [
            [1, 2, 5.5],
            [4.5, 3, 4],
            [2, 1, 2],
            [4.5, 5, 2],
            [3, 4, 2],
            [7.5, 6, 5.5],
            [6, 7.5, 7],
            [9, 9, 9],
            [7.5, 7.5, 8],
            [10, 10, 10],
        ]
    )
    sums = tied.sum(axis=1)
    ties = 2 * (2**3 - 2) + (2**3 - 2) + (2**3 - 2) + (3**3 - 3)
    by_hand = 12 * ((sums - sums.mean()) ** 2).sum() / (9 * 990 - 3 * ties)
    found = kendall_w(tied)
    assert found.w == pytest.approx(by_hand, abs=1e-12)
    assert 0 < found.p < 0.01


@given(st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12))
def test_mean_ranks_count_who_is_below(values):
    found = mean_ranks(np.array(values))
    expected = [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]
    assert found.tolist() == expected


def test_components_agree_with_the_correlations_of_a_complete_table():
    fit = fit_fair(
        collect((i, j, value) for i, row in enumerate(SHROUT_FLEISS) for j, value in enumerate(row))
    )
    found, complete = components(fit), icc(SHROUT_FLEISS)
    assert found.k == 4
    assert found.single == pytest.approx(complete.icc_2_1, abs=1e-6)
    assert found.mean == pytest.approx(complete.icc_2_k, abs=1e-6)
    assert found.adjusted == pytest.approx(complete.icc_3_k, abs=1e-6)
    assert predict_reliability(found.single, 4) == pytest.approx(found.mean)
    single = fit_fair(collect([("a", "x", 1.0), ("b", "x", 2.0)]))
    assert math.isnan(components(single).single)
    alone = fit_fair(collect([("a", "x", 1.0), ("a", "y", 2.0), ("a", "z", 4.0)]))
    assert math.isnan(components(alone).single)

"""How well a panel can tell strictness from quality."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovate.scoring.domain.assignment.linkage import (
    count_components,
    divide_linked,
    find_groups,
    measure_efficiency,
)
from innovate.scoring.domain.assignment.words import find_words, match_keywords, parse_keywords


def test_groups_that_share_no_ballot_are_counted():
    assert count_components([(1, 2), (2, 3), (7, 7), (8, 9)]) == 3
    assert count_components([]) == 0
    assert divide_linked([(8, 9), (2, 3), (1, 2), (7, 7)]) == [{1, 2, 3}, {7}, {8, 9}]
    seated = np.array([[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0]], bool)
    assert find_groups(seated).tolist() == [0, 1, 1, -1]


def test_a_panel_where_everybody_judges_everything_loses_nothing():
    assert measure_efficiency(np.ones((6, 3), bool), 3) == pytest.approx(1)


def test_a_balanced_block_design_has_its_textbook_efficiency():
    """Every two of three jurors share one entry: v = 3 blocks of k = 2, E = v(k-1)/(k(v-1)) = 3/4 for jurors.

    Entries (the blocks) are symmetric to jurors here, so they have the same.
    """
    seated = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]], bool)
    assert measure_efficiency(seated, 2) == pytest.approx(0.75)


def test_separate_groups_cannot_be_compared():
    assert measure_efficiency(np.array([[1, 1, 0, 0], [0, 0, 1, 1]], bool), 2) == 0


@settings(max_examples=60)
@given(st.integers(2, 10), st.integers(2, 6), st.integers(0, 10**6))
def test_it_is_what_least_squares_on_all_ballots_gives(n, m, seed):
    """The formula against the plain two-way model: one row a ballot, one column an entry and a juror."""
    rng = np.random.default_rng(seed)
    seated = rng.random((n, m)) < 0.6
    seated[np.arange(n), rng.integers(0, m, n)] = True
    if find_groups(seated).max() > 0:
        return
    ideas, jurors = np.nonzero(seated)
    design = np.zeros((len(ideas), n + m))
    design[np.arange(len(ideas)), ideas] = design[np.arange(len(ideas)), n + jurors] = 1
    spread = np.linalg.pinv(design.T @ design)
    pairs = [spread[a, a] + spread[b, b] - 2 * spread[a, b] for a in range(n) for b in range(a)]
    assert measure_efficiency(seated, 2) == pytest.approx((2 / 2) / np.mean(pairs), rel=1e-6)


def test_keywords_are_found_as_whole_words_in_any_spelling():
    keywords = parse_keywords("Air bersih; LOKET,, Kota-Pintar\nair  Bersih")
    assert keywords == ["air bersih", "loket", "kota-pintar"]
    text = "Layanan air  bersih bagi kota-pintar; loketnya dikunci."
    assert match_keywords(text, keywords) == {"air bersih", "kota-pintar"}
    assert find_words("") == parse_keywords(" ,; ") == []

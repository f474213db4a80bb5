"""Abilities against an oracle, against another implementation, and what must always hold."""

import json
from pathlib import Path

import choix
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.pairwise.domain.bradley_terry import (
    Comparisons,
    NotConnected,
    count_islands,
    fit_map,
    fit_ml,
    is_strongly_connected,
)
from innovate.pairwise.domain.files import Notice, rank_votes

ORACLE = json.loads(
    (Path(__file__).parents[2] / "oracles" / "bradley_terry_citations.json").read_text(encoding="utf-8")
)


def citations():
    names, table = ORACLE["names"], ORACLE["data"]
    return [(names[i], names[j], table[i][j]) for i in range(len(names)) for j in range(len(names)) if i != j]


def test_journal_citations_agree_with_the_published_fit():
    ranking = rank_votes(citations())
    found = {row.item: row for row in ranking.items}
    zero = found["Biometrika"].ability
    for name, ability in ORACLE["expected_log_ability"].items():
        assert found[name].ability - zero == pytest.approx(ability, abs=ORACLE["tolerance"])
    for name, error in ORACLE["expected_se_vs_biometrika"].items():
        assert found[name].se_to_first == pytest.approx(error, abs=ORACLE["tolerance"])
    assert found["Biometrika"].se_to_first == 0
    assert sum(row.ability for row in ranking.items) == pytest.approx(0, abs=1e-12)
    assert {row.item: row.rank for row in ranking.items} == {
        "JRSS-B": 1,
        "Biometrika": 2,
        "JASA": 3,
        "Comm Statist": 4,
    }
    assert ranking.notices == ()


def test_maximum_likelihood_agrees_with_choix():
    pairs = [(0, 1), (1, 0), (1, 2), (2, 3), (3, 1), (0, 3), (3, 0), (2, 0), (0, 2), (0, 2)]
    theirs = choix.ilsr_pairwise(4, pairs)
    assert fit_ml(Comparisons.of(4, pairs)).ability == pytest.approx(theirs - theirs.mean(), abs=1e-6)


def test_the_most_probable_abilities_agree_with_choix():
    pairs = [(0, 1), (0, 2), (1, 2), (3, 0), (0, 4)]
    theirs = choix.opt_pairwise(5, pairs, alpha=1 / 8)  # choix takes alpha times the squares off
    assert fit_map(Comparisons.of(5, pairs), variance=4.0).ability == pytest.approx(theirs, abs=1e-5)


def test_who_never_lost_has_no_finite_ability_but_a_probable_one():
    pairs = [(0, 1), (1, 2), (2, 1)]
    with pytest.raises(NotConnected):
        fit_ml(Comparisons.of(3, pairs))
    ranking = rank_votes([("A", "B", 1), ("B", "C", 1), ("C", "B", 1)])
    assert ranking.notices == (Notice.PRIOR,)
    assert [row.rank for row in ranking.items] == [1, 2, 3] or ranking.items[0].rank == 1
    assert all(np.isfinite([row.ability, row.se_to_first]).all() for row in ranking.items)


def test_a_count_of_nought_connects_nothing():
    assert not is_strongly_connected(Comparisons.of(2, [(0, 1), (1, 0)], [3, 0]))
    assert is_strongly_connected(Comparisons.of(2, [(0, 1), (1, 0)], [3, 1]))


@pytest.mark.parametrize("rows", [[], [("A", "A", 1)], [("A", "B", -1)], [("A", "B", float("nan"))]])
def test_rows_that_mean_nothing_are_refused(rows):
    with pytest.raises(ValueError, match=r"no comparisons|itself|below 0"):
        rank_votes(rows)


def test_equal_abilities_share_a_rank():
    ranking = rank_votes(
        [("A", "B", 2), ("B", "A", 2), ("A", "C", 1), ("C", "A", 1), ("B", "C", 1), ("C", "B", 1)]
    )
    assert [row.rank for row in ranking.items] == [1, 1, 1]


def test_islands_are_what_no_comparison_joins():
    assert count_islands(5, [(0, 1), (2, 1), (3, 4)]) == 2
    assert count_islands(3, []) == 3
    assert count_islands(0, []) == 0


votes = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1]), max_size=40
)


@given(votes, st.randoms())
def test_the_order_of_votes_does_not_matter_and_the_slope_at_the_fit_is_level(pairs, luck):
    fit = fit_map(Comparisons.of(6, pairs))
    mixed = list(pairs)
    luck.shuffle(mixed)
    assert fit_map(Comparisons.of(6, mixed)).ability == pytest.approx(fit.ability, abs=1e-7)
    slope = -fit.ability / 4.0
    for winner, loser in pairs:
        surprise = 1 / (1 + np.exp(fit.ability[winner] - fit.ability[loser]))
        slope[winner] += surprise
        slope[loser] -= surprise
    assert np.abs(slope).max() < 1e-7
    assert np.linalg.eigvalsh(fit.covariance).min() > 0


@given(votes)
def test_counting_a_pair_twice_is_saying_it_twice(pairs):
    doubled = Comparisons.of(6, pairs, [2.0] * len(pairs))
    assert fit_map(doubled).ability == pytest.approx(fit_map(Comparisons.of(6, pairs * 2)).ability, abs=1e-7)


@given(votes)
def test_likelihood_has_a_maximum_exactly_where_the_graph_is_strongly_connected(pairs):
    import networkx as nx

    graph = nx.DiGraph(pairs)
    graph.add_nodes_from(range(6))
    made = Comparisons.of(6, pairs)
    assert is_strongly_connected(made) == nx.is_strongly_connected(graph)
    assert count_islands(6, pairs) == nx.number_weakly_connected_components(graph)


def test_a_landslide_of_ten_thousand_to_one_is_fitted():
    fit = fit_ml(Comparisons.of(2, [(0, 1), (1, 0)], [10_000, 1]))
    assert fit.ability[0] - fit.ability[1] == pytest.approx(np.log(10_000), abs=1e-6)

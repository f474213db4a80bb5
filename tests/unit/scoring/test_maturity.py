"""The index of maturity: the worked table of docs/algorithms/iga.md, its edges, and rules that always hold."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.services.templates import load_templates
from innovate.scoring.domain.maturity import (
    claimed_level,
    find_band,
    find_band_problem,
    highest,
    mean_levels,
    stand,
    weigh,
)

BANDS = [
    {"name": "Sangat Inovatif", "above": 60},
    {"name": "Inovatif", "from": 35},
    {"name": "Kurang Inovatif"},
]


@dataclass(frozen=True)
class Scale:
    weight: int
    maximum: int = 3


def national():
    criteria = load_templates()["iga"].rubrics[0]["criteria"]
    return {number: Scale(c["weight"], c["max"]) for number, c in enumerate(criteria)}


def test_the_national_set_has_twenty_indicators_and_reaches_111():
    indicators = national()
    assert [i.weight for i in indicators.values()] == [
        3,
        2,
        2,
        2,
        1,
        2,
        1,
        1,
        1,
        1,
        1,
        1,
        2,
        1,
        2,
        3,
        2,
        3,
        2,
        4,
    ]
    assert highest(indicators.values()) == 111
    assert weigh(indicators, dict.fromkeys(indicators, Fraction(3))) == 111
    assert load_templates()["iga"].rubrics[0]["index"]["bands"] == BANDS


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (0, "Kurang Inovatif"),
        (34, "Kurang Inovatif"),
        (Fraction("34.99"), "Kurang Inovatif"),
        (35, "Inovatif"),
        (60, "Inovatif"),
        (Fraction("60.01"), "Sangat Inovatif"),
        (61, "Sangat Inovatif"),
        (111, "Sangat Inovatif"),
    ],
)
def test_predicates_at_their_edges(points, band):
    assert find_band(BANDS, Fraction(points)) == band


def test_the_worked_table():
    """Four indicators of the national set: weights 3, 2, 1, 4; levels 2, 3, 0, 1."""
    indicators = {1: Scale(3), 2: Scale(2), 3: Scale(1), 4: Scale(4)}
    said = stand(indicators, {1: Fraction(2), 2: Fraction(3), 3: Fraction(0), 4: Fraction(1)}, BANDS)
    assert (said.points, said.highest, said.band, said.is_whole) == (16, 30, "Kurang Inovatif", True)
    two = mean_levels([{1: 2, 2: 3}, {1: 3, 2: 3}])
    assert weigh(indicators, two) == Fraction("13.5")
    assert not stand(indicators, two, BANDS).is_whole


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_higher_levels_never_lose_points_and_the_mean_of_ballots_is_the_mean_of_their_points(rows):
    indicators = {n: Scale(weight) for n, (weight, _a, _b) in enumerate(rows)}
    one, two = ({n: Fraction(row[i]) for n, row in enumerate(rows)} for i in (1, 2))
    mean = mean_levels([one, two])
    assert weigh(indicators, mean) == (weigh(indicators, one) + weigh(indicators, two)) / 2
    most = {n: max(one[n], two[n]) for n in indicators}
    assert weigh(indicators, one) <= weigh(indicators, most) <= highest(indicators.values())


@pytest.mark.parametrize(
    ("bands", "problem"),
    [
        (BANDS, None),
        ([{"name": "Semua"}], None),
        ([], "rest"),
        ([{"name": "A", "above": 60}], "rest"),
        ([{"name": "A"}, {"name": "B"}], "rest"),
        ([{"name": "A", "above": 60, "from": 50}, {"name": "B"}], "edges"),
        ([{"name": "A", "from": 35}, {"name": "B", "above": 60}, {"name": "C"}], "order"),
    ],
)
def test_bands_that_can_be_used(bands, problem):
    assert find_band_problem(bands) == problem


def test_every_point_has_one_predicate():
    for points, offset in product(range(112), (Fraction(0), Fraction(1, 2))):
        assert find_band(BANDS, points + offset)


def test_a_claim_is_the_place_of_the_choice():
    options = ["0 - Belum ada", "1 - Ada"]
    assert claimed_level(options, "1 - Ada") == 1
    assert claimed_level(options, "2 - Lain") is None

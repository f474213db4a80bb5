"""N-gain with its guards: the table of docs/algorithms/n-gain.md, and what holds for every pair."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.quizzes.domain.gain import (
    GainClass,
    NoGain,
    Pair,
    classify,
    compare,
    gain,
    summarise,
)
from innovate.quizzes.queries.results import cover

TABLE = Path("docs/algorithms/n-gain.md").read_text()
NAMES = {"tinggi": GainClass.HIGH, "sedang": GainClass.MEDIUM, "rendah": GainClass.LOW}
HALF = Fraction(1, 2)
SHARES = st.fractions(0, 1, max_denominator=60)


def rows() -> list[list[str]]:
    section = TABLE.partition("## Known answers")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if re.match(r"\| *[\d–]", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def share(points: str, most: str) -> Fraction | None:
    return None if points == "–" else Fraction(points) / Fraction(most)


def test_the_table_is_read() -> None:
    assert len(rows()) >= 12


@pytest.mark.parametrize(("pre", "post", "most", "value", "word"), rows())
def test_known_answers(pre: str, post: str, most: str, value: str, word: str) -> None:
    found = gain(share(pre, most), share(post, most))
    if value == "–":
        assert (
            found is {"penuh": NoGain.FULL, "tanpa awal": NoGain.NO_PRE, "tanpa akhir": NoGain.NO_POST}[word]
        )
    else:
        assert found == Fraction(value)
        assert classify(found) is NAMES[word]


@given(SHARES, SHARES)
def test_at_most_one_and_never_a_crash(pre: Fraction, post: Fraction) -> None:
    found = gain(pre, post)
    if pre == 1:
        assert found is NoGain.FULL
        return
    assert isinstance(found, Fraction)
    assert found <= 1
    assert (found < 0) == (post < pre)
    assert (found == 1) == (post == 1)


@given(SHARES, SHARES, SHARES)
def test_more_after_is_more_gain_and_more_before_is_less(a: Fraction, b: Fraction, c: Fraction) -> None:
    low, high = sorted((b, c))
    if a < 1:
        assert gain(a, low) <= gain(a, high)
    if high < 1:
        assert gain(low, a) >= gain(high, a)


@given(st.lists(st.tuples(SHARES | st.none(), SHARES | st.none()), max_size=12))
def test_a_group_counts_everybody_once(pairs: list[tuple[Fraction | None, Fraction | None]]) -> None:
    found = summarise([Pair(*pair) for pair in pairs])
    neither = sum(pair == (None, None) for pair in pairs)
    assert found.paired + found.only_pre + found.only_post + neither == len(pairs)
    assert found.counted + found.full == found.paired
    assert sum(found.classes.values()) == found.counted
    if found.counted:
        gains = [gain(*pair) for pair in pairs if None not in pair and pair[0] < 1]
        assert found.mean_gain == sum(gains) / len(gains)


def test_both_ways_to_speak_of_a_group() -> None:
    found = summarise(
        [
            Pair(Fraction(1, 2), Fraction(3, 4)),
            Pair(Fraction(9, 10), Fraction(9, 10)),
            Pair(Fraction(1), Fraction(1)),
        ]
    )
    assert found.mean_gain == Fraction(1, 4)  # (1/2 + 0) / 2: who was full has none
    assert found.of_means == (Fraction(265, 300) - Fraction(4, 5)) / (1 - Fraction(4, 5))
    assert (found.paired, found.counted, found.full) == (3, 2, 1)


def test_a_group_full_from_the_start_has_no_gain() -> None:
    found = summarise([Pair(Fraction(1), Fraction(1)), Pair(Fraction(1), Fraction(1, 2))])
    assert found.mean_gain is None
    assert found.of_means is NoGain.FULL
    assert found.difference.mean == Fraction(-1, 4)


def test_the_interval_is_students() -> None:
    found = compare([Fraction(1, 10), Fraction(2, 10), Fraction(3, 10)])  # sd 0.1, t(2) = 4.302653
    assert found.mean == Fraction(1, 5)
    assert found.low == pytest.approx(0.2 - 4.302653 * 0.1 / 3**0.5, abs=1e-6)
    assert found.high == pytest.approx(0.2 + 4.302653 * 0.1 / 3**0.5, abs=1e-6)


def test_one_person_has_no_interval() -> None:
    assert compare([Fraction(1, 3)])[2:] == (None, None)


@given(st.lists(SHARES, min_size=2, max_size=20))
def test_the_interval_holds_the_mean(values: list[Fraction]) -> None:
    found = compare(values)
    assert found.low <= float(found.mean) <= found.high


def test_a_mean_gain_of_few_and_a_class_of_few_are_covered() -> None:
    full, low, high = Pair(Fraction(1), Fraction(1)), Pair(HALF, HALF), Pair(HALF, Fraction(1))
    lonely = cover(summarise([*[full] * 5, low]))
    assert (lonely.paired, lonely.mean_gain, lonely.counted, lonely.full, lonely.classes) == (
        6,
        None,
        0,
        0,
        {},
    )
    mixed = cover(summarise([*[high] * 6, low]))
    assert mixed.mean_gain == Fraction(6, 7)
    assert mixed.classes == {GainClass.HIGH: None, GainClass.MEDIUM: 0, GainClass.LOW: None}
    plain = cover(summarise([high] * 5 + [low] * 5))
    assert plain.classes == {GainClass.HIGH: 5, GainClass.MEDIUM: 0, GainClass.LOW: 5}

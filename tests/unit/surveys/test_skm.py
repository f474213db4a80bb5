"""The index of satisfaction: the numbers of docs/algorithms/skm.md, and what must hold for any answers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.surveys.domain.skm import ELEMENTS, classify, compute, half_up

ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(ELEMENTS, st.integers(1, 4))), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("100.00", "A"),
        ("88.31", "A"),
        ("88.30", "B"),
        ("87.75", "B"),
        ("76.61", "B"),
        ("76.60", "C"),
        ("65.00", "C"),
        ("64.99", "D"),
        ("25.00", "D"),
    ],
)
def test_class_of_an_index(value: str, grade: str) -> None:
    assert classify(Decimal(value)) == grade


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (Fraction(61115, 1000), "61.12"),
        (Fraction(1, 3), "0.33"),
        (Fraction(5, 1000), "0.01"),
        (Fraction(3), "3.00"),
    ],
)
def test_half_goes_up(value: Fraction, read: str) -> None:
    assert str(half_up(value)) == read


def test_the_worked_table() -> None:
    totals = {"u1": 35, "u2": 36, "u3": 33, "u4": 39, "u5": 35, "u6": 36, "u7": 37, "u8": 31, "u9": 34}
    rows = [{key: total // 10 + (n < total % 10) for key, total in totals.items()} for n in range(10)]
    index = compute(rows)
    assert index is not None
    assert {key: str(value) for key, value in index.shown.items()} == {
        key: f"{total / 10:.2f}" for key, total in totals.items()
    }
    assert (index.value, index.grade, index.n) == (Decimal("87.78"), "B", 10)


def test_a_mean_that_is_exactly_87_75_is_b() -> None:
    rows = [dict.fromkeys(ELEMENTS, 4) for _ in range(51)] + [dict.fromkeys(ELEMENTS, 3) for _ in range(49)]
    index = compute(rows)
    assert index is not None
    assert (index.value, index.grade) == (Decimal("87.75"), "B")


def test_each_element_counts_those_who_answered_it() -> None:
    index = compute([{**dict.fromkeys(ELEMENTS, 2)}, {"u1": 4}])
    assert index is not None
    assert index.means["u1"] == 3
    assert index.value == half_up((Fraction(3) + 8 * 2) / 9 * 25)


def test_an_element_nobody_answered_leaves_no_index() -> None:
    assert compute([dict.fromkeys(ELEMENTS[:8], 4)]) is None
    assert compute([]) is None


@given(ROWS)
def test_it_lies_between_its_worst_and_best_answer_whatever_the_order(rows) -> None:
    index = compute(rows)
    assert index is not None
    values = [value for row in rows for value in row.values()]
    assert 25 * min(values) <= index.value <= 25 * max(values)
    assert compute(reversed(rows)) == index
    assert index.grade == classify(index.value)


@given(st.integers(1, 4), st.integers(1, 30))
def test_one_answer_of_all_gives_that_answer(level: int, people: int) -> None:
    index = compute([dict.fromkeys(ELEMENTS, level)] * people)
    assert index is not None
    assert index.value == 25 * level

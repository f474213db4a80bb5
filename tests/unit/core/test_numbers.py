"""Numbers out of what anybody may have typed, and how they are rounded to be read."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.core.numbers import LARGEST, read_number, round_half_up
from innovate.core.web.localisation import show_number
from innovate.documents.services.rows import show_score


@given(st.integers(0, LARGEST))
def test_what_a_column_holds_is_read(number):
    assert read_number(str(number)) == number


@pytest.mark.parametrize("text", ["", "²", "①", "٣", "-1", "1.0", " 1", str(LARGEST + 1), "1" * 5000])
def test_anything_else_is_none(text):
    assert read_number(text) is None


@given(st.text())
def test_no_text_breaks_it(text):
    number = read_number(text)
    assert number is None or 0 <= number <= LARGEST


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (75.625, 2, "75.63"),
        (75.62499999999999, 2, "75.63"),  # the same score, added up in another order
        (75.615, 2, "75.62"),
        (Decimal("0.125"), 2, "0.13"),
        (-2.5, 0, "-3"),
        (-0.001, 2, "0.00"),
        (7, 2, "7.00"),
        (1e300, 1, f"{int(Decimal('1e300'))}.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(value, places, text):
    assert str(round_half_up(value, places)) == text


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_stays_none(value):
    assert not round_half_up(value, 2).is_finite()


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_rounding_is_the_one_of_fractions(value, places):
    size = math.floor(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    expected = Fraction(size, 10**places) * (-1 if value < 0 else 1)
    assert Fraction(round_half_up(value, places)) == expected
    assert Fraction(round_half_up(float(value), places)) == expected


@given(st.floats(0, 100))
def test_a_score_reads_the_same_on_a_page_and_on_a_paper(score):
    assert show_number(score, 2) == show_score(score)


def test_as_many_digits_as_a_form_takes_are_shown():
    assert show_number(Decimal("9" * 30)) == ".".join(["999"] * 10)

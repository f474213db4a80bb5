"""Numbers out of what anybody may have typed, and their rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.core.numbers import LARGEST, read_number, round_half_up


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
    ("value", "places", "shown"),
    [
        (88.305, 2, "88.31"),  # its nearest float lies below
        (82.125, 2, "82.13"),
        (87.745, 2, "87.75"),
        (76.605, 2, "76.61"),
        (-0.004, 2, "0.00"),
        (-2.5, 0, "-3"),
        (1e-9, 2, "0.00"),
        (Decimal("64.995"), 2, "65.00"),
    ],
)
def test_a_half_goes_away_from_zero(value, places, shown):
    assert str(round_half_up(value, places)) == shown


@given(st.decimals(-10_000, 10_000, places=6), st.integers(0, 5))
def test_rounding_agrees_with_fractions(value, places):
    """Oracle: the whole number of steps nearest to the exact fraction, a half away from zero."""
    steps = Fraction(value) * 10**places
    nearest = int(abs(steps) + Fraction(1, 2)) * (1 if steps >= 0 else -1)
    assert Fraction(round_half_up(value, places)) * 10**places == nearest

"""Numbers out of what anybody may have typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.core.numbers import LARGEST, read_number


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

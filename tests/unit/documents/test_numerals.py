"""Number words against num2words; decimals and Roman numerals by their properties."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from innovate.documents.domain.numerals import LARGEST, spell, write_decimal, write_roman

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (12, "dua belas"),
        (100, "seratus"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (1_000_000, "satu juta"),
        (1_000_000_000, "satu miliar"),
        (-5, "min lima"),
        (Decimal("88.31"), "delapan puluh delapan koma tiga satu"),
        (Decimal("90.00"), "sembilan puluh koma nol nol"),
        (Decimal("-0.05"), "min nol koma nol lima"),
    ],
)
def test_numbers_are_spelt_as_offices_spell_them(number: int | Decimal, words: str) -> None:
    assert spell(number) == words


@given(st.one_of(st.integers(-LARGEST, LARGEST), st.integers(-20_000, 20_000)))
@example(LARGEST)
@example(1_001_001_001_001)
def test_whole_numbers_are_spelt_as_the_oracle_spells_them(number: int) -> None:
    assert spell(number) == num2words(number, lang="id")


@given(st.integers(0, 10_000), st.text("0123456789", min_size=1, max_size=4))
def test_decimals_are_read_digit_by_digit(whole: int, digits: str) -> None:
    said = " ".join(num2words(int(digit), lang="id") for digit in digits)
    assert spell(Decimal(f"{whole}.{digits}")) == f"{num2words(whole, lang='id')} koma {said}"


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1, Decimal("NaN"), Decimal("Infinity")])
def test_what_cannot_be_spelt_is_refused(number: int | Decimal) -> None:
    with pytest.raises(ValueError, match="beyond"):
        spell(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (88.125, "88,13"),
        (1234567.89, "1.234.567,89"),
        (0, "0,00"),
        (Decimal("99.995"), "100,00"),
        (-1.5, "-1,50"),
    ],
)
def test_decimals_are_written_with_a_comma(number: float | Decimal, text: str) -> None:
    assert write_decimal(number) == text


@given(st.integers(1, 3999))
def test_roman_numerals_can_be_read_back(number: int) -> None:
    values = [ROMAN[sign] for sign in write_roman(number)]
    total = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    assert total == number
    assert not any(sign * 4 in write_roman(number) for sign in "IXC")


@pytest.mark.parametrize("number", [0, 4000])
def test_roman_numerals_have_their_bounds(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        write_roman(number)

"""Days, numbers by a pattern, and verification codes."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from innovate.documents.domain.codes import ALPHABET, LENGTH, check_of, new_code, read_code, show_code
from innovate.documents.domain.dates import spell_date, write_date, write_weekday
from innovate.documents.domain.numbering import FIELDS, PATTERN, find_fault, write_number

BODIES = st.text(ALPHABET[:-1], min_size=LENGTH - 1, max_size=LENGTH - 1)


def test_a_date_in_words_is_that_of_a_berita_acara() -> None:
    words = "Jumat tanggal dua puluh tujuh bulan November tahun dua ribu dua puluh enam"
    assert spell_date(date(2026, 11, 27)) == words
    assert spell_date(date(2026, 3, 1)) == "Minggu tanggal satu bulan Maret tahun dua ribu dua puluh enam"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_days_are_named_as_babel_names_them(day: date) -> None:
    assert write_weekday(day) == format_date(day, "EEEE, d MMMM y", locale="id")
    assert write_date(day) == format_date(day, "d MMMM y", locale="id")


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (PATTERN, None),
        ("B/{nomor}/PP.00.05/{tahun}", None),
        (" ", "empty"),
        ("{nomor}/{tahun}" + "x" * 80, "long"),
        ("{nomor}/{hari}/{tahun}", "unknown:hari"),
        ("{nomor}/{tahun}/{", "brace"),
        ("{kode}/{tahun}", "missing:nomor"),
        ("{nomor}/{kode}", "missing:tahun"),
        ("{}/{nomor}/{tahun}", "unknown:"),
    ],
)
def test_a_pattern_that_cannot_number_papers_is_found(pattern: str, fault: str | None) -> None:
    assert find_fault(pattern) == fault


def test_a_number_has_its_month_in_roman_numerals() -> None:
    found = write_number(PATTERN, number=12, code="BA", unit="ORG", day=date(2026, 11, 27))
    assert found == "012/BA/ORG/XI/2026"


@given(
    st.lists(st.sampled_from([f"{{{name}}}" for name in FIELDS]) | st.text("aZ/.-", max_size=4)), st.data()
)
def test_two_numbers_by_a_good_pattern_are_never_the_same(parts: list[str], data: st.DataObject) -> None:
    pattern = "/".join(["{nomor}", *parts, "{tahun}"])
    if find_fault(pattern) is not None:
        return
    one, other = data.draw(st.lists(st.integers(1, 10_000), min_size=2, max_size=2, unique=True))
    day = date(2026, 11, 27)
    numbers = {write_number(pattern, number=n, code="X", unit="Y", day=day) for n in (one, other)}
    assert len(numbers) == 2


def test_new_codes_can_be_read_as_they_are_printed() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert read_code(show_code(code)) == read_code(f" {show_code(code).lower()} ") == code


@given(BODIES, st.data())
def test_a_slip_of_one_character_or_two_neighbours_is_found(body: str, data: st.DataObject) -> None:
    check = check_of(body)
    if check == "#":
        return
    code = body + check
    at = data.draw(st.integers(0, LENGTH - 1))
    sign = data.draw(st.sampled_from(ALPHABET[:-1]))
    if sign != code[at]:
        assert read_code(code[:at] + sign + code[at + 1 :]) is None
    if at + 1 < LENGTH and code[at] != code[at + 1]:
        assert read_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :]) is None


@pytest.mark.parametrize("text", ["", "ABCD", "0000-0000-0000-0000", "x" * 500, "ÄBCD-EFGH-JKMN-PQRS"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None

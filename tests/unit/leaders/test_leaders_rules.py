"""Years, classes, kecamatan and shapes of the leaders' page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.accounts.models import UnitKind
from innovate.leaders.domain.classes import UnitClass, class_of, read_class
from innovate.leaders.domain.districts import COLUMNS, ROWS, find_district, find_tile
from innovate.leaders.domain.shapes import Bar, Picture
from innovate.leaders.domain.years import MOST_YEARS, change, choose_year, choose_years, share
from innovate.leaders.words import CLASSES


def test_every_kind_of_unit_has_a_class_with_a_name() -> None:
    found = {kind: class_of(kind.value) for kind in UnitKind}
    assert set(found.values()) == set(UnitClass) == set(CLASSES)
    assert found[UnitKind.DINAS] is found[UnitKind.BAGIAN] is UnitClass.OFFICE
    assert found[UnitKind.PUSKESMAS] is found[UnitKind.RSUD] is UnitClass.SERVICE


def test_an_address_asks_for_a_class_or_for_all() -> None:
    assert read_class("kelurahan") is UnitClass.WARD
    assert read_class("") is read_class("dinas") is read_class("KELURAHAN") is None


@pytest.mark.parametrize(
    ("found", "this_year", "chosen"),
    [
        ((), 2026, ()),
        ((2026, 2024, 2024), 2026, (2024, 2026)),
        ((2026, 2027), 2026, (2026,)),  # a competition of next year is announced already
        (range(2015, 2027), 2026, (2022, 2023, 2024, 2025, 2026)),
    ],
)
def test_the_last_years_with_something_in_them_are_compared(found, this_year, chosen) -> None:
    assert choose_years(found, this_year) == chosen


@given(st.sets(st.integers(1990, 2100), max_size=12), st.integers(1990, 2100))
def test_years_are_in_order_few_and_not_to_come(found, this_year) -> None:
    years = choose_years(found, this_year)
    assert list(years) == sorted(set(years))
    assert len(years) <= MOST_YEARS
    assert all(year in found and year <= this_year for year in years)


@given(st.text(max_size=8))
def test_whatever_an_address_says_a_year_is_one_of_those(text) -> None:
    assert choose_year(text, (2024, 2026)) in {2024, 2026}
    assert choose_year(text, ()) is None


def test_a_year_that_is_there_is_taken() -> None:
    assert choose_year("2024", (2024, 2026)) == 2024
    assert choose_year("2025", (2024, 2026)) == 2026
    assert choose_year("20245", (2024, 2026)) == 2026


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (3, 3, 100)],
)
def test_shares_are_whole_percent_half_up(part, whole, percent) -> None:
    assert share(part, whole) == percent


def test_change_needs_both_years() -> None:
    assert change(3, 5) == 2
    assert change(None, 5) is change(3, None) is None


def test_each_kecamatan_of_the_city_has_a_tile_of_its_own() -> None:
    names = [
        f"Kecamatan Pontianak {name}" for name in ("Utara", "Barat", "Kota", "Timur", "Selatan", "Tenggara")
    ]
    tiles = [find_tile(name) for name in names]
    assert len(set(tiles)) == 6
    assert all(tile and tile[0] < COLUMNS and tile[1] < ROWS for tile in tiles)
    assert find_tile("Kecamatan Sungai Raya") is find_tile("") is None


def test_a_unit_lies_in_the_kecamatan_above_it() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: None, 5: 6, 6: 5}
    districts = frozenset({1})
    assert [find_district(key, parents, districts) for key in (1, 2, 3, 4, 5, 99)] == [
        1,
        1,
        1,
        None,
        None,
        None,
    ]


def test_the_table_of_a_picture_holds_the_texts_that_are_drawn() -> None:
    rows = (Bar("A", 3.0, "3"), Bar("B", None, "disembunyikan", note="kurang dari lima"))
    picture = Picture("bars", "Contoh", ("Unit", "Tim"), rows)
    assert picture.table == [("A", "3"), ("B", "disembunyikan")]
    assert picture.top == 3
    assert Picture("table", "Contoh", ("A", "B", "C"), rows).table[1] == (
        "B",
        "disembunyikan",
        "kurang dari lima",
    )
    assert Picture("bars", "Kosong", ("Unit", "Tim"), ()).top == 1

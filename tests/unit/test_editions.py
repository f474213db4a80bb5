"""Sheets of past entries: columns guessed, units matched, every wrong cell named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.editions.domain.columns import MEANINGS, guess_columns
from innovate.editions.domain.planning import Code, Reading, make_plan
from innovate.editions.domain.ranks import read_rank
from innovate.editions.domain.units import UnitName, UnitNames
from innovate.editions.words import MEANINGS as WORDS
from innovate.editions.words import say_fault, say_place

UNITS = UnitNames(
    [
        UnitName(1, "disdukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil"),
        UnitName(2, "kel-siantan-hulu", "Kelurahan Siantan Hulu"),
        UnitName(3, "kel-siantan-hilir", "Kelurahan Siantan Hilir"),
        UnitName(4, "pkm-a", "Puskesmas Alianyang", "PKM"),
        UnitName(5, "pkm-b", "Puskesmas Saigon", "PKM"),
    ]
)
COLUMNS = {0: "edition", 1: "year", 2: "title", 3: "unit", 4: "rank"}


def plan(*rows, **reading):
    table = [(1, ["a"] * 5), *((n, list(cells)) for n, cells in enumerate(rows, 2))]
    return make_plan(
        table, Reading(reading.pop("columns", COLUMNS), **reading), UNITS, reading.pop("known", ())
    )


def test_columns_are_guessed_by_their_titles_once_each():
    titles = ["No", "Tahun", "Nama Inovasi", "Perangkat Daerah", "OPD", "Juara", "RINGKASAN:", "Lain"]
    assert guess_columns(titles) == {1: "year", 2: "title", 3: "unit", 5: "award", 6: "summary"}
    assert guess_columns([]) == {}
    assert set(WORDS) == set(MEANINGS)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Disdukcapil", "disdukcapil"),
        ("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "disdukcapil"),
        ("kel_siantan_hulu", "kel-siantan-hulu"),
        ("Kelurahan  Siantan-Hilir.", "kel-siantan-hilir"),
        ("PKM", None),
        ("Dinas Lain", None),
        ("", None),
    ],
)
def test_units_are_known_by_code_name_and_short_name(written, code):
    found = UNITS.find(written)
    assert (found and found.code) == code


def test_what_a_name_may_have_meant_is_suggested():
    assert next(u.id for u in UNITS.suggest("Dinas Kependudukan & Pencatatan Sipil")) == 1
    assert {u.id for u in UNITS.suggest("Siantan")} == {2, 3}
    assert UNITS.suggest("Zoologi") == []


def test_a_sound_sheet_becomes_entries():
    found = plan(["Lomba", "2024", "PECI  HAJI", "Disdukcapil", "Juara 1"], ["Lomba", "2024", "B", "", "-"])
    assert found.faults == []
    one, two = found.entries
    assert (one.title, one.year, one.unit_id, one.unit_name, one.rank) == (
        "PECI HAJI",
        2024,
        1,
        "Disdukcapil",
        1,
    )
    assert (two.unit_id, two.rank, two.row) == (None, None, 3)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (["", "2024", "A", "", ""], 0, Code.MISSING),
        (["L", "", "A", "", ""], 1, Code.MISSING),
        (["L", "24", "A", "", ""], 1, Code.YEAR),
        (["L", "1850", "A", "", ""], 1, Code.YEAR),
        (["L", "2024", " ", "", ""], 2, Code.MISSING),
        (["L", "2024", "A" * 201, "", ""], 2, Code.LONG),
        (["L", "2024", "A", "Dinas Entah", ""], 3, Code.UNKNOWN_UNIT),
        (["L", "2024", "A", "", "pertama"], 4, Code.RANK),
        (["L", "2024", "A", "", "0"], 4, Code.RANK),
    ],
)
def test_a_wrong_cell_is_named(row, column, code):
    (fault,) = plan(row).faults
    assert (fault.row, fault.column, fault.code) == (2, column, code)
    assert say_place(fault) == "ABCDE"[column] + "2"
    assert say_fault(fault)


def test_a_sheet_needs_edition_year_and_title():
    found = plan(["A"], columns={0: "title"})
    assert [(f.code, f.value) for f in found.faults] == [
        (Code.NO_COLUMN, "edition"),
        (Code.NO_COLUMN, "year"),
    ]
    assert plan(["A"], columns={0: "title"}, edition="Lomba", year="2024").faults == []
    assert [f.code for f in plan().faults] == [Code.EMPTY]
    assert say_place(found.faults[0]) == "1"


def test_the_same_entry_twice_is_a_fault_whatever_its_case():
    found = plan(["L", "2024", "Satu", "", ""], ["l", "2024", "SATU", "", ""], ["L", "2023", "Satu", "", ""])
    assert [(f.row, f.code) for f in found.faults] == [(3, Code.TWICE)]


def test_names_of_units_wait_for_a_choice():
    row = ["L", "2024", "A", "Dinas Entah", ""]
    assert plan(row).strange == {"Dinas Entah": 1}
    assert plan(row, units={"Dinas Entah": "disdukcapil"}).entries[0].unit_id == 1
    kept = plan(row, units={"Dinas Entah": "-"})
    assert (kept.faults, kept.entries[0].unit_id, kept.entries[0].unit_name) == ([], None, "Dinas Entah")


CELL = st.text(max_size=12) | st.sampled_from(["2024", "Juara 1", "Disdukcapil", "", "A"])


@given(st.lists(st.lists(CELL, max_size=7), max_size=8))
def test_whatever_is_typed_each_row_is_read_or_named(rows):
    found = plan(*rows)
    assert all(2 <= fault.row <= len(rows) + 1 for fault in found.faults) or not rows
    if rows and not found.faults:
        assert [entry.row for entry in found.entries] == list(range(2, len(rows) + 2))
        assert all(entry.title and entry.edition and 1990 <= entry.year <= 2100 for entry in found.entries)


@pytest.mark.parametrize(
    ("award", "rank"),
    [
        *[("1", 1), ("Juara I", 1), ("JUARA  2", 2), ("Terbaik Ketiga", 3), ("Pemenang ke-2", 2)],
        *[("Juara III Kategori OPD", 3), ("Juara 1 (Puskesmas)", 1), ("Peringkat 10", 10), ("juara satu", 1)],
        *[("Juara Harapan I", None), ("Juara Favorit", None), ("Inovatif", None), ("X-factor", None)],
        *[("", None), ("-", None), ("0", None), ("12345", None), ("Juara", None)],
    ],
)
def test_an_award_says_its_rank(award, rank):
    assert read_rank(award) == rank

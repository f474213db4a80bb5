"""Importing a table of units: every fault has its row and column; nothing halfway."""

from datetime import date

import pytest

from innovate.accounts.domain.unit_import import CellFault, Fault, UnitRow, parse_date, plan_import

KINDS = {"dinas", "puskesmas", "satpol_pp"}
HEAD = ["Kode", "Nama", "Nama singkat", "Jenis", "Induk", "Berlaku sejak", "Berlaku sampai"]
DINKES = UnitRow("dinkes", "Dinas Kesehatan", "Dinkes", "dinas", None, None, None)
EXISTING = {"dinkes": DINKES}


def plan(*lines, head=HEAD, existing=EXISTING):
    return plan_import([head, *lines], existing, KINDS)


def test_new_changed_and_unchanged_rows_are_told_apart() -> None:
    found = plan(
        ["dinkes", "Dinas Kesehatan", "Dinkes", "dinas", "", "", ""],
        ["PKM-Siantan", "  UPT Puskesmas   Siantan ", "", "Puskesmas", "dinkes", "1/2/2020", "2026-01-31"],
        ["satpol", "Satuan Polisi Pamong Praja", "Satpol PP", "Satpol PP", "", "", ""],
    )
    assert found.faults == []
    assert found.added == {"pkm-siantan", "satpol"}
    assert found.changed == set()
    assert found.rows[1] == UnitRow(
        "pkm-siantan", "UPT Puskesmas Siantan", "", "puskesmas", "dinkes", date(2020, 2, 1), date(2026, 1, 31)
    )
    assert plan(["dinkes", "Dinas Kesehatan Kota", "Dinkes", "dinas", "", "", ""]).changed == {"dinkes"}


def test_a_column_the_file_lacks_stays_as_it_is() -> None:
    kept = UnitRow("dinkes", "Dinas Kesehatan", "Dinkes", "dinas", None, date(2017, 1, 1), None)
    found = plan(
        ["dinkes", "Dinas Kesehatan", "dinas"], head=["code", "name", "kind"], existing={"dinkes": kept}
    )
    assert (found.rows, found.changed) == ([kept], set())


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        (["", "X", "", "dinas", "", "", ""], "Kode", Fault.MISSING),
        (["x", "", "", "dinas", "", "", ""], "Nama", Fault.MISSING),
        (["x", "X", "", "", "", "", ""], "Jenis", Fault.MISSING),
        (["x", "X" * 201, "", "dinas", "", "", ""], "Nama", Fault.TOO_LONG),
        (["x y", "X", "", "dinas", "", "", ""], "Kode", Fault.BAD_CODE),
        (["x", "X", "", "kerajaan", "", "", ""], "Jenis", Fault.UNKNOWN_KIND),
        (["x", "X", "", "dinas", "y", "", ""], "Induk", Fault.UNKNOWN_PARENT),
        (["x", "X", "", "dinas", "x", "", ""], "Induk", Fault.CIRCLE),
        (["x", "X", "", "dinas", "", "31-02-2020", ""], "Berlaku sejak", Fault.BAD_DATE),
        (["x", "X", "", "dinas", "", "2020-01-02", "2020-01-01"], "Berlaku sampai", Fault.DATES_REVERSED),
        (["a", "Kembar", "", "dinas", "", "", ""], "Kode", Fault.DUPLICATE),
    ],
)
def test_each_fault_names_row_and_column(line, column, fault) -> None:
    found = plan(["a", "Unit A", "", "dinas", "", "", ""], [""] * 7, line)
    assert [(each.row, each.column, each.fault) for each in found.faults] == [(4, column, fault)]


def test_a_circle_across_file_and_database_is_found() -> None:
    existing = {**EXISTING, "pkm": UnitRow("pkm", "Puskesmas", "", "puskesmas", "dinkes", None, None)}
    found = plan(["dinkes", "Dinas Kesehatan", "Dinkes", "dinas", "pkm", "", ""], existing=existing)
    assert [each.fault for each in found.faults] == [Fault.CIRCLE]


def test_a_file_without_needed_columns_rows_or_with_too_many() -> None:
    assert plan(["x"], head=["Kode"]).faults == [
        CellFault(1, "name", Fault.NO_COLUMN),
        CellFault(1, "kind", Fault.NO_COLUMN),
    ]
    assert plan().faults == [CellFault(1, "", Fault.EMPTY_FILE)]
    many = plan_import([HEAD, *[["x"] * 7] * 5001], {}, KINDS)
    assert [each.fault for each in many.faults] == [Fault.TOO_MANY]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("31-1-2026", date(2026, 1, 31)),
        ("1.2.2026", date(2026, 2, 1)),
        ("31/02/2026", None),
        ("2026", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(text, found) -> None:
    assert parse_date(text) == found

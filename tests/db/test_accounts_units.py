"""Units: seed, changes, moves, import."""

from datetime import date

import pytest

from innovate.accounts import queries
from innovate.accounts.domain.unit_import import plan_import
from innovate.accounts.models import Unit, UnitKind
from innovate.accounts.services import unit_files
from innovate.accounts.services.units import import_units, save_unit
from innovate.audit.domain.choice import TrailFilter
from innovate.audit.queries import list_entries
from innovate.core.db import db
from innovate.core.errors import Refused
from tests.factories.build import NOW, make_unit, make_user

KINDS = {kind.value for kind in UnitKind}


def values(unit=None, **changes):
    base = {
        "code": "dinkes",
        "name": "Dinas Kesehatan",
        "short_name": "Dinkes",
        "kind": UnitKind.DINAS,
        "parent_id": None,
        "valid_from": None,
        "valid_until": None,
    }
    if unit:
        base = {key: getattr(unit, key) for key in base}
    return {**base, **changes}


def test_the_seed_loads_once_and_leaves_edits_alone(app, db_session) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=["accounts", "load-units"])
    assert first.exit_code == 0, first.output
    total = db.session.query(Unit).count()
    assert first.output == f"{total} units added, 0 were there\n"
    assert total > 80
    unit = queries.get_unit("kel-saigon")
    assert [u.name for _, u in queries.list_units()].count("Kelurahan Saigon") == 1
    assert db.session.get(Unit, unit.parent_id).code == "kec-pontianak-timur"
    unit.name = "Kelurahan Saigon Baru"
    db.session.commit()
    second = runner.invoke(args=["accounts", "load-units"])
    assert second.output == f"0 units added, {total} were there\n"
    assert queries.get_unit("kel-saigon").name == "Kelurahan Saigon Baru"


def test_a_change_is_recorded_with_what_it_changed(db_session) -> None:
    admin = make_user()
    unit = save_unit(None, values(), actor_id=admin.id, at=NOW)
    save_unit(unit, values(unit, name="Dinas Kesehatan Kota"), actor_id=admin.id, at=NOW)
    save_unit(unit, values(unit), actor_id=admin.id, at=NOW)
    entries = [
        (entry.action, detail.values) for entry, detail in list_entries(TrailFilter(kind="unit")).items
    ]
    assert [action for action, _ in entries] == ["unit.update", "unit.create"]
    assert entries[0][1] == {
        "before": {"name": "Dinas Kesehatan"},
        "after": {"name": "Dinas Kesehatan Kota"},
    }


def test_a_unit_cannot_move_below_itself(db_session) -> None:
    top, middle = make_unit(), make_unit()
    middle.parent_id = top.id
    bottom = make_unit(parent_id=middle.id)
    with pytest.raises(Refused) as refused:
        save_unit(top, values(top, parent_id=bottom.id), actor_id=1, at=NOW)
    assert refused.value.field == "parent_id"
    save_unit(bottom, values(bottom, parent_id=top.id), actor_id=make_user().id, at=NOW)
    assert bottom.parent_id == top.id


def test_codes_are_unique_and_dates_in_order(db_session) -> None:
    make_unit(code="dinkes")
    with pytest.raises(Refused) as refused:
        save_unit(None, values(), actor_id=1, at=NOW)
    assert refused.value.field == "code"
    with pytest.raises(Refused) as refused:
        save_unit(
            None,
            values(code="x", valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1)),
            actor_id=1,
            at=NOW,
        )
    assert refused.value.field == "valid_until"


def test_closed_units_are_not_offered_but_kept_by_who_has_them(db_session) -> None:
    old = make_unit(name="Dinas Lama", valid_until=date(2025, 12, 31))
    new = make_unit(name="Dinas Baru", valid_from=date(2026, 1, 1))
    today = date(2026, 11, 23)
    assert [key for key, _ in queries.list_unit_choices(today)] == [new.id]
    assert {key for key, _ in queries.list_unit_choices(today, keep=old.id)} == {old.id, new.id}
    assert [key for key, _ in queries.list_unit_choices(date(2025, 6, 1))] == [old.id]


def test_export_and_import_are_inverse(app, db_session) -> None:
    app.test_cli_runner().invoke(args=["accounts", "load-units"])
    rows = queries.list_unit_rows()
    text = unit_files.write_csv(rows.values())
    plan = plan_import(unit_files.read_table(text.encode(), "unit.csv"), rows, KINDS)
    assert (plan.faults, plan.added, plan.changed) == ([], set(), set())
    db.session.query(Unit).update({"parent_id": None})
    db.session.query(Unit).delete()
    empty = plan_import(unit_files.read_table(text.encode(), "unit.csv"), {}, KINDS)
    assert import_units(empty, actor_id=None, at=NOW) == len(rows)
    assert queries.list_unit_rows() == rows


def test_nothing_is_written_from_a_table_with_a_fault(db_session) -> None:
    table = [["kode", "nama", "jenis"], ["a", "Unit A", "dinas"], ["b", "", "dinas"]]
    plan = plan_import(table, {}, KINDS)
    with pytest.raises(Refused):
        import_units(plan, actor_id=None, at=NOW)
    assert db.session.query(Unit).count() == 0


TABLE = [["kode", "nama", "jenis"], ["dinkes", "Dinas Kesehatan – Kota", "dinas"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_as_spreadsheets_write_them(encoding, delimiter) -> None:
    text = "\r\n".join(delimiter.join(line) for line in TABLE)
    assert unit_files.read_table(text.encode(encoding), "unit.csv") == TABLE


def test_xlsx_is_read_with_dates_and_numbers() -> None:
    import io
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["kode", "nama", "jenis", "mulai"])
    book.active.append(["dinkes", 2026.0, None, datetime(2020, 1, 2)])  # noqa: DTZ001 - a spreadsheet knows no zone
    target = io.BytesIO()
    book.save(target)
    assert unit_files.read_table(target.getvalue(), "unit.xlsx") == [
        ["kode", "nama", "jenis", "mulai"],
        ["dinkes", "2026", "", "2020-01-02"],
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"PK\x03\x04broken", "unit.xlsx"), (b"abc", "unit.xlsx"), (b"\x00\x01\x02", "unit.csv")],
)
def test_what_is_no_table_is_refused(content, name) -> None:
    with pytest.raises(Refused) as refused:
        unit_files.read_table(content, name)
    assert refused.value.field == "file"

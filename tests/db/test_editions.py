"""Past editions brought in from spreadsheets, on both databases."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.editions.models import EditionImport, ImportState, PastEntry, PastPrint
from innovate.editions.queries import editions as queries
from innovate.editions.queries.editions import EntryFilter
from innovate.editions.queries.former import find_past_alike, list_former_wins
from innovate.editions.services import entries as entry_services
from innovate.editions.services import importing as services
from innovate.ideas.domain.similarity.hashes import fingerprint
from tests.factories.build import NOW, make_event, make_unit, make_user

HEAD = [
    "Nama edisi",
    "Tahun",
    "Judul inovasi",
    "Unit kerja",
    "Kelompok",
    "Peringkat",
    "Penghargaan",
    "Ringkasan",
]
STORY = (
    "Petugas loket mencatat nomor antrean warga pada papan tulis setiap pagi sebelum kantor kelurahan dibuka lalu "
    "memotretnya dan mengirim gambar itu ke grup pesan warga sehingga setiap orang mengetahui gilirannya tanpa harus "
    "datang lebih awal dan menunggu di halaman kantor sampai namanya dipanggil oleh petugas yang berjaga hari itu"
)


def sheet(rows, head=HEAD):
    target = io.StringIO()
    csv.writer(target).writerows([head, *rows])
    return target.getvalue().encode()


def row(number, **values):
    given = {"edition": "Lomba Inovasi", "year": "2024", "title": f"Inovasi {number}", "unit": "Dinas Uji"}
    given |= {"group": "A", "rank": "", "award": "", "summary": ""} | values
    return list(given.values())


@pytest.fixture
def keeper(db_session):
    make_unit(name="Dinas Uji", code="dinas-uji")
    return make_user(site_role=SiteRole.ORGANIZER)


def test_three_bad_rows_among_four_thousand_are_named_and_nothing_is_saved(keeper):
    rows = [row(n) for n in range(1, 4001)]
    rows[98][1] = "dua ribu"
    rows[1998][2] = ""
    rows[3998][5] = "pertama"
    found = services.upload_sheet(keeper, "edisi.csv", sheet(rows), at=NOW)
    plan = services.plan_import(queries.get_import(found.public_id))
    assert [(f.row, f.column, f.code, f.value) for f in plan.faults] == [
        (100, 1, "year", "dua ribu"),
        (2000, 2, "missing", ""),
        (4000, 5, "rank", "pertama"),
    ]
    with pytest.raises(Refused):
        services.save_import(keeper, found, at=NOW)
    assert db.session.query(PastEntry).count() == 0
    assert queries.list_editions() == []
    assert queries.get_import(found.public_id).state is ImportState.PENDING


def saved(keeper, rows, head=HEAD):
    found = services.upload_sheet(keeper, "edisi.csv", sheet(rows, head), at=NOW)
    services.save_import(keeper, found, at=NOW)
    return found


def test_an_import_is_saved_searched_and_taken_back(keeper):
    found = saved(keeper, [row(1, award="Juara I", rank="1", summary=STORY), row(2), row(3, year="2023")])
    assert [(r.edition.year, r.entries, r.awarded) for r in queries.list_editions()] == [
        (2024, 2, 1),
        (2023, 1, 0),
    ]
    assert queries.list_editions(public=True) == []
    listed = queries.list_entries(EntryFilter(search="dinas UJI", won=True)).items
    assert [(e.title, e.unit.code, e.rank, e.award) for e in listed] == [
        ("Inovasi 1", "dinas-uji", 1, "Juara I")
    ]
    assert db.session.query(PastPrint).count() > 8
    assert queries.get_import(found.public_id).rows is None
    with pytest.raises(Refused):
        services.undo_import(keeper, found, reason=" ", at=NOW)
    assert services.undo_import(keeper, found, reason="Salah berkas", at=NOW) == 3
    assert queries.list_editions() == []
    assert db.session.query(PastPrint).count() == 0
    assert queries.list_entries(EntryFilter(removed=True)).total == 3
    saved(keeper, [row(1)])  # what was taken back is in nobody's way
    with pytest.raises(Refused):
        services.undo_import(keeper, found, reason="Lagi", at=NOW)


def test_what_is_saved_already_is_a_fault(keeper):
    saved(keeper, [row(1)])
    again = services.upload_sheet(keeper, "edisi.csv", sheet([row(1), row(2), row(2)]), at=NOW)
    plan = services.plan_import(queries.get_import(again.public_id))
    assert [(f.row, f.code) for f in plan.faults] == [(2, "known"), (4, "twice")]


def test_an_unknown_unit_waits_for_a_choice(keeper):
    found = services.upload_sheet(
        keeper, "e.csv", sheet([row(1, unit="Dinas Ujii"), row(2, unit="Luar Kota")]), at=NOW
    )
    plan = services.plan_import(queries.get_import(found.public_id))
    assert [f.code for f in plan.faults] == ["unknown_unit", "unknown_unit"]
    assert [u.code for u in queries.load_unit_names().suggest("Dinas Ujii")] == ["dinas-uji"]
    columns = services.reading_of(found).columns
    with pytest.raises(Refused):
        services.set_reading(
            keeper, found, columns=columns, edition="", year="", units={"Luar Kota": "tidak-ada"}
        )
    chosen = {"Dinas Ujii": "dinas-uji", "Luar Kota": "-"}
    services.set_reading(keeper, found, columns=columns, edition="", year="", units=chosen)
    assert services.save_import(keeper, found, at=NOW) == 2
    entries = queries.list_entries(EntryFilter()).items
    assert [(e.unit and e.unit.code, e.unit_name) for e in entries] == [
        ("dinas-uji", "Dinas Ujii"),
        (None, "Luar Kota"),
    ]


def test_an_edition_may_be_said_once_for_all_rows(keeper):
    head = ["Judul", "OPD", "Juara"]
    found = services.upload_sheet(
        keeper, "e.csv", sheet([["PECI HAJI", "dinas-uji", "Juara I"]], head), at=NOW
    )
    plan = services.plan_import(queries.get_import(found.public_id))
    assert {f.value for f in plan.faults} == {"edition", "year"}
    columns = services.reading_of(found).columns
    services.set_reading(keeper, found, columns=columns, edition="Lomba 2022", year="2022", units={})
    assert services.save_import(keeper, found, at=NOW) == 1


def test_two_columns_cannot_mean_the_same(keeper):
    found = services.upload_sheet(keeper, "e.csv", sheet([row(1)]), at=NOW)
    with pytest.raises(Refused):
        services.set_reading(keeper, found, columns={0: "title", 1: "title"}, edition="", year="", units={})


def test_a_past_entry_is_found_by_its_passages(keeper):
    saved(keeper, [row(1, summary=STORY, award="Juara I"), row(2, summary="Sama sekali lain dan pendek.")])
    (found,) = find_past_alike(fingerprint(f"Kami memulai. {STORY}. Selesai."))
    assert (found.title, found.source, found.is_public) == ("Inovasi 1", "Lomba Inovasi (2024)", False)
    assert found.likeness.containment > 0.8
    entry = queries.list_entries(EntryFilter(won=True)).items[0]
    entry_services.remove_entry(keeper, entry, reason="Salah", at=NOW)
    assert find_past_alike(fingerprint(STORY)) == []
    entry_services.restore_entry(keeper, entry, at=NOW)
    assert len(find_past_alike(fingerprint(STORY))) == 1
    entry_services.set_public(keeper, entry.edition, shown=True, at=NOW)
    assert find_past_alike(fingerprint(STORY))[0].is_public


def test_former_wins_are_those_of_the_units_asked_for(keeper):
    saved(keeper, [row(1, award="Juara I", rank="1"), row(2, award="Favorit", year="2023"), row(3)])
    saved(keeper, [row(4, award="Juara II Kelompok OPD", year="2022")])
    event = make_event()
    unit = queries.load_unit_names().by_code["dinas-uji"].id
    assert [astuple(win) for win in list_former_wins(event, [unit])] == [
        ("Lomba Inovasi", 2024, "Inovasi 1", unit, 1, "Juara I"),
        ("Lomba Inovasi", 2023, "Inovasi 2", unit, 0, "Favorit"),
        ("Lomba Inovasi", 2022, "Inovasi 4", unit, 2, "Juara II Kelompok OPD"),
    ]
    assert list_former_wins(event, [unit + 1]) == []


def test_an_entry_is_changed_with_a_reason(keeper):
    saved(keeper, [row(1)])
    entry = queries.list_entries(EntryFilter()).items[0]
    with pytest.raises(Refused):
        entry_services.change_entry(keeper, entry, {"title": "Lain"}, reason="", at=NOW)
    assert entry_services.change_entry(keeper, entry, {"title": "Lain"}, reason="Ejaan", at=NOW)
    assert not entry_services.change_entry(keeper, entry, {"title": "Lain"}, reason="", at=NOW)


def test_only_keepers_touch_the_archive(keeper):
    found = saved(keeper, [row(1)])
    entry = queries.list_entries(EntryFilter()).items[0]
    nobody = make_user()
    for act in (
        lambda: services.upload_sheet(nobody, "e.csv", sheet([row(2)]), at=NOW),
        lambda: services.undo_import(nobody, found, reason="x", at=NOW),
        lambda: entry_services.remove_entry(nobody, entry, reason="x", at=NOW),
        lambda: entry_services.set_public(nobody, entry.edition, shown=True, at=NOW),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("content", [b"", b"\xff\xfa\x00", b"PK\x03\x04rusak", b"MZ\x90\x00\x03\x00\x00"])
def test_what_is_no_sheet_is_refused(keeper, content):
    with pytest.raises(Refused):
        services.upload_sheet(keeper, "edisi.xlsx", content, at=NOW)
    assert db.session.query(EditionImport).count() == 0


def test_pending_imports_are_forgotten_after_a_week(keeper):
    services.upload_sheet(keeper, "e.csv", sheet([row(1)]), at=NOW - services.KEPT * 2)
    kept = services.upload_sheet(keeper, "e.csv", sheet([row(1)]), at=NOW)
    assert services.forget_imports(at=NOW) == 1
    services.discard_import(keeper, kept)
    assert db.session.query(EditionImport).count() == 0

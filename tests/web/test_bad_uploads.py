"""Uploads that are wrong or mean harm: a message with the place, and nothing half done."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import func, select

from innovate.accounts.models import SiteRole, Unit
from innovate.core.db import db
from innovate.editions.models import EditionImport, PastEntry
from innovate.events.models import SavedTemplate
from innovate.intake.models import ScoreImport
from tests.factories.build import make_event, make_round, make_user
from tests.support.pages import fields_of

TWO_GB = 2 * 1024**3


class Untouched(io.RawIOBase):
    """The body of a request that must not be read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer) -> int:
        raise AssertionError("the body was read")


def bomb() -> bytes:
    """A workbook of a few hundred kB whose sheet unfolds to 400 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(400):
                sheet.write(b"0" * 1024 * 1024)
    return target.getvalue()


@pytest.fixture(scope="module")
def a_bomb() -> bytes:
    made = bomb()
    assert len(made) < 1024 * 1024
    return made


@pytest.fixture
def admin(app, sign_in_as):
    return sign_in_as(make_user(site_role=SiteRole.ADMIN))


def send(client, address: str, content: bytes, name: str, field: str = "file", page: str = ""):
    given = {key: values[-1] for key, values in fields_of(client, page or address).items()}
    data = {**given, field: (io.BytesIO(content), name)}
    return client.post(address, data=data, content_type="multipart/form-data")


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(
    ("address", "model"),
    [("/admin/unit/impor", Unit), ("/edisi/kelola/impor", EditionImport)],
)
def test_a_bomb_is_refused_wherever_sheets_are_read(admin, a_bomb, address, model) -> None:
    before = count(model)
    answer = send(admin, address, a_bomb, "data.xlsx")
    assert answer.status_code == 422
    assert "terlalu besar" in answer.text
    assert count(model) == before


def test_a_bomb_of_scores_is_refused(admin, a_bomb, clock_at) -> None:
    event = make_event()
    make_round(event)
    answer = send(admin, f"/k/{event.slug}/kelola/impor-nilai/1", a_bomb, "nilai.xlsx", "files")
    assert answer.status_code == 422
    assert count(ScoreImport) == 0


def test_a_bomb_of_ballots_to_rank_is_refused(client, a_bomb) -> None:
    answer = client.post(
        "/hitung-peringkat",
        data={"ballots": (io.BytesIO(a_bomb), "nilai.xlsx")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["data.xlsx", "data.csv"])
@pytest.mark.parametrize("address", ["/admin/unit/impor", "/edisi/kelola/impor"])
def test_a_program_with_the_name_of_a_sheet_is_refused(admin, address, name) -> None:
    before = count(Unit)
    program = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 20
    answer = send(admin, address, program, name)
    assert answer.status_code == 422
    assert "tidak dapat dibaca" in answer.text
    assert (count(Unit), count(EditionImport)) == (before, 0)


def test_a_tree_of_units_that_bites_its_tail_is_refused_with_its_row(admin) -> None:
    sheet = "kode,nama,jenis,induk\na,Satu,dinas,c\nb,Dua,dinas,a\nc,Tiga,dinas,b\n"
    before = count(Unit)
    answer = send(admin, "/admin/unit/impor", sheet.encode(), "unit.csv")
    assert answer.status_code == 422
    assert "berada di bawah dirinya sendiri" in answer.text
    assert count(Unit) == before


@pytest.mark.parametrize("address", ["/admin/unit/impor", "/edisi/kelola/impor", "/templat/unggah", "/akun"])
def test_two_gigabytes_are_refused_before_they_are_read(admin, address) -> None:
    answer = admin.post(
        address,
        content_type="multipart/form-data; boundary=batas",
        environ_overrides={"CONTENT_LENGTH": str(TWO_GB), "wsgi.input": Untouched()},
    )
    assert answer.status_code == 413
    assert "Berkas terlalu besar" in answer.text


def test_a_template_with_a_broken_part_is_shown_with_its_line_and_not_saved(admin) -> None:
    text = b"name: Lomba\nlabels: {group: A, track: B, entry: C}\nteam: {min: 3, max: 1}\nphases: []\nwarna: biru\n"
    answer = send(admin, "/templat/unggah", text, "templat.yaml")
    assert answer.status_code == 422
    for said in ("Baris 3", "team, allow_non_asn", "Baris 4", "Baris 5", "warna"):
        assert said in answer.text
    assert "min: 3, max: 1" in answer.text  # what was sent stays, to be mended
    assert count(SavedTemplate) == 0


def test_three_bad_rows_among_four_thousand_are_shown_by_cell(admin) -> None:
    rows = [f"Lomba,2024,Inovasi {n},1" for n in range(1, 4001)]
    rows[9], rows[1999], rows[3998] = "Lomba,24,A,1", "Lomba,2024,,1", "Lomba,2024,B,satu"
    sheet = "\n".join(["Edisi,Tahun,Judul,Peringkat", *rows])
    page = send(admin, "/edisi/kelola/impor", sheet.encode(), "edisi.csv").location
    text = admin.get(page).text
    assert "3 hal perlu diperbaiki" in text
    for cell in ("<b>B11</b>", "<b>C2001</b>", "<b>D4000</b>"):
        assert cell in text
    given = {key: values[-1] for key, values in fields_of(admin, page).items()}
    assert admin.post(page, data={**given, "act": "save"}).status_code == 422
    assert count(PastEntry) == 0

"""Scores from spreadsheets in the browser: upload, columns, preview, save, take back."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.intake.models import ScoreImport
from innovate.intake.services import saving
from innovate.scoring.models.ballots import Ballot
from innovate.tasks.services import run_next
from tests.factories.build import NOW, make_assignment
from tests.factories.spreadsheets import Judged, as_csv, as_xlsx

ROOM = "/k/lomba/kelola/impor-nilai"


@pytest.fixture
def judged(db_session) -> Judged:
    return Judged(slug="lomba")


@pytest.fixture
def client(judged, sign_in_as):
    return sign_in_as(judged.organizer.user)


def upload(client, *files: tuple[str, bytes]):
    sent = [(io.BytesIO(content), name) for name, content in files]
    return client.post(f"{ROOM}/1", data={"files": sent}, content_type="multipart/form-data")


def stamp_of(page: str) -> str:
    return re.search(r'name="stamp"[^>]*value="([^"]+)"', page).group(1)


def test_the_whole_way_without_script(client, judged) -> None:
    rows = judged.rows("4", "4", "3", "2", "5")
    rows[0][0] = "Karya pertama"
    answer = upload(client, ("nilai.csv", as_csv([*rows, ["Rata-rata", "", "4", "4", "4", "4", "4"]])))
    assert answer.status_code == 302
    columns = client.get(answer.location).text
    assert "Arti setiap kolom" in columns
    assert "Karya yang belum dikenal" in columns
    step = answer.location.removesuffix("/kolom")
    preview = client.get(f"{step}/periksa").text
    assert "2 sel perlu diperbaiki" in preview
    assert "A2" in preview
    assert "Karya “Karya pertama” tidak dikenal." in preview
    listed = client.get(f"{step}/kesalahan.csv").data.decode("utf-8-sig").splitlines()
    assert listed[1] == "nilai.csv,A2,Karya pertama,Karya “Karya pertama” tidak dikenal."
    assert client.post(f"{step}/periksa", data={"stamp": "x"}).status_code == 422
    matched = {"kata-idea": ["Karya pertama", "Rata-rata"], "pilih-idea": [str(judged.ideas[0].id), "-"]}
    preview = client.post(f"{step}/kolom", data=matched, follow_redirects=True).text
    assert "4 penilaian siap disimpan" in preview
    assert "Juri 0" in preview
    done = client.post(f"{step}/periksa", data={"stamp": stamp_of(preview)}, follow_redirects=True).text
    assert "4 penilaian diimpor" in done
    assert "nilai.csv baris 2" in done
    seat = done.split("/kelola/panel/lembar/")[1].split('"')[0]
    history = client.get(f"/k/lomba/kelola/panel/lembar/{seat}").text
    assert "Digantikan karena diimpor dari lembar kerja oleh Rina" in history
    assert "Dinilai di luar sistem" in history
    assert client.get("/k/lomba/kelola/panel").text.count("impor</span>") == 4
    again = upload(client, ("nilai.csv", as_csv(judged.rows("4", "4", "3", "2", "5")))).location
    preview = client.get(again.replace("/kolom", "/periksa")).text
    assert "Semua penilaian sudah ada" in preview
    undone = client.post(step, data={"reason": "Berkas tertukar"}, follow_redirects=True).text
    assert "Ditarik kembali oleh Rina" in undone
    assert client.post(step, data={"reason": "Berkas tertukar"}).status_code == 422


def test_bad_files_change_nothing_and_say_why(client) -> None:
    answer = upload(client, ("kosong.csv", b""))
    assert answer.status_code == 422
    assert "kosong.csv: berkas ini kosong." in answer.text
    assert "bukan teks UTF-8" in upload(client, ("nilai.csv", b"Karya;Juri\n\xe9;x")).text
    assert client.post(f"{ROOM}/1", data={}).status_code == 422
    assert db.session.query(ScoreImport).count() == 0


def test_a_mapping_that_does_not_exist_is_refused(client, judged) -> None:
    place = upload(client, ("nilai.csv", as_csv(judged.rows()))).location
    for sent in (
        {"kolom": "Nomor karya", "arti": "c:999999"},
        {"baris-0": "77"},
        {"kata-juror": "x", "pilih-juror": "abc"},
    ):
        assert client.post(place, data=sent).status_code == 422
    assert client.post(place, data={"kolom": "Manfaat", "arti": ""}).status_code == 302
    assert "Tidak ada kolom untuk Manfaat." in client.get(place.replace("/kolom", "/periksa")).text


def test_a_large_import_is_left_to_the_runner(client, judged, monkeypatch) -> None:
    from innovate.intake.routes import steps

    monkeypatch.setattr(steps, "AT_ONCE", 3)
    place = upload(client, ("nilai.xlsx", as_xlsx(judged.rows()))).location.replace("/kolom", "/periksa")
    page = client.post(place, data={"stamp": stamp_of(client.get(place).text)}, follow_redirects=True).text
    assert "Menyimpan nilai impor" in page
    assert db.session.query(Ballot).count() == 0
    assert run_next(lambda: NOW)
    assert "4 penilaian diimpor" in client.get(place.removesuffix("/periksa")).text
    assert saving.SAVE == "intake.save"


def test_the_sheet_to_fill_in_can_be_uploaded_again(client, judged) -> None:
    for idea in judged.ideas:
        make_assignment(judged.round, idea, judged.jurors[0])
    db.session.commit()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ROOM}/1/contoh.xlsx").data))
    page = book.worksheets[0]
    assert [cell.value for cell in page[4]][:4] == [1, "KARYA 0", "Juri 0", judged.jurors[0].email]
    for row in (4, 5):
        for column in range(5, 10):
            page.cell(row, column, 4)
    out = io.BytesIO()
    book.save(out)
    place = upload(client, ("isi.xlsx", out.getvalue())).location.replace("/kolom", "/periksa")
    assert "2 penilaian siap disimpan" in client.get(place).text


def test_an_upload_can_be_taken_up_again_or_thrown_away(client, judged) -> None:
    place = upload(client, ("nilai.csv", as_csv(judged.rows()))).location
    step = place.removesuffix("/kolom")
    assert client.get(step).location == f"{step}/periksa"
    assert "Belum disimpan" in client.get(f"{ROOM}/1").text
    assert client.post(f"{step}/buang").status_code == 302
    assert client.get(place).status_code == 404


def test_nobody_else_comes_in(judged, sign_in_as) -> None:
    for role in (Role.CHAIR, Role.JUROR, Role.SECRETARIAT, Role.AUDITOR):
        assert sign_in_as(judged.person(role, "Lain").user).get(f"{ROOM}/1").status_code == 404

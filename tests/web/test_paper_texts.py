"""Writing texts of papers, letters and sheets in the browser's words: previews, refusals, what is downloaded."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import pytest
from PIL import Image

from innovate.core import clock, storage
from innovate.core.db import db
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.domain.texts import Text
from innovate.documents.models import Document, PaperSettings, PaperText
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.tasks.services import run_next
from tests.factories.boards import LADDER, climb
from tests.factories.build import (
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.printed import read_pdf

ROOM = "/k/lomba/kelola/dokumen"
pytestmark = pytest.mark.usefixtures("typeset_here")


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", name="Lomba Kota", shift_days=-31, place="Balai Kota")


@pytest.fixture
def organizer(event):
    user = make_user(name="Ratna Dewi")
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def captain(event):
    user = make_user(name="Ketua Tim", nip="198609262015051001")
    make_idea(make_team(event, user), state=IdeaState.ELIGIBLE, title="PECI HAJI", number=1)
    return user


@pytest.fixture
def client(organizer, sign_in_as):
    return sign_in_as(organizer)


def fields_of(client, page: str) -> dict[str, str]:
    said = client.get(page).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', said).group(1)
    based = re.search(r'name="based_on"[^>]*value="([^"]+)"', said)
    return {"csrf_token": token, **({"based_on": based.group(1)} if based else {})}


def test_every_text_has_its_form_with_its_placeholders(client, event) -> None:
    said = client.get(f"{ROOM}/format").text
    for text in Text:
        assert f"{ROOM}/format/{text.value}" in said
    said = client.get(f"{ROOM}/format/announcement").text
    assert "{{ batas_sanggah }}" in said
    assert "{{ acara }}" not in said
    assert 'name="recalling"' not in said
    said = client.get(f"{ROOM}/format/originality").text
    assert 'name="pattern"' not in said
    assert 'name="signer1_position"' not in said
    assert "Ubah naskah pakta juri" in client.get(f"{ROOM}/format/pact_juror").text


def test_a_preview_shows_its_pages_and_saves_nothing(client, event) -> None:
    page = f"{ROOM}/format/announcement"
    typed = {"title": "Pengumuman Hebat", "opening": "Satu #panic() <b>", "act": "preview"}
    answer = client.post(page, data={**fields_of(client, page), **typed})
    assert answer.status_code == 200
    pictures = re.findall(r'src="data:image/png;base64,([^"]+)"', answer.text)
    assert len(pictures) == 1
    with Image.open(io.BytesIO(base64.b64decode(pictures[0]))) as picture:
        assert picture.height > picture.width > 700
    assert "Satu #panic() &lt;b&gt;" in answer.text
    assert db.session.query(PaperText).count() == 0


@pytest.mark.parametrize("act", ["preview", "save"])
def test_a_broken_placeholder_is_refused_in_place_and_what_was_typed_stays(client, event, act) -> None:
    page = f"{ROOM}/format/decree"
    typed = {"title": "Keputusan", "considering": "bahwa satu;\nbahwa {{ nama_kegitan }};", "act": act}
    answer = client.post(page, data={**fields_of(client, page), **typed})
    assert answer.status_code == 422
    assert "Baris 2, kata 2: isian {{ nama_kegitan }} tidak dikenal. Maksud Anda {{ nama_kegiatan }}?" in (
        answer.text
    )
    assert "bahwa {{ nama_kegitan }};" in answer.text
    assert "data:image/png" not in answer.text
    assert db.session.query(PaperText).count() == 0


def test_a_text_is_saved_opened_again_and_given_back_to_the_house(client, event) -> None:
    page = f"{ROOM}/format/duty"
    typed = {"title": "Surat Perintah", "clauses": "mengikuti {{ acara }};", "act": "save"}
    signer = {"signer1_prefix": "Plt.", "signer1_position": "Kepala Bagian", "signer1_name": "Nama"}
    first = fields_of(client, page)
    assert client.post(page, data={**first, **typed, **signer}).status_code == 302
    said = client.get(page).text
    assert "Versi 1 sedang berlaku" in said
    assert "Surat Perintah" in said
    assert 'value="Kepala Bagian"' in said
    late = client.post(page, data={**first, **typed, "title": "Surat Lain"})
    assert late.status_code == 422
    assert "diubah orang lain" in late.text
    assert "Surat Lain" in late.text
    again = client.post(f"{page}/bawaan", data={"csrf_token": first["csrf_token"]})
    assert again.status_code == 302
    said = client.get(page).text
    assert "Naskah bawaan sedang berlaku" in said
    assert "Surat Perintah" not in said
    assert "Surat Perintah" in client.get(page, query_string={"versi": 1}).text
    assert client.get(page, query_string={"versi": 9}).status_code == 404
    assert client.get(f"{ROOM}/format/entah").status_code == 404


@pytest.mark.parametrize("typed", [{"act": "preview"}, {"act": "save", "about": "{{ tak_ada }}"}])
def test_looking_at_a_preview_or_a_fault_hides_nobody_elses_version(client, typed) -> None:
    page = f"{ROOM}/format/duty"
    first = {key: values[-1] for key, values in fields_of(client, page).items()}
    first["title"] = "Surat Perintah"
    assert client.post(page, data={**first, "act": "save", "title": "Surat Orang Lain"}).status_code == 302
    shown = client.post(page, data={**first, **typed, "recalling": typed.get("about", "")}).text
    based_on = re.search(r'name="based_on"[^>]*value="(\d*)"', shown)[1]
    late = client.post(page, data={**first, "act": "save", "based_on": based_on})
    assert (late.status_code, "diubah orang lain" in late.text) == (422, True)
    based_on = re.search(r'name="based_on"[^>]*value="(\d*)"', late.text)[1]
    assert client.post(page, data={**first, "act": "save", "based_on": based_on}).status_code == 302


def test_a_wrong_signer_is_told_in_its_own_place(client) -> None:
    page = f"{ROOM}/format/duty"
    second = {"signer2_position": "Kepala", "signer2_nip": "12", "title": "Surat", "act": "save"}
    said = client.post(page, data={**fields_of(client, page), **second}).text
    field = re.search(r'<input[^>]*name="signer2_nip"[^>]*>', said)[0]
    assert 'aria-invalid="true"' in field
    right = client.post(page, data={**fields_of(client, page), **second, "signer2_nip": ""})
    assert right.status_code == 302


def test_a_version_that_cannot_be_is_not_found(client) -> None:
    for version in ("9" * 30, "-5", "7"):
        assert client.get(f"{ROOM}/format/duty?versi={version}").status_code == 404


def test_letters_of_duty_are_asked_for_made_and_found_by_the_team(
    client, event, captain, organizer, sign_in_as
) -> None:
    page = f"{ROOM}/surat/duty"
    token = fields_of(client, page)
    typed = {"to": "teams", "agenda": "Bimtek", "first": "2026-12-02", "place": "Aula", "with_nip": "y"}
    wrong = client.post(page, data={**token, **typed, "last": "2026-12-01"})
    assert wrong.status_code == 422
    assert "sebelum tanggal mulai" in wrong.text
    assert 'value="Bimtek"' in wrong.text
    assert client.post(page, data={**token, **typed, "to": "jurors"}).status_code == 422
    assert db.session.query(Document).count() == 0
    assert client.post(page, data={**token, **typed}).status_code == 302
    while run_next(clock.now):
        pass
    row = db.session.query(Document).populate_existing().one()
    assert row.kind is PaperKind.DUTY
    room = client.get(ROOM).text
    assert "1 terbit" in room
    assert "surat_tugas.zip" in room
    with zipfile.ZipFile(io.BytesIO(client.get(f"{ROOM}/surat_tugas.zip").data)) as packed:
        assert len(packed.namelist()) == 1
    assert client.get(f"{ROOM}/undangan.zip").status_code == 404
    assert row.holder not in client.get(f"/dokumen/{row.code}").text
    own = sign_in_as(captain)
    assert "Surat tugas" in own.get("/sertifikat-saya").text
    said = read_pdf(own.get(f"/sertifikat-saya/{row.public_id}/naskah.pdf").data)
    assert "19860926 201505 1 001" in said


def test_the_jury_is_appointed_by_one_press(client, event, organizer) -> None:
    token = {"csrf_token": fields_of(client, f"{ROOM}/pengaturan")["csrf_token"]}
    assert client.get(f"{ROOM}/surat/dewan-juri.pdf").status_code == 404
    client.post(f"{ROOM}/surat/dewan-juri", data=token)
    assert db.session.query(Document).count() == 0
    give_role(event, make_user(name="Juri Pertama"), Role.CHAIR)
    assert "Juri Pertama" in read_pdf(client.get(f"{ROOM}/surat/dewan-juri.pdf").data)
    client.post(f"{ROOM}/surat/dewan-juri", data=token)
    assert db.session.query(Document).one().kind is PaperKind.APPOINTMENT


def test_sheets_are_printed_filled_and_empty(client, event, captain) -> None:
    assert "Daftar hadir" in client.get(f"{ROOM}/lembar").text
    assert "PECI HAJI" in read_pdf(client.get(f"{ROOM}/lembar/originality.pdf").data)
    blank = client.get(f"{ROOM}/lembar/originality.pdf?kosong=1")
    assert "PECI HAJI" not in read_pdf(blank.data)
    assert "no-store" in blank.headers["Cache-Control"]
    assert client.get(f"{ROOM}/lembar/pact_juror.pdf").status_code == 404  # nobody judges yet
    asked = {"to": "teams", "rows": "2", "agenda": "Sosialisasi", "first": "2026-12-01", "begins": "13:00"}
    said = read_pdf(client.get(f"{ROOM}/lembar/daftar-hadir.pdf", query_string=asked).data)
    for word in ("Sosialisasi", "Selasa, 1 Desember 2026", "pukul 13.00 WIB", "Ketua Tim", "3."):
        assert word in said
    wrong = client.get(
        f"{ROOM}/lembar/daftar-hadir.pdf", query_string={**asked, "rows": "9999", "first": "besok"}
    )
    assert wrong.status_code == 422
    assert 'value="9999"' in wrong.text
    assert 'value="Sosialisasi"' in wrong.text


def test_score_sheets_open_when_the_ranking_is_frozen(client, event, organizer, captain) -> None:
    round_ = make_round(event)
    juror = make_user(name="Juri Pertama")
    give_role(event, juror, Role.JUROR)
    make_ballot(make_assignment(round_, db.session.query(Idea).one(), juror), [4] * 5)
    climb(event, organizer, *LADDER[:2])
    assert client.get(f"{ROOM}/lembar/nilai-1.pdf").status_code == 404
    climb(event, organizer, *LADDER[1:3])
    assert "nilai-1.pdf" in client.get(f"{ROOM}/lembar").text
    said = read_pdf(client.get(f"{ROOM}/lembar/nilai-1.pdf", query_string={"juri": juror.public_id}).data)
    assert "Juri Pertama" in said
    assert "75,00" in said
    assert client.get(f"{ROOM}/lembar/nilai-1.pdf?juri=entah").status_code == 404


def test_own_sheets_are_ones_own(event, captain, organizer, sign_in_as) -> None:
    idea = db.session.query(Idea).one()
    page = f"/sertifikat-saya/usulan/{idea.public_id}/originality.pdf"
    mine = sign_in_as(captain)
    assert page in mine.get("/sertifikat-saya").text
    assert "19860926 201505 1 001" in read_pdf(mine.get(page).data)
    other = sign_in_as(make_user())
    assert other.get(page).status_code == 404
    assert other.get("/sertifikat-saya/pakta/lomba/pact_juror.pdf").status_code == 404
    committee = sign_in_as(organizer)
    assert "Ratna Dewi" in read_pdf(committee.get("/sertifikat-saya/pakta/lomba/pact_committee.pdf").data)


def picture(kind: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "#146e5a").save(out, kind, **options)
    return out.getvalue()


def test_a_logo_is_written_anew_and_printed_and_anything_else_is_refused(client, event) -> None:
    page = f"{ROOM}/pengaturan"
    token = {"csrf_token": fields_of(client, page)["csrf_token"]}
    exif = Image.Exif()
    exif[0x010E] = "rahasia kamera"

    def send(name: str, content: bytes):
        sent = {**token, "file": (io.BytesIO(content), name)}
        return client.post(f"{page}/lambang", data=sent, content_type="multipart/form-data")

    for name, content in (
        ("lambang.png", b"bukan gambar"),
        ("lambang.svg", b"<svg/>"),
        ("lambang.png", picture("JPEG")),
        ("lambang.png", picture()[:200]),
        ("lambang.png", b""),
    ):
        assert send(name, content).status_code == 422
    assert db.session.query(PaperSettings).count() == 0
    assert send("lambang.jpg", picture("JPEG", exif=exif)).status_code == 302
    kept = storage.read(db.session.query(PaperSettings).one().logo_key)
    with Image.open(io.BytesIO(kept)) as drawn:
        assert (drawn.format, max(drawn.size)) == ("PNG", 480)
    assert b"rahasia" not in kept
    assert base64.b64encode(kept).decode() in client.get(page).text
    sheet = client.get(f"{ROOM}/lembar/originality.pdf?kosong=1").data
    assert b"/Image" in sheet
    gone = client.post(f"{page}/lambang", data={**token, "hapus": "1"})
    assert gone.status_code == 302
    assert db.session.query(PaperSettings).populate_existing().one().logo_key == ""

"""Pages of papers: what everybody learns by a code, one's own certificates, the organizer's room."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest

from innovate.core import clock
from innovate.core.db import db
from innovate.documents.domain.codes import show_code
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.models import Document
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.tasks.services import run_next
from tests.factories.boards import LADDER, climb
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.documents import PDF, make_document

ROOM = "/k/lomba/kelola/dokumen"
NIP = "198609262015051001"


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", name="Lomba Kota", shift_days=-31)


@pytest.fixture
def organizer(event):
    user = make_user(name="Ratna Dewi")
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def holder(db_session):
    return make_user(
        name="Syarif Abdurrahman",
        title_after="S.T.",
        nip=NIP,
        phone="+6281234567890",
        email="syarif@kantor.example",
    )


def token_of(client, page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text).group(1)


def judged(event, organizer, *states):
    round_ = make_round(event)
    idea = make_idea(
        make_team(event, make_user(name="Ketua Tim")), state=IdeaState.ELIGIBLE, title="PECI HAJI"
    )
    juror = make_user(name="Juri Pertama")
    give_role(event, juror, Role.JUROR)
    make_ballot(make_assignment(round_, idea, juror), [4] * 5)
    return climb(event, organizer, *states)


def test_a_code_tells_everybody_what_is_public_and_no_more(client, event, organizer, holder) -> None:
    row = make_document(event, organizer, holder, data={"signer": {"nip": NIP}, "unit": "Dinas Rahasia"})
    said = client.get(f"/dokumen/{show_code(row.code)}").text
    for word in (
        "Dokumen ini berlaku",
        row.number,
        "23 November 2026",
        "Lomba Kota",
        "Syarif Abdurrahman, S.T.",
    ):
        assert word in said
    for word in (NIP, "81234567890", "syarif@", "Dinas Rahasia", row.sha256, organizer.name):
        assert word not in said


def test_a_paper_that_ended_says_so_without_the_reason(client, event, organizer, holder) -> None:
    why = "Penerimanya dihukum karena menyontek."
    ended = {"ended_at": NOW, "ended_by_id": organizer.id, "ended_reason": why}
    row = make_document(event, organizer, holder, **ended)
    said = client.get(f"/dokumen/{row.code}").text
    assert "sudah dicabut" in said
    assert "menyontek" not in said
    row.replaced_by_id = make_document(event, organizer, holder).id
    db.session.flush()
    assert "sudah digantikan" in client.get(f"/dokumen/{row.code}").text


def test_a_name_stays_out_of_sight_while_the_board_is_sealed_again(client, event, organizer, holder) -> None:
    board = judged(event, organizer)
    row = make_document(event, organizer, holder, board_id=board.id)
    page = f"/dokumen/{row.code}"
    assert "Syarif" in client.get(page).text
    climb(event, organizer, LADDER[4], LADDER[1])
    said = client.get(page).text
    assert "Dokumen ini berlaku" in said
    assert "Syarif" not in said


def test_a_paper_about_results_that_changed_is_no_proof_of_them(client, event, organizer, sign_in_as) -> None:
    board = judged(event, organizer)
    about = {"board_id": board.id, "snapshot_id": board.snapshot_id, "kind": PaperKind.ANNOUNCEMENT}
    row = make_document(event, organizer, subject=f"announcement:{board.id}", **about)
    page, room = f"/dokumen/{row.code}", f"{ROOM}/{row.public_id}"
    assert "Dokumen ini berlaku" in client.get(page).text
    person = sign_in_as(organizer)
    assert "sudah berubah" not in person.get(room).text
    climb(event, organizer, LADDER[4], LADDER[1])
    said = client.get(page).text
    assert "menunggu penetapan ulang" in said
    assert "masih berlaku" not in said
    climb(event, organizer, *LADDER[1:])
    assert "menunggu penetapan ulang" in client.get(page).text
    assert "sudah berubah" in person.get(room).text
    assert "1 naskah tidak sesuai lagi dengan hasil" in person.get(ROOM).text


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN-PQRS", "x", "2222222222222222"])
def test_a_code_that_leads_nowhere_is_404(client, event, code) -> None:
    assert client.get(f"/dokumen/{code}").status_code == 404


def test_a_paper_that_is_not_set_yet_cannot_be_found(client, event, organizer) -> None:
    row = make_document(event, organizer, storage_key="")
    assert client.get(f"/dokumen/{row.code}").status_code == 404


def test_a_typed_code_leads_to_its_page_and_a_slip_is_told(client, event, organizer) -> None:
    row = make_document(event, organizer)
    typed = show_code(row.code).lower()
    answer = client.get("/dokumen", query_string={"kode": f" {typed} "})
    assert answer.location.endswith(show_code(row.code))
    wrong = client.get("/dokumen", query_string={"kode": "<b>salah"})
    assert wrong.status_code == 422
    assert "salah ketik" in wrong.text
    assert "&lt;b&gt;salah" in wrong.text


def test_everybody_has_their_own_certificates_alone(event, organizer, holder, sign_in_as) -> None:
    row = make_document(event, organizer, holder)
    other = make_document(event, organizer, make_user())
    client = sign_in_as(holder)
    assert "Dokumen saya (1)" in client.get("/beranda").text
    said = client.get("/sertifikat-saya").text
    assert row.number in said
    assert other.number not in said
    answer = client.get(f"/sertifikat-saya/{row.public_id}/naskah.pdf")
    assert answer.data == PDF
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(f"/sertifikat-saya/{other.public_id}/naskah.pdf").status_code == 404


def test_the_room_offers_only_what_the_seal_allows(event, organizer, sign_in_as) -> None:
    judged(event, organizer, *LADDER[:2])
    client = sign_in_as(organizer)
    said = client.get(ROOM).text
    assert "Belum ada hasil yang dibekukan" in said
    assert "Terbitkan untuk pemenang" not in said
    for kind in ("minutes", "decree", "announcement"):
        assert client.get(f"{ROOM}/pratinjau/{kind}/1.pdf").status_code == 404
    token = {"csrf_token": token_of(client, ROOM)}
    client.post(f"{ROOM}/terbitkan/minutes/1", data=token)
    client.post(f"{ROOM}/sertifikat/winners", data=token)
    assert db.session.query(Document).count() == 0


def test_one_press_issues_a_paper_that_is_previewed_set_and_ended(event, organizer, sign_in_as) -> None:
    judged(event, organizer, *LADDER[:3])
    client = sign_in_as(organizer)
    preview = client.get(f"{ROOM}/pratinjau/minutes/1.pdf")
    said = pypdfium2.PdfDocument(preview.data)[0].get_textpage().get_text_bounded()
    assert "BERITA ACARA PENILAIAN" in said
    assert "Kode verifikasi" not in said
    assert db.session.query(Document).count() == 0
    token = {"csrf_token": token_of(client, ROOM)}
    assert client.post(f"{ROOM}/terbitkan/minutes/1", data=token).status_code == 302
    assert "Sedang disusun" in client.get(ROOM).text
    while run_next(clock.now):
        pass
    row = db.session.query(Document).populate_existing().one()
    page = f"{ROOM}/{row.public_id}"
    assert row.sha256 in client.get(page).text
    assert client.get(f"{page}/naskah.pdf").data.startswith(b"%PDF")
    refused = client.post(f"{page}/cabut", data={**token, "reason": "<i>pendek"})
    assert refused.status_code == 422
    assert "&lt;i&gt;pendek" in refused.text
    wrong = {**token, "file": (io.BytesIO(b"MZ"), "ba.pdf")}
    assert client.post(f"{page}/unggah", data=wrong, content_type="multipart/form-data").status_code == 422
    torn = {**token, "file": (io.BytesIO(b"%PDF-1.7\nrusak"), "ba.pdf")}
    answer = client.post(f"{page}/unggah", data=torn, content_type="multipart/form-data")
    assert (answer.status_code, "tidak dapat dibuka" in answer.text) == (422, True)
    signed = {**token, "file": (io.BytesIO(PDF), "ba.pdf")}
    assert client.post(f"{page}/unggah", data=signed, content_type="multipart/form-data").status_code == 302
    assert client.get(f"{page}/naskah.pdf").data == PDF
    assert client.post(f"{page}/ganti", data={**token, "reason": "Nama juri keliru."}).status_code == 302
    assert [each.sequence for each in db.session.query(Document)] == [1, 2]


def test_settings_are_refused_in_place_and_keep_what_was_typed(event, organizer, sign_in_as) -> None:
    client = sign_in_as(organizer)
    page = f"{ROOM}/pengaturan"
    form = {"csrf_token": token_of(client, page), "institution": "Bagian Organisasi", "place": "Pontianak"}
    form |= {"signer_position": "Ketua", "pattern": "{kode}/{tahun}"}
    refused = client.post(page, data=form)
    assert refused.status_code == 422
    assert "{nomor} dan {tahun}" in refused.text
    assert "{kode}/{tahun}" in refused.text
    assert client.post(page, data=form | {"pattern": "{nomor}/{tahun}"}).status_code == 302
    assert "{nomor}/{tahun}" in client.get(page).text


def test_all_certificates_come_as_one_archive(event, organizer, holder, sign_in_as) -> None:
    client = sign_in_as(organizer)
    assert client.get(f"{ROOM}/sertifikat.zip").status_code == 404
    make_document(event, organizer, kind=PaperKind.DECREE, subject="decree:1")
    assert "sertifikat.zip" not in client.get(ROOM).text
    for person in (holder, make_user(name="../Nama/Aneh")):
        make_document(event, organizer, person)
    assert "sertifikat.zip" in client.get(ROOM).text
    with zipfile.ZipFile(io.BytesIO(client.get(f"{ROOM}/sertifikat.zip").data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["2026-0002 Syarif Abdurrahman, S.T.pdf", "2026-0003 _Nama_Aneh.pdf"]
        assert {archive.read(name) for name in archive.namelist()} == {PDF}


def test_the_list_is_searched_by_number_and_name(event, organizer, holder, sign_in_as) -> None:
    make_document(event, organizer, holder)
    make_document(event, organizer, make_user(name="Budi"))
    said = sign_in_as(organizer).get(ROOM, query_string={"q": "syarif"}).text
    assert "001/SERT" in said
    assert "002/SERT" not in said


def test_a_revoked_certificate_is_issued_again_from_its_page(
    client, event, organizer, holder, sign_in_as
) -> None:
    make_idea(make_team(event, holder), state=IdeaState.ELIGIBLE)
    ended = {"ended_at": NOW, "ended_by_id": organizer.id, "ended_reason": "Salah orang, katanya."}
    row = make_document(event, organizer, holder, **ended)
    page, person = f"{ROOM}/{row.public_id}", sign_in_as(organizer)
    said = person.get(page).text
    assert "Terbitkan lagi" in said
    assert "Terbitkan ulang" not in said
    token = {"csrf_token": token_of(person, page)}
    refused = person.post(f"{page}/lagi", data={**token, "reason": "<i>pendek"})
    assert refused.status_code == 422
    assert "&lt;i&gt;pendek" in refused.text
    done = person.post(f"{page}/lagi", data={**token, "reason": "Pencabutannya keliru."})
    new = db.session.query(Document).filter(Document.ended_at.is_(None)).one()
    assert done.location == f"{ROOM}/{new.public_id}"
    while run_next(clock.now):
        pass
    said = person.get(page).text
    assert "Terbitkan lagi" not in said
    assert f'href="{ROOM}/{new.public_id}">{new.number}' in said
    assert "sudah digantikan" in client.get(f"/dokumen/{row.code}").text
    assert "Dokumen ini berlaku" in client.get(f"/dokumen/{new.code}").text
    assert person.post(f"{page}/lagi", data={**token, "reason": "Sekali lagi saja."}).status_code == 422


def test_a_certificate_whose_award_is_gone_offers_no_way_back(event, organizer, holder, sign_in_as) -> None:
    board = judged(event, organizer)
    ended = {"ended_at": NOW, "ended_by_id": organizer.id, "ended_reason": "Dasarnya sudah gugur."}
    about = {
        "board_id": board.id,
        "snapshot_id": board.snapshot_id,
        "subject": f"winners:{holder.id}:1:Juara I",
    }
    row = make_document(event, organizer, holder, **ended, **about)
    said = sign_in_as(organizer).get(f"{ROOM}/{row.public_id}").text
    assert "tidak dapat diterbitkan lagi" in said
    assert 'action="' + f"{ROOM}/{row.public_id}/lagi" not in said

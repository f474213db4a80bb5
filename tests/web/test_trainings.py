"""Pages of certificates of trainings and of lists on paper."""

from __future__ import annotations

import base64
import io
import zipfile

import pypdfium2
import pytest
from PIL import Image

from innovate.accounts.models import SiteRole
from innovate.core import storage
from innovate.core.db import db
from innovate.documents.domain.codes import show_code
from innovate.documents.models import Document, TrainingPapers
from innovate.documents.queries.trainings import get_activity
from innovate.documents.services.trainings.issuing import issue_missing
from innovate.documents.services.trainings.wording import read_papers
from innovate.events.domain.kinds import Role
from tests.factories.build import NOW, give_role, make_event, make_user
from tests.factories.learning import (
    HOUR,
    make_activity,
    make_attendance,
    make_place,
    make_session,
    make_speaker,
)

WHY = "Salah nama pada naskah."
pytestmark = pytest.mark.usefixtures("typeset_here")


@pytest.fixture
def maker(db_session):
    return make_user(site_role=SiteRole.ORGANIZER, name="Rudi Penyelenggara")


@pytest.fixture
def learner():
    return make_user(name="Sri Peserta")


@pytest.fixture
def activity(maker, learner):
    activity = make_activity(maker)
    make_place(activity, learner)
    session = make_session(activity, starts=-10 * HOUR)
    make_attendance(session, learner)
    return activity


def issued(activity):
    issue_missing(
        get_activity(activity.id), site="https://contoh.example", actor_id=activity.created_by_id, at=NOW
    )
    row = db.session.query(Document).one()
    kept = storage.save(b"%PDF-1.4 contoh")
    row.storage_key, row.size, row.sha256 = kept.key, kept.size, kept.sha256
    db.session.commit()
    return row


def read(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def test_the_room_says_who_has_a_claim_and_begins_the_work(activity, maker, learner, sign_in_as):
    client = sign_in_as(maker)
    address = f"/pelatihan/{activity.public_id}/sertifikat"
    assert "1 orang berhak, 1 belum pernah mendapat sertifikat." in client.get(address).text
    front, back = read(client.get(f"{address}/pratinjau.pdf").data)
    assert "Sri Peserta" in front
    assert "selama 3 jam pelajaran" in front
    assert "Materi dan jam pelajaran" in back
    assert "Jumlah: 3 JP" in back
    assert client.post(address).status_code == 302
    assert "Menerbitkan sertifikat pelatihan" in client.get(address).text
    assert sign_in_as(learner).get(address).status_code == 404
    assert sign_in_as(learner).post(address).status_code == 404


def test_all_certificates_come_as_one_archive(activity, maker, learner, sign_in_as):
    room = f"/pelatihan/{activity.public_id}/sertifikat"
    client = sign_in_as(maker)
    assert client.get(f"{room}.zip").status_code == 404
    row = issued(activity)
    assert f"{room}.zip" in client.get(room).text
    answer = client.get(f"{room}.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        (name,) = archive.namelist()
        assert name == f"{row.year}-{row.sequence:04d} Sri Peserta.pdf"
        assert archive.read(name) == b"%PDF-1.4 contoh"
    assert sign_in_as(learner).get(f"{room}.zip").status_code == 404
    row.ended_at = NOW
    db.session.commit()
    assert sign_in_as(maker).get(f"{room}.zip").status_code == 404


def test_a_free_activity_prints_its_own_logo(activity, maker, learner, sign_in_as):
    page, client = f"/pelatihan/{activity.public_id}/sertifikat/naskah", sign_in_as(maker)

    def send(client, content, **more):
        sent = {"file": (io.BytesIO(content), "lambang.png"), **more}
        return client.post(
            f"/pelatihan/{activity.public_id}/sertifikat/lambang",
            data=sent,
            content_type="multipart/form-data",
        )

    assert send(client, b"bukan gambar").status_code == 422
    assert db.session.query(TrainingPapers).count() == 0
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "navy").save(out, "PNG")
    assert send(client, out.getvalue()).status_code == 302
    key = db.session.query(TrainingPapers).one().logo_key
    assert base64.b64encode(storage.read(key)).decode() in client.get(page).text
    preview = client.get(f"/pelatihan/{activity.public_id}/sertifikat/pratinjau.pdf").data
    assert b"/Image" in preview
    assert send(sign_in_as(learner), out.getvalue()).status_code == 404
    other = make_activity(maker, title="Webinar Lain")
    assert read_papers(other).logo_key == key  # the next begins with it
    assert send(sign_in_as(maker), b"", hapus="1").status_code == 302
    assert db.session.query(TrainingPapers).populate_existing().one().logo_key == ""


def test_before_the_end_the_room_says_when(activity, maker, sign_in_as):
    make_session(activity, starts=HOUR)
    client = sign_in_as(maker)
    address = f"/pelatihan/{activity.public_id}/sertifikat"
    assert "sesudah sesi terakhir selesai" in client.get(address).text
    assert client.get(f"{address}/pratinjau.pdf").status_code == 404
    assert "sesudah sesi terakhir selesai" in client.post(address, follow_redirects=True).text


def test_the_holder_finds_it_and_everybody_may_check_it(activity, learner, sign_in_as, client):
    row = issued(activity)
    own = sign_in_as(learner)
    page = own.get("/sertifikat-saya").text
    assert row.number in page
    assert "Sertifikat pelatihan, Bimtek Analisis Data" in page
    assert own.get(f"/sertifikat-saya/{row.public_id}/naskah.pdf").data.startswith(b"%PDF")
    assert row.number in own.get("/pelatihan/rekam").text
    said = client.get(f"/dokumen/{show_code(row.code)}").text
    assert "Dokumen ini berlaku" in said
    assert "Sri Peserta" in said
    assert "Bimtek Analisis Data" in said


def test_one_is_revoked_and_issued_again(activity, maker, learner, sign_in_as, client):
    row = issued(activity)
    staff = sign_in_as(maker)
    address = f"/pelatihan/{activity.public_id}/sertifikat/{row.public_id}"
    assert row.number in staff.get(address).text
    assert staff.get(f"{address}/naskah.pdf").status_code == 200
    refused = staff.post(f"{address}/cabut", data={"reason": "pendek"})
    assert refused.status_code == 422
    assert "pendek" in refused.text
    assert staff.post(f"{address}/cabut", data={"reason": WHY}).status_code == 302
    assert "dicabut" in client.get(f"/dokumen/{show_code(row.code)}").text
    again = staff.post(f"{address}/lagi", data={"reason": WHY})
    assert again.status_code == 302
    assert "002/SERT/ORG/XI/2026" in staff.get(again.location).text
    for way in ("", "/naskah.pdf"):
        assert sign_in_as(learner).get(address + way).status_code == 404
    assert sign_in_as(learner).post(f"{address}/cabut", data={"reason": WHY}).status_code == 404


def test_an_event_revokes_it_from_its_own_room_too(maker, learner, sign_in_as):
    event, organizer = make_event(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    activity = make_activity(maker, event=event)
    make_attendance(make_session(activity, starts=-10 * HOUR), learner)
    row = issued(activity)
    client = sign_in_as(organizer)
    address = f"/k/{event.slug}/kelola/dokumen"
    assert row.number in client.get(address).text
    assert client.post(f"{address}/{row.public_id}/ganti", data={"reason": WHY}).status_code == 302
    assert db.session.query(Document).count() == 2
    assert client.get(f"{address}/format/training").status_code == 200


def test_the_words_of_a_free_activity(activity, maker, learner, sign_in_as):
    client = sign_in_as(maker)
    address = f"/pelatihan/{activity.public_id}/sertifikat/naskah"
    page = client.get(address).text
    assert "Badan Kepegawaian Contoh" in page
    data = {
        "institution": "Dinas Contoh",
        "place": "Pontianak",
        "signer_position": "Kepala",
        "title": "Sertifikat",
    }
    data |= {"pattern": "{nomor}/{tahun}", "opening": "diberikan kepada"}
    refused = client.post(address, data={**data, "closing": "{{ jpp }} jam"})
    assert refused.status_code == 422
    assert "{{ jpp }} jam" in refused.text
    assert client.post(address, data={**data, "closing": "{{ jp }} jam"}).status_code == 302
    assert "Dinas Contoh" in client.get(address).text
    assert sign_in_as(learner).get(address).status_code == 404
    of_event = make_activity(maker, event=make_event())
    assert client.get(f"/pelatihan/{of_event.public_id}/sertifikat/naskah").status_code == 404


def test_lists_are_printed_signed_and_kept(activity, maker, learner, sign_in_as):
    held = get_activity(activity.id).sessions[0]
    speaker = make_user()
    make_speaker(held, speaker)
    address = f"/pelatihan/{activity.public_id}/sesi/{held.public_id}/daftar-hadir"
    client = sign_in_as(speaker)
    filled = client.get(f"{address}.pdf").data
    assert "Sri Peserta" in read(filled)[0]
    assert "Sri Peserta" not in read(client.get(f"{address}.pdf?kosong=1").data)[0]
    assert "Belum ada berkas" in client.get(address).text
    for content in (b"bukan pdf", b""):
        wrong = client.post(address, data={"file": (io.BytesIO(content), "daftar.pdf")})
        assert wrong.status_code == 422
    assert client.post(address, data={"file": (io.BytesIO(filled), "daftar.pdf")}).status_code == 302
    page = client.get(address).text
    assert "daftar.pdf" in page
    assert "Keluarkan" not in page
    staff = sign_in_as(maker)
    link = page.partition(f"{address}/")[2].partition('"')[0]
    assert staff.get(f"{address}/{link}").data == filled
    drop = f"{address}/{link.removesuffix('.pdf')}/keluarkan"
    assert client.post(drop, data={"reason": WHY}).status_code == 404
    assert "Tuliskan alasan" in staff.post(drop, data={"reason": ""}, follow_redirects=True).text
    assert "Belum ada berkas" in staff.post(drop, data={"reason": WHY}, follow_redirects=True).text
    for page in ("", ".pdf", f"/{link}"):
        assert sign_in_as(learner).get(address + page).status_code == 404

"""Data protection on its pages: one's own data, the officer's desk, the event's room, inspection, openness."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from innovate.accounts.models import DataAccess, SiteRole
from innovate.accounts.services.accesses import forget_accesses
from innovate.core.db import db
from innovate.core.jobs import run_job
from innovate.events.domain.kinds import EventState, Role
from innovate.privacy.domain.cases import CaseKind, CaseState
from innovate.privacy.domain.impact import SECTIONS
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.models import Breach, DataExport, EventPrivacy, ImpactRecord, PrivacyCase
from innovate.scoring.models.integrity import PactSignature
from tests.factories.build import NOW, PASSWORD, add, give_role, make_event, make_round, make_team, make_user
from tests.factories.privacy import (
    make_access,
    make_breach,
    make_case,
    make_consent,
    make_export,
    make_impact,
)
from tests.factories.world import build_world


def token_of(client, page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)[1]


def send(client, page: str, address: str = "", **values):
    return client.post(address or page, data={"csrf_token": token_of(client, page), **values})


@pytest.fixture
def officer(db_session):
    return make_user(is_data_officer=True, name="Petugas Data")


def test_a_copy_is_made_and_only_its_owner_fetches_it(sign_in_as, db_session) -> None:
    person, other = make_user(), make_user()
    mine = sign_in_as(person)
    assert send(mine, "/akun/data", "/akun/data/salin").status_code == 302
    assert "Menunggu giliran" in mine.get("/akun/data").text
    assert run_job("tasks.run") == 1
    row = db.session.scalars(select(DataExport)).one()
    address = f"/akun/data/salinan/{row.public_id}.zip"
    assert address in mine.get("/akun/data").text
    answer = mine.get(address)
    assert "no-store" in answer.headers["Cache-Control"]
    page = zipfile.ZipFile(io.BytesIO(answer.data)).read("baca.html").decode()
    assert person.email in page
    assert sign_in_as(other).get(address).status_code == 404


def test_an_old_copy_is_no_longer_there(sign_in_as, db_session) -> None:
    person = make_user()
    row = make_export(person, expires_at=NOW - timedelta(seconds=1))
    assert sign_in_as(person).get(f"/akun/data/salinan/{row.public_id}.zip").status_code == 404


def test_a_request_is_sent_seen_and_taken_back(sign_in_as, db_session) -> None:
    person = make_user()
    mine = sign_in_as(person)
    page = "/akun/data/permintaan"
    short = send(mine, page, kind="correct", text="salah")
    assert short.status_code == 422
    assert "salah" in short.text
    assert send(mine, page, kind="correct", text="Tanggal lahir pada sertifikat keliru.").status_code == 302
    text = mine.get("/akun/data").text
    assert "Tanggal lahir pada sertifikat keliru." in text
    assert "sisa 72 jam" in text
    row = db.session.scalars(select(PrivacyCase)).one()
    assert send(mine, "/akun/data", f"/akun/data/permintaan/{row.public_id}/tarik").status_code == 302
    assert row.state is CaseState.WITHDRAWN


def test_consents_are_never_given_beforehand(sign_in_as, db_session) -> None:
    mine = sign_in_as(make_user())
    text = mine.get("/akun/data").text
    assert text.count("Tidak setuju") == len(Purpose)
    send(mine, "/akun/data", "/akun/data/persetujuan/photos", setuju="ya")
    text = mine.get("/akun/data").text
    assert text.count("Tidak setuju") == len(Purpose) - 1
    assert "Foto saya pada kegiatan" in text


def test_the_officer_answers_with_a_password(sign_in_as, officer) -> None:
    row = make_case(make_user(name="Rina Pemohon"), CaseKind.ERASE)
    page = f"/pelindungan-data/permintaan/{row.public_id}"
    desk = sign_in_as(officer)
    assert "Rina Pemohon" in desk.get("/pelindungan-data").text
    wrong = send(desk, page, f"{page}/penuhi", answer="Sudah dihapus semua.", current="salah")
    assert wrong.status_code == 422
    assert "Sudah dihapus semua." in wrong.text
    assert row.state is CaseState.OPEN
    done = send(desk, page, f"{page}/penuhi", answer="Sudah dihapus semua.", current=PASSWORD)
    assert done.status_code == 302
    db.session.expire_all()
    assert db.session.get_one(PrivacyCase, row.id).state is CaseState.DONE
    assert "Rina Pemohon" not in desk.get("/pelindungan-data?keadaan=selesai").text


def test_late_requests_are_shown_as_late(sign_in_as, officer, clock_at) -> None:
    make_case(make_user())
    desk = sign_in_as(officer)
    clock_at(NOW + timedelta(hours=75))
    assert "lewat 3 jam" in desk.get("/pelindungan-data").text


def test_nobody_else_finds_the_desk(sign_in_as, db_session) -> None:
    breach = make_breach(make_user())
    organizer = sign_in_as(make_user(site_role=SiteRole.ORGANIZER))
    for address in (
        "",
        "/insiden",
        "/insiden.csv",
        f"/insiden/{breach.public_id}",
        "/akses",
        "/pemberitahuan",
    ):
        assert organizer.get(f"/pelindungan-data{address}").status_code == 404


def test_an_admin_appoints_an_officer(sign_in_as, db_session) -> None:
    admin, person = make_user(site_role=SiteRole.ADMIN), make_user()
    page = f"/admin/orang/{person.public_id}"
    send(sign_in_as(admin), page, f"{page}/petugas-data/tunjuk")
    assert "Pelindungan data" in sign_in_as(person).get("/beranda").text
    send(sign_in_as(admin), page, f"{page}/petugas-data/akhiri")
    assert sign_in_as(person).get("/pelindungan-data").status_code == 404


def test_reading_is_written_down_once_answered(sign_in_as, db_session) -> None:
    admin, person = make_user(site_role=SiteRole.ADMIN, name="Sari Admin"), make_user()
    event = make_event()
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    make_team(event, person)
    client = sign_in_as(admin)
    client.get(f"/admin/orang/{person.public_id}")
    client.get(f"/admin/orang/{admin.public_id}")  # one's own page is nobody's business
    client.get("/admin/orang/tidak-ada")
    sign_in_as(organizer).get(f"/k/{event.slug}/kelola/tim")
    rows = [
        (row.what, row.viewer_id, row.subject_id, row.event_id)
        for row in db.session.scalars(select(DataAccess))
    ]
    assert rows == [("person", admin.id, person.id, None), ("teams", organizer.id, None, event.id)]
    text = sign_in_as(person).get("/akun/data/dilihat").text
    assert "halaman akun" in text
    assert "daftar tim dan anggotanya" in text
    assert "Sari Admin" not in text
    assert forget_accesses(at=NOW + timedelta(days=366)) == 2


def test_who_was_not_there_yet_is_not_told(sign_in_as, db_session) -> None:
    event, person, stranger = make_event(), make_user(), make_user()
    make_team(event, person)
    make_access(stranger, "teams", event_id=event.id, at=NOW - timedelta(days=60))
    make_access(stranger, "teams", event_id=make_event().id)
    assert "daftar tim" not in sign_in_as(person).get("/akun/data/dilihat").text


# -- the event's room -------------------------------------------------------------------------------------------------


@pytest.fixture
def scene(db_session):
    event = make_event(shift_days=-17)
    organizer, juror = make_user(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    give_role(event, juror, Role.JUROR)
    add(EventPrivacy(event_id=event.id, impact_required=True))
    make_round(event)
    db.session.execute(delete(PactSignature))
    return event, organizer, juror


def test_judging_waits_for_the_signature(sign_in_as, scene) -> None:
    event, organizer, juror = scene
    pact, room = f"/k/{event.slug}/juri/pakta/1", f"/k/{event.slug}/kelola/pelindungan-data"
    desk, jury = sign_in_as(organizer), sign_in_as(juror)
    waits = send(jury, pact, version="1", agree="y")
    assert waits.status_code == 422
    assert "penilaian dampak" in waits.text
    assert "Juri belum dapat mulai" in desk.get(room).text
    assert "penilaian dampak" in desk.get(f"/k/{event.slug}/kelola").text.lower()
    run_job("privacy.watch")
    text = desk.get(f"{room}/dampak").text
    assert "Menyelenggarakan" in text
    values = dict.fromkeys(SECTIONS, "Diisi lengkap.") | {"risk_0": "Bocor", "measures_0": "Dijaga."}
    values |= {f"likelihood_{n}": "2" for n in range(12)} | {f"impact_{n}": "4" for n in range(12)}
    assert send(desk, f"{room}/dampak", version="1", **values).status_code == 302
    shown = desk.get(room).text
    seal = re.search(r'name="sidik" value="([0-9a-f]+)"', shown)[1]
    sign = {"version": "1", "sidik": seal}
    assert send(desk, room, f"{room}/tanda-tangan", **sign, current="salah").status_code == 422
    assert send(desk, room, f"{room}/tanda-tangan", **sign, current=PASSWORD).status_code == 302
    assert organizer.full_name in desk.get(f"{room}/dampak/1/cetak").text
    assert send(jury, pact, version="1", agree="y").status_code == 302
    assert db.session.scalars(select(PactSignature)).one().user_id == juror.id


def test_a_signed_version_stays_and_the_next_begins(sign_in_as, scene) -> None:
    event, organizer, _juror = scene
    make_impact(event, organizer)
    desk = sign_in_as(organizer)
    room = f"/k/{event.slug}/kelola/pelindungan-data"
    values = dict.fromkeys(SECTIONS, "Baru.") | {
        f"{name}_{n}": "2" for n in range(12) for name in ("likelihood", "impact")
    }
    values["risk_0"] = ""
    assert send(desk, f"{room}/dampak", version="1", **values).status_code == 422  # somebody signed meanwhile
    assert send(desk, f"{room}/dampak", version="2", **values).status_code == 302
    refused = send(desk, f"{room}/dampak", version="2", **values | {"risk_7": "Bocor", "data": "x" * 5001})
    assert refused.status_code == 422
    assert ">Bocor</textarea>" in refused.text.replace("\r\n", "")
    rows = db.session.scalars(select(ImpactRecord).order_by(ImpactRecord.version)).all()
    assert [(row.version, row.content["texts"]["data"]) for row in rows] == [(1, "Diisi."), (2, "Baru.")]
    gap = {"version": "2", "sidik": re.search(r'name="sidik" value="([0-9a-f]+)"', desk.get(room).text)[1]}
    refused = send(desk, room, f"{room}/tanda-tangan", **gap, current=PASSWORD)
    assert "sedikitnya satu risiko" in refused.text


def test_events_older_than_the_duty_are_not_stopped(sign_in_as, db_session) -> None:
    event = make_event(shift_days=-17)
    juror = make_user()
    give_role(event, juror, Role.JUROR)
    make_round(event)
    db.session.execute(delete(PactSignature))
    assert send(sign_in_as(juror), f"/k/{event.slug}/juri/pakta/1", version="1", agree="y").status_code == 302


def test_only_who_agrees_is_on_the_list(sign_in_as, scene) -> None:
    event, organizer, _juror = scene
    yes, no, gone, limited = (make_user(name=f"Orang {name}") for name in ("Mau", "Tidak", "Tarik", "Batas"))
    make_team(event, yes, no, gone, limited)
    for person in (yes, gone, limited):
        make_consent(person)
    make_consent(gone, given=False)
    limited.restricted_at = NOW
    page = f"/k/{event.slug}/kelola/pelindungan-data/persetujuan"
    desk = sign_in_as(organizer)
    for kind in ("html", "csv"):
        text = desk.get(f"{page}.{kind}?tujuan=mailings").text
        assert yes.email in text
        assert not any(person.email in text for person in (no, gone, limited))
    assert yes.full_name not in desk.get(f"{page}.csv?tujuan=partners").text


def test_the_end_of_a_period_is_confirmed_by_a_person(sign_in_as, db_session, clock_at) -> None:
    event = make_event(state=EventState.ARCHIVED, archived_at=NOW.replace(year=2020))
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    once, twice = make_user(name="Hanya Sekali"), make_user(name="Ikut Lagi")
    make_team(event, once, twice)
    make_team(make_event(), twice)
    page = f"/k/{event.slug}/kelola/pelindungan-data/retensi"
    desk = sign_in_as(organizer)
    text = desk.get(page).text
    assert "1 orang akan dianonimkan" in text
    assert text.index("Hanya Sekali") < text.index("Ikut Lagi")
    stale = send(desk, page, f"{page}/anonimkan", orang=[once.public_id, twice.public_id], current=PASSWORD)
    assert stale.status_code == 422
    assert send(desk, page, f"{page}/anonimkan", orang=once.public_id, current=PASSWORD).status_code == 302
    run_job("tasks.run")
    text = desk.get(page).text
    assert "Peserta sudah dianonimkan." in text
    assert "Hanya Sekali" not in text
    db.session.expire_all()
    assert twice.name == "Ikut Lagi"


def test_the_register_of_incidents(sign_in_as, officer) -> None:
    desk = sign_in_as(officer)
    page = "/pelindungan-data/insiden/baru"
    values = {"title": "Surel salah kirim", "what": "Daftar terkirim.", "data": "Nama.", "people": "12"}
    ahead = send(desk, page, noticed_at="2026-11-24T09:30", **values)
    assert "belum tiba" in ahead.text
    assert send(desk, page, noticed_at="2026-11-23T08:30", **values).status_code == 302
    row = db.session.scalars(select(Breach)).one()
    assert row.due_at == row.noticed_at + timedelta(hours=72)
    own = f"/pelindungan-data/insiden/{row.public_id}"
    text = desk.get(own).text
    assert "Pasal 46" in text
    assert "sisa 71 jam" in text
    send(desk, own, f"{own}/tutup")
    assert db.session.get_one(Breach, row.id).closed_at is None
    told = {
        "authority_told_at": "2026-11-23T09:00",
        "people_told_at": "2026-11-23T09:10",
        "measures": "Ditarik.",
    }
    assert send(desk, own, noticed_at="2026-11-23T08:30", **values, **told).status_code == 302
    send(desk, own, f"{own}/tutup")
    assert "Ditutup" in desk.get(own).text
    assert "Surel salah kirim" in desk.get("/pelindungan-data/insiden.csv").text


# -- inspection and openness ------------------------------------------------------------------------------------------


def test_an_inspector_reads_and_verifies_without_addresses(sign_in_as, db_session) -> None:
    world = build_world()
    db.session.commit()
    page = f"/k/{world.event.slug}/kelola/pemeriksaan"
    auditor = sign_in_as(world.users["auditor"])
    text = auditor.get(page).text
    for person in world.users.values():
        assert person.email not in text
    assert "Periksa keutuhan sekarang" in text
    assert "Rantai utuh." in auditor.get(f"{page}?periksa=1").text
    for address in set(re.findall(rf'href="(/k/{world.event.slug}/kelola/[^"]+)"', text)):
        assert auditor.get(address).status_code == 200, address
    assert sign_in_as(world.users["member"]).get(page).status_code == 404


def test_openness_obeys_the_seal(client, db_session) -> None:
    event = make_event(shift_days=-17)
    make_round(event)
    text = client.get(f"/k/{event.slug}/keterbukaan").text
    assert "disegel sampai diumumkan" in text
    assert "NIP, telepon, dan surel" in text

"""Pages of visits: the room, the sheet in the field, what the jury and the team read, and who gets none of it."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.visits.domain.states import VisitEffect, VisitState
from innovate.visits.models import Visit
from innovate.visits.queries.items import list_items
from innovate.visits.queries.visits import lock_visit
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.visits import make_visit, make_visit_photo, picture

NOTE = "Baru dipakai di satu kelurahan."


@pytest.fixture
def event(db_session):
    return make_event(slug="lapangan", shift_days=-17, zone="Asia/Makassar")


def person(event, role, name):
    user = make_user(name=name)
    give_role(event, user, role)
    return user


@pytest.fixture
def staff(event):
    return person(event, Role.ORGANIZER, "Rudi Panitia")


@pytest.fixture
def juror(event):
    return person(event, Role.JUROR, "Dewi Juri")


@pytest.fixture
def captain():
    return make_user(name="Sri Ketua")


@pytest.fixture
def idea(event, captain):
    return make_idea(make_team(event, captain), state=IdeaState.ELIGIBLE, title="PARIT KITA")


def sheet(visit, verdict="met", **more):
    items = list_items(visit.event_id)
    data = {f"butir-{item.public_id}": verdict for item in items} if verdict else {}
    return {"version": str(visit.version), "effect": "none", "conclusion": "Benar dipakai.", **data, **more}


def test_the_room_plans_a_visit_and_counts_it(event, staff, juror, idea, sign_in_as) -> None:
    client = sign_in_as(staff)
    assert "0 dari 1 karya sudah dikunjungi" in client.get("/k/lapangan/kelola/verifikasi").text
    address = f"/k/lapangan/kelola/verifikasi/rencana/{idea.public_id}"
    page = client.get(address).text
    assert "Dewi Juri" in page
    data = {"starts_at": "2026-11-25T09:00", "ends_at": "2026-11-25T08:00", "place": "Kantor Lurah Mariana"}
    data |= {"lead": staff.public_id, "visitors": juror.public_id}
    refused = client.post(address, data=data)
    assert refused.status_code == 422
    assert "Kantor Lurah Mariana" in refused.text
    assert "berakhir sesudah dimulai" in refused.text
    taken = client.post(address, data={**data, "ends_at": "2026-11-25T11:00"})
    assert taken.status_code == 302
    visit = lock_visit(db.session.query(Visit).one().id)
    assert [each.user_id for each in visit.visitors] == [staff.id, juror.id]
    assert visit.starts_at == datetime(2026, 11, 25, 1, tzinfo=UTC)  # nine o'clock where the event is
    room = client.get("/k/lapangan/kelola/verifikasi").text
    assert "1 karya lain sudah direncanakan." in room
    assert "Dewi Juri" in room


def test_the_visitor_saves_then_finishes_on_the_spot(event, staff, juror, idea, sign_in_as) -> None:
    visit = make_visit(idea, staff, juror)
    client = sign_in_as(juror)
    address = f"/k/lapangan/lapangan/{visit.public_id}"
    assert "Verifikasi lapangan: PARIT KITA" in client.get("/k/lapangan/juri").text
    assert "PARIT KITA" in client.get("/k/lapangan/lapangan").text
    assert "Inovasi digunakan" in client.get(address).text
    half = sheet(visit, verdict="", findings="Alat ada di tiga parit.", langkah="selesai")
    refused = client.post(address, data=half)
    assert refused.status_code == 422
    assert "Belum dinilai: Inovasi digunakan; Bukti dukung sesuai." in refused.text
    assert "Alat ada di tiga parit." in refused.text
    assert client.post(address, data=sheet(visit)).status_code == 302
    again = client.get(address).text
    assert re.search(r'value="met" checked', again)
    stale = client.post(address, data=sheet(visit, version="1", conclusion="Dari layar lain"))
    assert "Orang lain menyimpan" in stale.text
    assert "Dari layar lain" in stale.text
    assert "Yang tersimpan sekarang" in stale.text
    db.session.refresh(visit)
    done = sheet(visit, effect="note", jury_note=NOTE, langkah="selesai")
    assert client.post(address, data=done).status_code == 302
    locked = client.get(address).text
    assert "Selesaikan dan kunci" not in locked
    assert "Perbaiki dengan alasan" in locked


def test_amending_asks_a_reason_and_shows_what_was(event, staff, juror, idea, sign_in_as) -> None:
    visit = make_visit(idea, staff, juror)
    client = sign_in_as(juror)
    address = f"/k/lapangan/lapangan/{visit.public_id}"
    client.post(address, data=sheet(visit, findings="Temuan lama", langkah="selesai"))
    db.session.refresh(visit)
    refused = client.post(f"{address}/perbaiki", data=sheet(visit, findings="Temuan baru"))
    assert refused.status_code == 422
    data = sheet(visit, findings="Temuan baru", reason="Salah mencatat satu butir.")
    assert client.post(f"{address}/perbaiki", data=data).status_code == 302
    page = sign_in_as(staff).get(f"/k/lapangan/kelola/verifikasi/{visit.public_id}").text
    assert "Temuan baru" in page
    assert "Temuan lama" in page
    assert "Salah mencatat satu butir." in page


def test_the_jury_reads_the_note_and_a_conflicted_juror_nothing(
    event, staff, juror, idea, sign_in_as, client
) -> None:
    visit = make_visit(
        idea,
        staff,
        juror,
        state=VisitState.FINISHED,
        effect=VisitEffect.NOTE,
        jury_note=NOTE,
        findings="Rahasia",
    )
    round_ = make_round(event)
    seat = make_assignment(round_, idea, juror)
    page = sign_in_as(juror).get(f"/k/lapangan/juri/karya/{seat.public_id}").text
    assert NOTE in page
    assert "Rahasia" not in page
    assert NOTE not in client.get("/k/lapangan").text
    about = {"event_id": event.id, "idea_id": idea.id, "user_id": juror.id, "declared_by_id": juror.id}
    add(Conflict(**about, source=ConflictSource.DECLARED, reason="Sepupu", at=NOW))
    barred = sign_in_as(juror)
    assert barred.get(f"/k/lapangan/juri/karya/{seat.public_id}").status_code == 404
    assert barred.get(f"/k/lapangan/lapangan/{visit.public_id}").status_code == 404


def test_the_team_reads_when_and_who_and_what_was_shared(
    event, staff, juror, captain, idea, sign_in_as
) -> None:
    address = f"/k/lapangan/usulan/{idea.public_id}"
    assert "Verifikasi lapangan" not in sign_in_as(captain).get(address).text
    coming = make_visit(idea, staff, juror)
    done = {"findings": "Rahasia", "jury_note": NOTE, "effect": VisitEffect.NOTE, "shared": "Lengkapi SOP."}
    past = make_visit(idea, staff, juror, state=VisitState.FINISHED, **done)
    client = sign_in_as(captain)
    page = client.get(address).text
    assert "Dewi Juri" in page
    assert "Kantor Lurah Mariana" in page
    assert "Lengkapi SOP." in page
    assert "Rahasia" not in page
    assert NOTE not in page
    ics = client.get(f"/k/lapangan/lapangan/{coming.public_id}/jadwal.ics")
    assert ics.mimetype == "text/calendar"
    assert "LOCATION:Kantor Lurah Mariana" in ics.text
    assert client.get(f"/k/lapangan/lapangan/{past.public_id}").status_code == 404
    assert client.get(f"/k/lapangan/kelola/verifikasi/{past.public_id}").status_code == 404
    stranger = sign_in_as(make_user())
    assert stranger.get(f"/k/lapangan/lapangan/{coming.public_id}/jadwal.ics").status_code == 404


def test_a_photo_is_taken_shown_and_taken_out(event, staff, juror, captain, idea, sign_in_as) -> None:
    visit = make_visit(idea, staff, juror)
    client = sign_in_as(juror)
    address = f"/k/lapangan/lapangan/{visit.public_id}"
    refused = client.post(
        f"{address}/foto", data={"photo": (io.BytesIO(b"%PDF-1.4"), "a.pdf"), "caption": "Alat"}
    )
    assert refused.status_code == 422
    assert "Jenis berkas itu tidak diterima" in refused.text
    assert "Benar dipakai" not in refused.text
    sent = {"photo": (io.BytesIO(picture()), "a.jpg"), "caption": "Alat ukur"}
    assert client.post(f"{address}/foto", data=sent).status_code == 302
    assert "Alat ukur" in client.get(address).text
    found = re.search(rf"/lapangan/{visit.public_id}/foto/(\w+)", client.get(address).text)
    image = client.get(f"{address}/foto/{found[1]}")
    assert image.mimetype == "image/jpeg"
    assert b"Rahasia" not in image.data
    assert sign_in_as(captain).get(f"{address}/foto/{found[1]}").status_code == 404
    client = sign_in_as(juror)
    assert client.post(f"{address}/foto/{found[1]}/keluarkan").status_code == 302
    assert "Alat ukur" not in client.get(address).text


def test_the_organizer_shares_cancels_and_goes_on_to_disqualify(
    event, staff, juror, idea, sign_in_as
) -> None:
    client = sign_in_as(staff)
    done = make_visit(idea, staff, juror, state=VisitState.FINISHED, effect=VisitEffect.DISQUALIFY)
    make_visit_photo(done, staff)
    address = f"/k/lapangan/kelola/verifikasi/{done.public_id}"
    page = client.get(address).text
    assert "Tim verifikasi mengusulkan diskualifikasi" in page
    assert f"/kelola/seleksi/{idea.public_id}/diskualifikasi" in page
    assert client.post(f"{address}/bagikan", data={"shared": "Lengkapi SOP."}).status_code == 302
    assert "Lengkapi SOP." in client.get(address).text
    visit = make_visit(idea, staff, juror)
    address = f"/k/lapangan/kelola/verifikasi/{visit.public_id}"
    assert client.post(f"{address}/batalkan", data={"reason": "ya"}).status_code == 422
    assert client.post(f"{address}/batalkan", data={"reason": "Jalan terendam banjir."}).status_code == 302
    assert "Jalan terendam banjir." in client.get(address).text
    assert "Lembar verifikasi lapangan" in client.get(f"/k/lapangan/lapangan/{done.public_id}/cetak").text


def test_the_checklist_is_edited_where_visits_are(event, staff, sign_in_as) -> None:
    client = sign_in_as(staff)
    address = "/k/lapangan/kelola/verifikasi/daftar-periksa"
    assert "Penerima manfaat membenarkan manfaatnya" in client.get(address).text
    assert client.post(address, data={"label": "", "text": ""}).status_code == 422
    assert client.post(address, data={"label": "Regulasi ada", "text": "Perwali"}).status_code == 302
    item = next(each for each in list_items(event.id) if each.label == "Regulasi ada")
    assert (
        client.post(f"{address}/{item.public_id}", data={"label": "Aturan ada", "text": ""}).status_code
        == 302
    )
    assert "Aturan ada" in client.get(address).text
    assert client.post(f"{address}/{item.public_id}/keluarkan").status_code == 302
    assert "Aturan ada" not in client.get(address).text

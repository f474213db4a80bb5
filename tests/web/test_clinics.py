"""Pages of clinics: free slots, booking, the rooms of mentor and organizer, notes beside the proposal, calendar."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from innovate.clinics.models import ClinicBooking, ClinicSlot
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.jury import Assignment
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.clinics import make_action, make_booking, make_slot

DAY = timedelta(days=1)
ASK = "Bagaimana mengukur manfaatnya?"
NOTES = "Hitung waktu tunggu dua minggu."


@pytest.fixture
def event(db_session):
    return make_event(slug="klinik", shift_days=-17)


def person(event, role, name):
    user = make_user(name=name)
    give_role(event, user, role)
    return user


@pytest.fixture
def mentor(event):
    return person(event, Role.MENTOR, "Ratu Mentor")


@pytest.fixture
def staff(event):
    return person(event, Role.ORGANIZER, "Rudi Panitia")


@pytest.fixture
def captain():
    return make_user(name="Sri Ketua")


@pytest.fixture
def team(event, captain):
    return make_team(event, captain, make_user(name="Budi Anggota"), name="Parit Kita")


@pytest.fixture
def slot(event, mentor):
    return make_slot(event, mentor, NOW + 2 * DAY)


def test_a_team_books_reads_and_gives_back(event, mentor, team, captain, slot, sign_in_as) -> None:
    client = sign_in_as(captain)
    assert "1 slot klinik dapat dipesan" in client.get("/k/klinik/klinik").text
    address = f"/k/klinik/klinik/{slot.public_id}/pesan"
    short = client.post(address, data={"question": "Apa?"})
    assert short.status_code == 422
    assert "Apa?" in short.text
    page = client.post(address, data={"question": ASK}, follow_redirects=True)
    assert ASK in page.text
    assert "https://rapat.example/k" in page.text
    assert "rapat.example" not in client.get("/k/klinik/klinik").text  # the link is for who booked
    again = client.post(address, data={"question": ASK})
    assert again.status_code == 422
    assert "baru saja dipesan" in again.text
    booking = db.session.query(ClinicBooking).one()
    home = f"/k/klinik/klinik/pesanan/{booking.public_id}"
    calendar = client.get(f"{home}/jadwal.ics")
    assert calendar.mimetype == "text/calendar"
    assert "Ratu Mentor" in calendar.text
    assert sign_in_as(mentor).get(f"{home}/jadwal.ics").status_code == 200
    gone = client.post(f"{home}/batal", data={"reason": "Rapat"}, follow_redirects=True)
    assert "Pesanan dibatalkan" in gone.text
    assert "1 slot klinik dapat dipesan" in gone.text


def test_too_late_to_give_back_says_whom_to_ask(event, team, captain, mentor, sign_in_as) -> None:
    booking = make_booking(make_slot(event, mentor, NOW + DAY / 2), team)
    home = f"/k/klinik/klinik/pesanan/{booking.public_id}"
    page = sign_in_as(captain).post(f"{home}/batal")
    assert page.status_code == 422
    assert "Hubungi mentor atau panitia" in page.text


def test_a_mentor_offers_moves_and_calls_off(event, mentor, team, sign_in_as) -> None:
    client = sign_in_as(mentor)
    data = {"starts_at": "2026-11-30T09:00", "minutes": "30", "count": "2", "pause": "0", "weeks": "1"}
    nowhere = client.post("/k/klinik/klinik/saya/tawarkan", data=data)
    assert nowhere.status_code == 422
    assert "Isi tempat, tautan, atau keduanya." in nowhere.text
    data["place"] = "Ruang rapat"
    assert (
        "2 slot ditawarkan."
        in client.post("/k/klinik/klinik/saya/tawarkan", data=data, follow_redirects=True).text
    )
    first = db.session.query(ClinicSlot).order_by(ClinicSlot.id).first()
    address = f"/k/klinik/klinik/slot/{first.public_id}"
    assert 'value="2026-11-30T09:00"' in client.get(address).text
    moved = {"starts_at": "2026-11-30T08:30", "minutes": "20", "place": "Aula"}
    assert client.post(address, data=moved).status_code == 302
    clash = client.post(address, data={**moved, "starts_at": "2026-11-30T09:20"})
    assert "bertabrakan" in clash.text
    make_booking(first, team)
    db.session.expire_all()
    refused = client.post(f"{address}/batal", data={"reason": "sakit"})
    assert refused.status_code == 422
    assert 'value="sakit"' in refused.text
    done = client.post(
        f"{address}/batal", data={"reason": "Saya dirawat di rumah sakit"}, follow_redirects=True
    )
    assert "Slot dibatalkan." in done.text


def test_notes_stay_with_the_idea_and_never_reach_the_jury(
    event, mentor, staff, team, captain, slot, clock_at, sign_in_as
) -> None:
    idea = make_idea(team, state=IdeaState.ELIGIBLE, title="PARIT KITA", number=1)
    booking = make_booking(slot, team)
    home = f"/k/klinik/klinik/pesanan/{booking.public_id}"
    clock_at(slot.starts_at + timedelta(minutes=5))
    client = sign_in_as(mentor)
    saved = client.post(f"{home}/catatan", data={"version": "0", "outcome": "held", "notes": NOTES})
    assert saved.status_code == 302
    stale = client.post(f"{home}/catatan", data={"version": "0", "outcome": "", "notes": "Tulisan kedua"})
    assert stale.status_code == 422
    assert "Tulisan kedua" in stale.text
    assert "jendela lain" in stale.text
    added = client.post(f"{home}/tindak-lanjut", data={"text": "Hitung antrean"}, follow_redirects=True)
    assert "Hitung antrean" in added.text
    assert client.post(f"{home}/tindak-lanjut", data={"text": ""}).status_code == 422
    assert "Hitung antrean" in client.get("/k/klinik/klinik/saya").text
    action = db.session.get_one(ClinicBooking, booking.id)
    [row] = db.session.query(type(make_action(action, "Lain"))).filter_by(text="Hitung antrean")
    team_client = sign_in_as(captain)
    proposal = team_client.get(f"/k/klinik/usulan/{idea.public_id}").text
    assert NOTES in proposal
    assert "Hitung antrean" in proposal
    ticked = team_client.post(f"{home}/tindak-lanjut/{row.public_id}/selesai", follow_redirects=True)
    assert "ditandai selesai oleh Sri Ketua" in ticked.text
    assert NOTES in sign_in_as(staff).get(home).text
    juror = person(event, Role.JUROR, "Dewi Juri")
    seat = make_assignment(make_round(event), idea, juror)
    reading = sign_in_as(juror)
    assert reading.get(home).status_code == 404
    desk = reading.get(f"/k/klinik/juri/karya/{db.session.get_one(Assignment, seat.id).public_id}")
    assert "PARIT KITA" in desk.text
    assert NOTES not in desk.text


def test_strangers_and_other_mentors_see_no_booking(event, team, slot, sign_in_as) -> None:
    booking = make_booking(slot, team)
    home = f"/k/klinik/klinik/pesanan/{booking.public_id}"
    for user in (
        make_user(),
        person(event, Role.MENTOR, "Lain"),
        person(event, Role.SECRETARIAT, "Sekretaris"),
    ):
        client = sign_in_as(user)
        assert client.get(home).status_code == 404
        assert client.post(f"{home}/catatan", data={"version": "0", "notes": "x"}).status_code == 404


def test_the_organizer_sees_use_sets_rules_and_takes_the_workbook(
    event, staff, mentor, team, slot, sign_in_as
) -> None:
    make_team(event, name="Tim Sendiri")
    make_booking(slot, team)
    client = sign_in_as(staff)
    page = client.get("/k/klinik/kelola/klinik").text
    assert "1 dari 1 slot klinik dipesan" in page
    assert "1 tim belum ikut klinik" in page
    wrong = client.post("/k/klinik/kelola/klinik", data={"per_team": "0", "notice_hours": "24"})
    assert wrong.status_code == 422
    kept = client.post(
        "/k/klinik/kelola/klinik", data={"per_team": "2", "notice_hours": "12"}, follow_redirects=True
    )
    assert "Aturan klinik tersimpan." in kept.text
    book = openpyxl.load_workbook(io.BytesIO(client.get("/k/klinik/kelola/klinik/daftar.xlsx").data))
    assert [sheet.title for sheet in book] == ["Slot", "Pemakaian", "Belum ikut klinik"]
    assert book["Slot"]["H4"].value == "Parit Kita"
    assert book["Belum ikut klinik"]["A4"].value == "Tim Sendiri"


def test_an_event_without_mentors_has_no_room_of_clinics_in_its_navigation(event, staff, sign_in_as) -> None:
    client = sign_in_as(staff)
    assert "/kelola/klinik" not in client.get("/k/klinik/kelola/tim").text
    person(event, Role.MENTOR, "Ratu")
    assert "/kelola/klinik" in client.get("/k/klinik/kelola/tim").text

"""Pages of attendance: the wall, the phone, the list, the record, and who gets none of them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from innovate.accounts.models import Employment, SiteRole
from innovate.core.db import db
from innovate.learning.domain.rotating import GRACE, STEP
from innovate.learning.models import Attendance
from tests.factories.build import NOW, PASSWORD, make_user
from tests.factories.learning import (
    HOUR,
    make_activity,
    make_attendance,
    make_place,
    make_session,
    make_speaker,
)

SECOND = timedelta(seconds=1)


@pytest.fixture
def maker(db_session):
    return make_user(site_role=SiteRole.ORGANIZER, name="Rudi Penyelenggara")


@pytest.fixture
def activity(maker):
    return make_activity(maker)


@pytest.fixture
def held(activity):
    return make_session(activity)


@pytest.fixture
def learner(activity):
    user = make_user(name="Sri Peserta")
    make_place(activity, user)
    return user


@pytest.fixture
def wall(activity, held, maker, sign_in_as):
    """What the projector fetches, as often as one asks."""
    client, address = sign_in_as(maker), f"/pelatihan/{activity.public_id}/sesi/{held.public_id}/layar.json"
    return lambda: client.get(address).json


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def rows():
    return db.session.query(Attendance).all()


def test_the_wall_shows_the_code_by_the_clock_of_the_server(activity, held, maker, sign_in_as, clock_at):
    client = sign_in_as(maker)
    address = f"/pelatihan/{activity.public_id}/sesi/{held.public_id}/layar"
    page = client.get(address)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "data:image/svg+xml;base64," in page.text
    first = client.get(f"{address}.json").json
    assert first["link"] in page.text
    assert first["code"] in page.text
    clock_at(NOW + STEP * SECOND)
    second = client.get(f"{address}.json").json
    assert second["link"] != first["link"]
    assert 1 <= second["left"] <= STEP
    clock_at(NOW + 3 * HOUR)
    assert client.get(f"{address}.json").json == {"open": False, "left": STEP, "present": "0 orang hadir"}
    assert "Kode muncul di sini mulai 30 menit" in client.get(address).text


def test_scanning_and_one_tap_record_once(wall, learner, sign_in_as):
    phone, other_phone = sign_in_as(learner), sign_in_as(learner)
    for each in (phone, other_phone):
        scanned = each.get(path_of(wall()["link"]))
        assert scanned.status_code == 302
        assert "Catat kehadiran saya" in each.get(scanned.location).text
    done = phone.post(scanned.location)
    assert done.status_code == 302
    assert "Kehadiran Anda tercatat" in phone.get(done.location).text
    again = other_phone.post(scanned.location, follow_redirects=True)
    assert "Kehadiran Anda sudah tercatat sebelumnya." in again.text
    assert [row.user_id for row in rows()] == [learner.id]
    assert wall()["present"] == "1 orang hadir"


def test_the_page_that_was_scanned_in_time_may_be_sent_a_little_later(wall, learner, sign_in_as, clock_at):
    phone = sign_in_as(learner)
    page = phone.get(path_of(wall()["link"])).location
    clock_at(NOW + GRACE - SECOND)
    assert phone.post(page).status_code == 302
    assert [row.at for row in rows()] == [NOW]


def test_after_ten_minutes_one_scans_again(wall, learner, sign_in_as, clock_at):
    phone = sign_in_as(learner)
    page = phone.get(path_of(wall()["link"])).location
    clock_at(NOW + GRACE)
    late = phone.post(page)
    assert late.status_code == 422
    assert "Kode ini sudah berganti" in late.text
    assert rows() == []


def test_a_stale_or_forwarded_code_says_what_to_do(wall, learner, sign_in_as, client, clock_at):
    link = path_of(wall()["link"])
    clock_at(NOW + 2 * STEP * SECOND)
    for reader in (sign_in_as(learner), client):
        stale = reader.get(link)
        assert stale.status_code == 422
        assert "Pindai kode QR yang sekarang terlihat" in stale.text
    page = link.rpartition("/")[0]
    assert "Kode ini sudah berganti" in sign_in_as(learner).get(page).text
    assert sign_in_as(learner).post(page).status_code == 422
    assert client.get(link + "x").status_code == 422
    assert client.get("/pelatihan/hadir/tidakada/ABC").status_code == 404
    assert rows() == []


def test_whoever_signs_in_after_scanning_keeps_the_moment(wall, learner, client, clock_at):
    db.session.commit()
    page = client.get(path_of(wall()["link"])).location
    sign_in = client.get(page)
    assert sign_in.status_code == 302
    assert "next=" in sign_in.location
    clock_at(NOW + timedelta(minutes=5))
    entered = client.post(sign_in.location, data={"email": learner.email, "password": PASSWORD})
    assert entered.status_code == 302
    assert entered.location.endswith(page)
    assert client.post(page).status_code == 302
    assert [(row.user_id, row.at) for row in rows()] == [(learner.id, NOW)]


def test_a_scan_of_one_account_does_not_serve_another(wall, learner, held, client, sign_in_as):
    other = make_user()
    phone = sign_in_as(learner)
    page = phone.get(path_of(wall()["link"])).location
    with phone.session_transaction() as cookie:
        scanned = cookie["scanned"]
    stranger = sign_in_as(other)
    with stranger.session_transaction() as cookie:
        cookie["scanned"] = scanned
    assert stranger.post(page).status_code == 422


def test_somebody_for_whom_there_is_no_place_is_told(wall, activity, sign_in_as):
    activity.capacity = 0
    db.session.commit()
    phone = sign_in_as(make_user())
    refused = phone.post(phone.get(path_of(wall()["link"])).location)
    assert refused.status_code == 422
    assert "Semua tempat sudah terisi" in refused.text


def test_the_short_code_is_the_other_way(wall, learner, sign_in_as, clock_at):
    phone = sign_in_as(learner)
    code = wall()["code"]
    wrong = phone.post("/pelatihan/hadir", data={"code": "222222"})
    assert wrong.status_code == 422
    assert "222222" in wrong.text
    assert "Kode ini tidak berlaku" in wrong.text
    done = phone.post("/pelatihan/hadir", data={"code": code.lower()})
    assert done.status_code == 302
    assert "tercatat" in phone.get(done.location).text
    clock_at(NOW + 2 * STEP * SECOND)
    assert phone.post("/pelatihan/hadir", data={"code": code}).status_code == 422


def test_nobody_tries_codes_out(wall, learner, sign_in_as):
    phone = sign_in_as(learner)
    for _n in range(5):
        assert phone.post("/pelatihan/hadir", data={"code": "333333"}).status_code == 422
    stopped = phone.post("/pelatihan/hadir", data={"code": wall()["code"]})
    assert stopped.status_code == 429
    assert "Terlalu banyak percobaan" in stopped.text
    assert rows() == []


def test_the_list_keeps_ticks_when_the_reason_is_missing(activity, held, maker, learner, sign_in_as):
    make_attendance(held, learner)
    newcomer = make_user(name="Tono Peserta")
    make_place(activity, newcomer)
    client = sign_in_as(maker)
    address = f"/pelatihan/{activity.public_id}/sesi/{held.public_id}/hadir"
    assert "1 orang hadir" in client.get(address).text
    assert "Sri Peserta" not in client.get(address, query_string={"q": "tono"}).text
    sent = {
        "shown": [learner.public_id, newcomer.public_id],
        "was": learner.public_id,
        "here": newcomer.public_id,
    }
    refused = client.post(address, data=sent)
    assert refused.status_code == 422
    assert "Tuliskan alasan" in refused.text
    assert re.search(rf'value="{newcomer.public_id}" checked', refused.text)
    assert not re.search(rf'value="{learner.public_id}" checked', refused.text)
    taken = client.post(address, data={**sent, "reason": "Salah centang."}, follow_redirects=True)
    assert "1 kehadiran dicatat, 1 dibatalkan." in taken.text
    again = client.post(address, data={**sent, "reason": "Salah centang."}, follow_redirects=True)
    assert "Tidak ada yang berubah." in again.text


def test_a_speaker_finds_their_sessions_and_only_those(activity, held, learner, sign_in_as):
    speaker = make_user(name="Wati Narasumber")
    make_speaker(held, speaker)
    other = make_session(activity, starts=5 * HOUR, title="Sesi orang lain")
    client = sign_in_as(speaker)
    page = client.get("/pelatihan/sesi-saya").text
    assert held.title in page
    assert other.title not in page
    base = f"/pelatihan/{activity.public_id}/sesi"
    assert client.get(f"{base}/{held.public_id}/hadir").status_code == 200
    for page in ("hadir", "layar", "layar.json"):
        assert client.get(f"{base}/{other.public_id}/{page}").status_code == 404
        assert sign_in_as(learner).get(f"{base}/{held.public_id}/{page}").status_code == 404
    assert client.get(f"/pelatihan/{activity.public_id}/kehadiran").status_code == 404


def test_the_overview_and_its_workbook(activity, held, maker, learner, sign_in_as):
    make_attendance(held, learner)
    client = sign_in_as(maker)
    page = client.get(f"/pelatihan/{activity.public_id}/kehadiran").text
    assert "1 dari 1 peserta mencapai syarat" in page
    assert ">135<" in page
    made = client.get(f"/pelatihan/{activity.public_id}/kehadiran.xlsx")
    assert made.data.startswith(b"PK")
    assert sign_in_as(learner).get(f"/pelatihan/{activity.public_id}/kehadiran.xlsx").status_code == 404


def test_the_record_stands_beside_the_duty(activity, learner, maker, sign_in_as):
    make_attendance(make_session(activity, starts=-10 * HOUR), learner)
    client = sign_in_as(learner)
    page = client.get("/pelatihan/rekam").text
    assert "3 JP pada tahun 2026" in page
    assert "Kurang 17 JP dari kewajiban 20 JP" in page
    assert "Bimtek Analisis Data" in page
    assert "Tidak ada kegiatan yang cocok" in client.get("/pelatihan/rekam?q=lain").text
    assert "Tidak ada kegiatan yang cocok" in client.get("/pelatihan/rekam?tahun=2025").text
    assert client.get("/pelatihan/rekam?tahun=abc").status_code == 200
    assert client.get("/pelatihan/rekam.xlsx").data.startswith(b"PK")
    assert "Belum ada kehadiran" in sign_in_as(maker).get("/pelatihan/rekam").text


def test_the_record_tells_pppk_their_most_and_others_no_duty(sign_in_as, db_session):
    assert (
        "paling banyak 24 JP"
        in sign_in_as(make_user(employment=Employment.PPPK)).get("/pelatihan/rekam").text
    )
    student = sign_in_as(make_user(employment=Employment.STUDENT)).get("/pelatihan/rekam").text
    assert "kewajiban" not in student

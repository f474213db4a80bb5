"""Pages of the agenda: what visitors read, what only the enrolled get, and how makers go from draft to the end."""

import io
import re
from datetime import timedelta

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState
from innovate.learning.models import Activity, ActivitySkill, Enrolment
from innovate.notifications.models import OutboxMail
from tests.factories.agenda import make_material, make_skill
from tests.factories.build import NOW, give_role, make_event, make_unit, make_user
from tests.factories.learning import make_activity, make_place, make_session, make_speaker

DAY = timedelta(days=1)
LINK = "https://rapat.example/rahasia"


@pytest.fixture
def maker(db_session):
    return make_user(site_role=SiteRole.ORGANIZER, name="Uray Penyelenggara")


@pytest.fixture
def activity(maker) -> Activity:
    row = make_activity(maker, title="Bimtek Data", summary="Membaca data layanan.", capacity=2)
    make_speaker(make_session(row, starts=3 * DAY, link=LINK), make_user(name="Dewi Ahli"))
    return row


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def test_the_agenda_tells_what_comes_and_what_was(client, maker, activity) -> None:
    past = make_activity(maker, title="Sosialisasi Lama", kind=ActivityKind.OUTREACH)
    make_session(past, starts=-9 * DAY)
    for hidden in (
        make_activity(maker, title="Masih Draf", state=ActivityState.DRAFT),
        make_activity(maker, title="Acara Tersembunyi", event=make_event(state=EventState.DRAFT)),
    ):
        make_session(hidden, starts=2 * DAY)
    page = text(client.get("/pelatihan"))
    assert "Bimtek Data" in page
    assert "2 tempat lagi" in page
    assert all(
        word not in page for word in ("Sosialisasi Lama", "Masih Draf", "Acara Tersembunyi", "Buat kegiatan")
    )
    before = text(client.get("/pelatihan?saat=lalu"))
    assert "Sosialisasi Lama" in before
    assert "Bimtek Data" not in before


def test_the_agenda_is_narrowed(client, maker, activity) -> None:
    skill = make_skill(1)
    db.session.add(ActivitySkill(activity_id=activity.id, skill_id=skill.id))
    event = make_event(slug="lomba")
    other = make_activity(maker, title="Webinar Aman", kind=ActivityKind.WEBINAR, event=event)
    make_session(other, starts=40 * DAY)
    found = {
        "q=layanan": "Bimtek Data",
        "jenis=webinar": "Webinar Aman",
        "acara=lomba": "Webinar Aman",
        f"keterampilan={skill.public_id}": "Bimtek Data",
        "bulan=2026-11": "Bimtek Data",
        "bulan=2027-01": "Webinar Aman",
    }
    for query, title in found.items():
        page = text(client.get(f"/pelatihan?{query}"))
        assert {name for name in ("Bimtek Data", "Webinar Aman") if name in page} == {title}, query
    assert "Tidak ada kegiatan yang cocok" in text(client.get("/pelatihan?q=tidakada&bulan=2026-99&jenis=x"))


def test_an_empty_agenda_says_when_it_fills(client, db_session) -> None:
    assert "Belum ada kegiatan mendatang" in text(client.get("/pelatihan"))


def test_the_link_is_for_the_enrolled(client, sign_in_as, activity) -> None:
    make_material(activity, make_user(), title="Umum")
    make_material(activity, make_user(), title="Khusus", is_public=False)
    address = f"/pelatihan/{activity.public_id}"
    page = text(client.get(address))
    assert all(
        word in page
        for word in ("Dewi Ahli", "2 dari 2 tersisa", "Umum", "Masuk untuk mendaftar", "og:title")
    )
    assert LINK not in page
    assert "Khusus" not in page
    guest, waiting = make_user(), make_user()
    make_place(activity, guest)
    make_place(activity, waiting, EnrolmentState.WAITING)
    client = sign_in_as(waiting)
    page = text(client.get(address))
    assert LINK not in page
    assert "Anda nomor 1 dalam daftar tunggu" in page
    client = sign_in_as(guest)
    page = text(client.get(address))
    assert LINK in page
    assert "Khusus" in page


def test_enrolling_and_giving_up(client, sign_in_as, activity) -> None:
    address = f"/pelatihan/{activity.public_id}"
    users = [make_user() for _n in range(3)]
    for user in users:
        client = sign_in_as(user)
        answer = client.post(f"{address}/daftar", follow_redirects=True)
    assert "nomor 1 dalam daftar tunggu" in text(answer)
    client = sign_in_as(users[0])
    assert "tidak lagi terdaftar" in text(client.post(f"{address}/mundur", follow_redirects=True))
    states = {row.user_id: row.state for row in db.session.query(Enrolment).filter_by(withdrawn_at=None)}
    assert states == {users[1].id: "enrolled", users[2].id: "enrolled"}


def test_a_clash_warns_and_a_closed_door_says_why(client, sign_in_as, maker, activity) -> None:
    other = make_activity(maker, title="Rapat Lain")
    make_session(other, starts=3 * DAY)
    closed = make_activity(maker, closes_at=NOW - DAY)
    make_session(closed, starts=5 * DAY)
    user = make_user()
    make_place(other, user)
    client = sign_in_as(user)
    assert "berbarengan dengan Rapat Lain" in text(client.get(f"/pelatihan/{activity.public_id}"))
    answer = client.post(f"/pelatihan/{activity.public_id}/daftar", follow_redirects=True)
    assert "berbarengan dengan Rapat Lain" in text(answer)
    answer = client.post(f"/pelatihan/{closed.public_id}/daftar", follow_redirects=True)
    assert "Pendaftaran sudah ditutup" in text(answer)
    page = text(client.get("/beranda"))
    assert "Pelatihan Anda" in page
    assert "Bimtek Data" in page
    assert "Rapat Lain" in page


def test_the_calendar_carries_sessions_without_the_link(client, activity) -> None:
    answer = client.get(f"/pelatihan/{activity.public_id}/jadwal.ics")
    body = answer.get_data(as_text=True)
    assert answer.mimetype == "text/calendar"
    assert body.count("BEGIN:VEVENT") == 1
    assert "SEQUENCE:0" in body
    assert "rahasia" not in body
    activity.version = 4
    db.session.flush()
    assert "SEQUENCE:3" in client.get(f"/pelatihan/{activity.public_id}/jadwal.ics").get_data(as_text=True)


def test_the_calendar_of_who_has_a_place_carries_the_link(sign_in_as, activity) -> None:
    enrolled, waits = make_user(), make_user()
    make_place(activity, enrolled)
    make_place(activity, waits, EnrolmentState.WAITING)
    address = f"/pelatihan/{activity.public_id}/jadwal.ics"
    answer = sign_in_as(enrolled).get(address)
    assert LINK in answer.get_data(as_text=True).replace("\r\n ", "")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "rahasia" not in sign_in_as(waits).get(address).get_data(as_text=True)


def test_the_agenda_says_whether_one_can_enrol(client, activity) -> None:
    for values, words in (
        ({"opens_at": NOW + DAY}, "Pendaftaran dibuka"),
        ({"closes_at": NOW}, "Pendaftaran ditutup"),
    ):
        activity.opens_at = activity.closes_at = None
        for key, value in values.items():
            setattr(activity, key, value)
        db.session.flush()
        page = text(client.get("/pelatihan"))
        assert words in page
        assert "tempat lagi" not in page


def test_a_visitor_reads_that_only_the_waiting_list_is_left(client, activity) -> None:
    for _n in range(2):
        make_place(activity, make_user())
    assert "Masuk untuk ikut daftar tunggu" in text(client.get(f"/pelatihan/{activity.public_id}"))


def test_from_draft_to_cancelling(client, sign_in_as, maker) -> None:
    client = sign_in_as(maker)
    sent = {"kind": "workshop", "title": "", "zone": "Asia/Makassar", "audience": "units", "min_share": "80"}
    answer = client.post("/pelatihan/baru", data=sent)
    assert answer.status_code == 422
    assert "Bagian ini wajib diisi" in text(answer)
    unit = make_unit()
    sent |= {"title": "Lokakarya Peta", "units": unit.code, "summary": "Memetakan", "gives_certificate": "y"}
    answer = client.post("/pelatihan/baru", data=sent, follow_redirects=True)
    assert "Belum ada sesi" in text(answer)
    activity = db.session.query(Activity).filter_by(title="Lokakarya Peta").one()
    base = f"/pelatihan/{activity.public_id}"
    session = {
        "title": "Pagi",
        "starts_at": "2026-12-01T09:00",
        "ends_at": "2026-12-01T08:00",
        "room": "Aula",
    }
    answer = client.post(f"{base}/sesi/baru", data=session)
    assert answer.status_code == 422
    assert "Sesi berakhir sesudah dimulai" in text(answer)
    session |= {"ends_at": "2026-12-01T11:00", "speakers": "Rudi; Ahli\nSari"}
    assert "Rudi; Sari" in text(client.post(f"{base}/sesi/baru", data=session, follow_redirects=True))
    preview = text(client.get(base))
    assert "Pratinjau draf" in preview
    assert "pukul 09.00 WITA" in preview
    assert "tampil di agenda" in text(client.post(f"{base}/terbitkan", follow_redirects=True))
    copied = client.post(f"{base}/salin")
    assert copied.status_code == 302
    assert client.post(f"{base}/batalkan", data={"reason": "x"}).status_code == 422
    answer = client.post(f"{base}/batalkan", data={"reason": "Narasumber berhalangan"}, follow_redirects=True)
    assert "Narasumber berhalangan" in text(answer)
    assert client.get(f"{base}/ubah").status_code == 404


def test_makers_hand_out_files(client, sign_in_as, maker, activity) -> None:
    client = sign_in_as(maker)
    base = f"/pelatihan/{activity.public_id}/bahan"
    bad = {"title": "Paparan", "file": (io.BytesIO(b"MZ"), "paparan.pdf")}
    assert client.post(base, data=bad).status_code == 422
    good = {"title": "Paparan", "file": (io.BytesIO(b"%PDF-1.7"), "paparan.pdf")}
    page = text(client.post(base, data=good, follow_redirects=True))
    key = re.search(rf"{base}/(\w+)\"", page)[1]
    answer = client.get(f"{base}/{key}")
    assert answer.data == b"%PDF-1.7"
    assert answer.headers["Content-Disposition"] == "attachment; filename=paparan.pdf"
    client = sign_in_as(make_user())
    assert client.get(f"{base}/{key}").status_code == 404


def test_makers_read_add_and_remove_people(client, sign_in_as, maker, activity) -> None:
    unit = make_unit(name="Dinas Perpustakaan")
    listed = make_place(activity, make_user(name="=Amir Formula", unit_id=unit.id))
    newcomer = make_user(name="Baru Datang")
    client = sign_in_as(maker)
    base = f"/pelatihan/{activity.public_id}/peserta"
    assert "Dinas Perpustakaan" in text(client.get(base))
    assert "Tidak ada yang cocok" in text(client.get(f"{base}?q=tidak%25ada"))
    assert "Belum ada akun" in text(client.post(base, data={"email": "tidak@ada.example"}))
    assert "Baru Datang" in text(client.post(base, data={"email": newcomer.email}, follow_redirects=True))
    file = client.get(f"{base}.csv").get_data(as_text=True)
    assert "'=Amir Formula" in file
    assert client.get(f"{base}.xlsx").data.startswith(b"PK")
    assert client.get(f"{base}.pdf").status_code == 404
    away = f"{base}/{listed.public_id}/keluarkan"
    assert client.post(away, data={"reason": ""}).status_code == 422
    answer = client.post(away, data={"reason": "Pindah tugas"}, follow_redirects=True)
    assert "Formula" not in text(client.get(base))
    assert answer.status_code == 200
    assert db.session.query(OutboxMail).filter_by(template="learning_removed").count() == 1


def test_an_event_shows_its_activities_and_its_organizers_make_them(client, sign_in_as, maker) -> None:
    event = make_event(slug="lomba")
    page = text(client.get("/k/lomba"))
    assert 'id="agenda"' not in page
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    make_session(make_activity(organizer, event=event, title="Klinik Terbuka"), starts=DAY)
    make_activity(organizer, event=event, title="Draf Acara", state=ActivityState.DRAFT)
    client = sign_in_as(organizer)
    page = text(client.get("/k/lomba"))
    assert "Klinik Terbuka" in page
    assert "Draf Acara" not in page
    assert "Draf Acara" in text(client.get("/k/lomba/kelola/agenda"))
    assert client.get("/pelatihan/baru?acara=lomba").status_code == 200
    assert client.get("/pelatihan/baru").status_code == 404

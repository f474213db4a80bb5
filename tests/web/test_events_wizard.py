"""From the wizard to a public page."""

from __future__ import annotations

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, EventRole
from tests.factories.build import give_role, make_event, make_user
from tests.support.pages import fill, press


@pytest.fixture
def organizer(app):
    return make_user(site_role=SiteRole.ORGANIZER, name="Sari Wulandari")


def create(client, opens: str = "08:00", **origin: str) -> None:
    query = "&".join(f"{k}={v}" for k, v in origin.items())
    answer = fill(
        client,
        f"/kompetisi/baru/identitas?{query}",
        name="Kompetisi Inovasi Kota 2027",
        tagline="Untuk semua unit kerja",
        host="Bagian Organisasi",
        zone="Asia/Pontianak",
    )
    assert answer.location == "/kompetisi/baru/jadwal"
    answer = fill(client, "/kompetisi/baru/jadwal", first_day="2027-03-01", propose="1")
    assert answer.location == "/kompetisi/baru/jadwal"
    assert f'value="2027-03-01T{opens}"' in client.get("/kompetisi/baru/jadwal").text
    answer = fill(client, "/kompetisi/baru/jadwal", having="name_0")
    assert answer.location == "/kompetisi/baru/periksa"
    review = client.get("/kompetisi/baru/periksa").text
    assert f"Senin, 1 Maret 2027 pukul {opens.replace(':', '.')} WIB" in review
    assert fill(client, "/kompetisi/baru/periksa").location.endswith("/kelola/persiapan")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_first_day_at_the_end_of_the_calendar_is_refused_in_place(organizer, sign_in_as, day):
    staff = sign_in_as(organizer)
    fill(staff, "/kompetisi/baru/identitas?template=kipp", name="Lomba", zone="Asia/Pontianak")
    refused = fill(staff, "/kompetisi/baru/jadwal", first_day=day, propose="1")
    assert (refused.status_code, "Periksa tahunnya" in refused.text) == (422, True)
    assert staff.get("/kompetisi/baru/jadwal").status_code == 200


def test_template_becomes_a_draft_only_its_committee_sees(organizer, sign_in_as, client):
    staff = sign_in_as(organizer)
    assert "Kompetisi Inovasi Kota" in staff.get("/kompetisi/baru").text
    create(staff, template="kota")
    page = "/k/kompetisi-inovasi-kota-2027"
    assert client.get(page).status_code == 404
    assert sign_in_as(make_user()).get(page).status_code == 404
    text = staff.get(page).text
    assert "Pratinjau draf" in text
    assert "Perangkat Daerah, Kecamatan, dan BUMD" in text
    assert "Juara Harapan III" in text


def test_the_next_person_at_this_browser_does_not_find_the_answers(organizer, sign_in_as):
    browser, next_one = sign_in_as(organizer), sign_in_as(make_user(site_role=SiteRole.ORGANIZER))
    step = "/kompetisi/baru/identitas?template=kota"
    assert fill(browser, step, name="RAHASIA KOTA").status_code == 302
    assert "RAHASIA KOTA" in browser.get(step).text
    with next_one.session_transaction() as theirs, browser.session_transaction() as cookie:
        cookie.update(theirs)
    assert "RAHASIA KOTA" not in browser.get(step).text
    assert browser.get("/kompetisi/baru/jadwal").location == "/kompetisi/baru"


def test_publishing_waits_for_what_is_missing(organizer, sign_in_as, client):
    staff = sign_in_as(organizer)
    create(staff, template="kota")
    page = "/k/kompetisi-inovasi-kota-2027"
    todo = staff.get(f"{page}/kelola/persiapan").text
    assert "1 hal lagi sebelum terbit" in todo
    assert "Terbitkan sekarang" not in todo
    press(staff, f"{page}/kelola/umum", f"{page}/kelola/terbitkan")
    assert client.get(page).status_code == 404
    assert fill(staff, f"{page}/kelola/teks", description="Cari cara kerja baru.").status_code == 302
    press(staff, f"{page}/kelola/umum", f"{page}/kelola/terbitkan")
    shown = client.get(page)
    assert shown.status_code == 200
    assert "Cari cara kerja baru." in shown.text
    assert "Pratinjau draf" not in shown.text


def test_clone_brings_the_definition_not_the_people(organizer, sign_in_as):
    source = make_event(rules="Aturan lama", tagline="Ajakan lama")
    give_role(source, organizer, Role.ORGANIZER)
    give_role(source, make_user(), Role.JUROR)
    staff = sign_in_as(organizer)
    create(staff, "09:30", source=source.slug)
    copy = db.session.query(Event).filter_by(slug="kompetisi-inovasi-kota-2027").one()
    assert copy.rules == "Aturan lama"
    assert copy.tagline == "Untuk semua unit kerja"
    assert copy.state is EventState.DRAFT
    held = db.session.query(EventRole).filter_by(event_id=copy.id).all()
    assert [(row.user_id, row.role) for row in held] == [(organizer.id, Role.ORGANIZER)]

"""Pages of impact: the form of two minutes, what is public, and who writes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.models import FollowUp, Innovation, ReachReport
from innovate.impact.services.links import Links
from tests.factories.archive import make_past
from tests.factories.boards import climb
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
from tests.factories.impact import furnish, make_followup, make_innovation, make_replication
from tests.support.queries import counted_queries

SAID = {"state": "running", "is_used": "yes", "people": "120", "saved": "500000", "version": "0"}


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", shift_days=-17)


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def captain(db_session):
    return make_user()


@pytest.fixture
def idea(event, captain, organizer):
    found = make_idea(make_team(event, captain), title="PARIT KITA", state=IdeaState.ELIGIBLE, number=1)
    found.in_gallery = True
    make_ballot(make_assignment(make_round(event), found, make_user()), [4, 4, 4, 4, 4])
    return found


@pytest.fixture
def innovation(idea):
    return make_innovation(idea, status=Status.RUNNING)


@pytest.fixture
def link(innovation, captain, clock_at):
    clock_at(NOW)
    return Links("test-secret").path(make_followup(innovation).public_id, captain.public_id)


def announce(event, organizer):
    climb(event, organizer)


def test_the_form_needs_no_account_and_can_be_changed(client, link):
    page = client.get(link)
    assert page.status_code == 200
    assert "Bagaimana kabar PARIT KITA?" in page.text
    saved = client.post(link, data=SAID, follow_redirects=True)
    assert "jawaban Anda tersimpan" in saved.text
    client.post(link, data={**SAID, "people": "130", "version": "1"})
    assert db.session.query(FollowUp).one().people == 130


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"people": "banyak"}, "banyak"),
        ({"state": "stopped", "is_used": "no"}, "sedikitnya sepuluh huruf"),
        ({"version": "7"}, "Orang lain baru saja mengubah"),
        ({"link": "ftp://x"}, "Tautan harus berupa alamat"),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed_and_changes_nothing(client, link, wrong, words):
    page = client.post(link, data={**SAID, "story": "Antrean hilang di loket.", **wrong})
    assert page.status_code == 422
    assert words in page.text
    assert "Antrean hilang di loket." in page.text
    assert db.session.query(FollowUp).one().answered_at is None


def test_a_forged_link_and_one_of_somebody_who_left_open_nothing(client, link, innovation):
    assert client.get(link + "x").status_code == 404
    other = Links("test-secret").path(db.session.query(FollowUp).one().public_id, make_user().public_id)
    assert client.get(other).status_code == 404


def test_after_the_closing_the_page_says_so_and_takes_nothing(client, link, clock_at):
    clock_at(NOW + timedelta(days=61))
    assert "Masa menjawab sudah berakhir" in client.get(link).text
    assert client.post(link, data=SAID).status_code == 422
    assert db.session.query(FollowUp).one().answered_at is None


def test_numbers_with_a_comma_are_kept_exactly(client, sign_in_as, innovation, captain, link):
    found = furnish(innovation, captain, make_user())
    name = f"nilai-{found['indicator'].public_id}"
    assert client.post(link, data={**SAID, name: "1.250,75"}).status_code == 302
    row = db.session.query(FollowUp).filter_by(months=3).one()
    assert row.actuals == {found["indicator"].public_id: "1250.75"}
    page = client.post(link, data={**SAID, name: "dua", "version": "1"})
    assert "Tulis angka seperti" in page.text


def test_the_coordinator_verifies_and_then_it_is_public(
    client, event, organizer, idea, innovation, captain, sign_in_as
):
    announce(event, organizer)
    found = furnish(innovation, captain, make_user())
    address = f"/dampak/inovasi/{innovation.public_id}"
    assert "Belum ada angka terverifikasi" in client.get(address).text
    assert "501" not in client.get("/dampak").text
    desk = sign_in_as(organizer)
    kinds = (("jawaban", "answer"), ("realisasi", "actual"), ("jangkauan", "reach"))
    for kind, key in kinds:
        check = f"/k/lomba/dampak/{innovation.public_id}/periksa/{kind}/{found[key].public_id}"
        assert desk.get(check).status_code == 200
        assert desk.post(check, data={"verdict": "returned", "note": ""}).status_code == 422
        assert desk.post(check, data={"verdict": "verified", "note": ""}).status_code == 302
    assert db.session.query(ReachReport).one().check is Check.VERIFIED
    page = sign_in_as(make_user()).get(address).text
    assert "-6,5 hari" in page
    assert "Kelas 3: 501 orang ke atas." in page
    assert "tanpa kelompok pembanding" in page
    city = sign_in_as(make_user()).get("/dampak").text
    assert "501" in city
    assert "Warga tidak perlu datang lagi." in city


def test_nothing_is_public_before_the_announcement_nor_without_consent(
    client, event, organizer, idea, innovation, sign_in_as
):
    address = f"/dampak/inovasi/{innovation.public_id}"
    assert client.get(address).status_code == 404
    assert "PARIT KITA" not in client.get("/dampak/galeri").text
    announce(event, organizer)
    reader = sign_in_as(make_user())
    assert reader.get(address).status_code == 200
    assert "PARIT KITA" in reader.get("/dampak/galeri").text
    for shown, gallery in ((False, True), (True, False)):
        idea.in_gallery, event.gallery_enabled = shown, gallery
        db.session.flush()
        assert reader.get(address).status_code == 404
        assert reader.get(f"{address}/tiru").status_code == 404
        assert "PARIT KITA" not in reader.get("/dampak/galeri").text


def test_the_gallery_finds_and_narrows(client, event, organizer, idea, innovation, sign_in_as):
    announce(event, organizer)
    make_past(make_user())
    reader = sign_in_as(make_user())

    def titles(query):
        return "PARIT KITA" in reader.get(f"/dampak/galeri?{query}").text

    assert titles("q=parit")
    assert titles("keadaan=running&tiru=1&kompetisi=lomba")
    assert not titles("keadaan=stopped")
    assert not titles("tahun=1999")
    assert not titles("q=tidakada")
    assert "Tidak ada inovasi yang cocok" in reader.get("/dampak/galeri?q=tidakada").text


def test_the_page_of_an_entry_shows_its_impact(event, organizer, idea, innovation, sign_in_as):
    announce(event, organizer)
    page = sign_in_as(make_user()).get(f"/k/lomba/galeri/{idea.public_id}").text
    assert f"/dampak/inovasi/{innovation.public_id}" in page
    assert "Berjalan" in page


def test_another_unit_adopts_and_the_material_opens(event, organizer, idea, innovation, captain, sign_in_as):
    announce(event, organizer)
    asker = make_user()
    address = f"/dampak/inovasi/{innovation.public_id}/tiru"
    said = {
        "unit": "0",
        "unit_name": "Dinas Sosial, Singkawang",
        "words": "Masalah kami sama persis di sini.",
    }
    assert sign_in_as(asker).post(address, data={**said, "unit_name": ""}).status_code == 422
    assert sign_in_as(asker).post(address, data=said).status_code == 302
    assert captain.email not in sign_in_as(asker).get(address).text
    found = furnish(innovation, captain, make_user())
    file = f"/k/lomba/dampak/{innovation.public_id}/berkas/{found['impact_file'].public_id}"
    assert sign_in_as(asker).get(file).status_code == 404
    desk = f"/k/lomba/dampak/{innovation.public_id}"
    page = sign_in_as(captain).get(desk).text
    accept = page.split('action="' + desk + "/permintaan/")[-1].split('"')[0]
    assert sign_in_as(captain).post(f"{desk}/permintaan/{accept}").status_code == 302
    opened = sign_in_as(asker).get(address).text
    assert captain.email in opened
    assert "Panduan" in opened
    assert sign_in_as(asker).get(file).status_code == 200
    child = db.session.query(Innovation).filter(Innovation.parent_id == innovation.id).one()
    assert sign_in_as(asker).get(f"/k/lomba/dampak/{child.public_id}").status_code == 200
    tree = sign_in_as(make_user()).get(f"/dampak/inovasi/{innovation.public_id}").text
    assert "1 replikasi" in tree
    assert "Dinas Sosial, Singkawang" in tree


def test_an_actual_without_a_baseline_says_what_is_missing(event, innovation, captain, sign_in_as):
    team = sign_in_as(captain)
    desk = f"/k/lomba/dampak/{innovation.public_id}"
    assert (
        team.post(
            f"{desk}/indikator", data={"name": "Layanan", "unit": "kali", "direction": "up"}
        ).status_code
        == 302
    )
    address = team.get(desk).text.split(f"{desk}/indikator/")[1].split("/realisasi")[0]
    said = {"first": "2025-01-01", "last": "2025-01-31", "value": "12,5", "link": "https://contoh.example/x"}
    assert team.post(f"{desk}/indikator/{address}/realisasi", data={**said, "link": ""}).status_code == 422
    team.post(f"{desk}/indikator/{address}/realisasi", data=said)
    page = team.get(desk).text
    assert "12,5" in page
    assert "tercatat tetapi tidak dibandingkan" in page


def test_the_room_names_who_is_silent(event, organizer, innovation, sign_in_as):
    make_followup(innovation)
    page = sign_in_as(organizer).get("/k/lomba/kelola/dampak?keadaan=unanswered").text
    assert "PARIT KITA" in page
    assert "Belum dijawab" in page
    assert "PARIT KITA" not in sign_in_as(organizer).get("/k/lomba/kelola/dampak?keadaan=verified").text


def test_public_pages_do_not_ask_more_for_more_rows(client, event, organizer, idea, innovation, captain):
    announce(event, organizer)
    addresses = ("/dampak", "/dampak/galeri", f"/dampak/inovasi/{innovation.public_id}")

    def count(n):
        found = []
        for address in addresses:
            with counted_queries() as queries:
                client.get(f"{address}?x={n}")
            found.append(len(queries))
        return found

    furnish(innovation, captain, make_user())
    for row in db.session.query(FollowUp):
        row.check = Check.VERIFIED
    db.session.flush()
    before = count(1)
    for _n in range(3):
        child = make_replication(innovation, make_user())
        make_followup(child, check=Check.VERIFIED, people=3, answered_at=NOW, story="Jalan.", is_used=True)
    make_followup(innovation, months=24, check=Check.VERIFIED, people=3, answered_at=NOW, story="Jalan.")
    assert count(2) == before

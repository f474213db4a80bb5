"""Finding, registering and changing a team."""

from __future__ import annotations

from datetime import timedelta

import pytest

from innovate.accounts.models import Employment
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import Group
from innovate.teams.models import Membership, OpenRole, Team
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_unit, make_user
from tests.support.queries import counted_queries


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", name="Lomba Kota", team_min=2, team_max=3)


@pytest.fixture
def group(event) -> Group:
    return db.session.query(Group).filter_by(event_id=event.id, code="A").one()


@pytest.fixture
def rina(event, sign_in_as):
    user = make_user(name="Rina Maharani", unit_id=make_unit(name="Dinas Kesehatan").id)
    return sign_in_as(user)


def answers(group: Group, /, **more: str) -> dict[str, str]:
    return {"name": "Parit Kita", "group": str(group.id), "description": "Warga *mengukur* air.", **more}


def test_from_an_empty_list_to_a_team_of_ones_own(rina, group) -> None:
    empty = rina.get("/k/lomba/tim").text
    assert "Belum ada tim terdaftar" in empty
    assert "Satu tim berisi 2 sampai 3 orang." in empty
    form = rina.get("/k/lomba/tim/baru").text
    assert "Anda menjadi ketua." in form
    assert "Dinas Kesehatan</option>" in form
    sent = rina.post("/k/lomba/tim/baru", data=answers(group, is_listed="y"))
    page = rina.get(sent.location).text
    assert "Tim Parit Kita terdaftar. Langkah berikutnya: ajak anggota." in page
    assert "Kurang 1 anggota lagi." in page
    assert "<em>mengukur</em>" in page
    assert "Kelompok A" in page
    assert "/gabung/" in page
    listed = rina.get("/k/lomba/tim").text
    assert "1 tim terdaftar" in listed
    assert "1 dari 3 anggota" in listed


def test_a_refusal_keeps_what_was_typed(rina, group, event) -> None:
    make_team(event, name="parit kita")
    taken = rina.post("/k/lomba/tim/baru", data=answers(group))
    assert taken.status_code == 422
    assert "Nama ini sudah dipakai tim lain" in taken.text
    assert 'value="Parit Kita"' in taken.text
    assert "Warga *mengukur* air." in taken.text
    assert f'<option selected value="{group.id}">' in taken.text
    missing = rina.post("/k/lomba/tim/baru", data=answers(group, name=" ", group=""))
    assert missing.status_code == 422
    assert "2 isian perlu diperbaiki" in missing.text
    assert "Pilih salah satu." in missing.text
    foreign = rina.post("/k/lomba/tim/baru", data=answers(group, group="999999"))
    assert foreign.status_code == 422
    assert db.session.query(Team).count() == 1


def test_sending_the_form_twice_registers_one_team(rina, group) -> None:
    assert rina.post("/k/lomba/tim/baru", data=answers(group)).status_code == 302
    again = rina.post("/k/lomba/tim/baru", data=answers(group, name="Parit Kita Dua"))
    assert again.status_code == 422
    assert "Satu orang hanya boleh berada di satu tim" in again.text
    assert db.session.query(Team).count() == 1
    assert db.session.query(Membership).count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email_verified_at": None}, "Verifikasi dahulu alamat surel Anda"),
        ({"employment": Employment.STUDENT}, "Kompetisi ini khusus ASN"),
    ],
)
def test_whoever_cannot_register_reads_why(event, sign_in_as, values, words) -> None:
    client = sign_in_as(make_user(**values))
    for address in ("/k/lomba/tim", "/k/lomba/tim/baru"):
        page = client.get(address).text
        assert words in page
        assert 'name="description"></textarea>' not in page
        assert "Daftarkan tim</span>" not in page


def test_after_registration_has_closed_nobody_registers(event, rina, group, clock_at) -> None:
    clock_at(NOW + timedelta(days=10))
    assert "sudah ditutup" in rina.get("/k/lomba/tim/baru").text
    late = rina.post("/k/lomba/tim/baru", data=answers(group))
    assert late.status_code == 422
    assert 'value="Parit Kita"' in late.text
    assert db.session.query(Team).count() == 0


def test_jurors_read_that_they_do_not_compete(event, sign_in_as) -> None:
    juror = make_user()
    give_role(event, juror, Role.JUROR)
    assert "Panitia dan juri tidak dapat menjadi peserta" in sign_in_as(juror).get("/k/lomba/tim/baru").text


def test_the_list_is_searched_and_narrowed(event, rina) -> None:
    health = make_unit(name="Dinas Kesehatan Kota")
    looking = make_team(event, name="Lentera")
    add(OpenRole(team_id=looking.id, title="Analis data", created_at=NOW))
    make_team(event, name="Kepak", unit_id=health.id)
    make_team(event, name="Sembunyi", is_listed=False)
    everything = rina.get("/k/lomba/tim").text
    assert "Lentera" in everything
    assert "Mencari: Analis data" in everything
    assert "Sembunyi" not in everything
    by_unit = rina.get("/k/lomba/tim?q=kesehatan+kota").text
    assert "Kepak" in by_unit
    assert "Lentera" not in by_unit
    narrowed = rina.get("/k/lomba/tim?mencari=1").text
    assert "Lentera" in narrowed
    assert "Kepak" not in narrowed
    assert "Tidak ada tim yang cocok" in rina.get("/k/lomba/tim?q=%25").text


def test_a_long_list_has_pages_that_keep_the_search(event, rina) -> None:
    for number in range(30):
        make_team(event, name=f"Tim {number:02}")
    first = rina.get("/k/lomba/tim?q=tim").text
    assert "Tim 23" in first
    assert "Tim 24" not in first
    assert "q=tim&amp;page=2" in first
    assert "Tim 29" in rina.get("/k/lomba/tim?q=tim&page=2").text
    assert "Tim 29" in rina.get("/k/lomba/tim?q=tim&page=99").text


def test_captains_change_their_team_and_nobody_else_does(event, rina, sign_in_as, group) -> None:
    member, stranger = make_user(), make_user()
    captain = make_user()
    team = make_team(event, captain, member, name="Lentera", group_id=group.id)
    page = f"/k/lomba/tim/{team.public_id}/ubah"
    leads = sign_in_as(captain)
    assert 'value="Lentera"' in leads.get(page).text
    refused = leads.post(page, data=answers(group, name="x"))
    assert refused.status_code == 422
    assert "Isi 2 sampai 120 karakter." in refused.text
    assert leads.post(page, data=answers(group, name="Lentera Kota")).status_code == 302
    assert "Lentera Kota" in leads.get(f"/k/lomba/tim/{team.public_id}").text
    for other in (member, stranger):
        assert sign_in_as(other).get(page).status_code == 404
        assert sign_in_as(other).post(page, data=answers(group, name="Milik saya")).status_code == 404
    assert db.session.get_one(Team, team.id).name == "Lentera Kota"


def test_a_list_of_teams_costs_the_same_for_one_and_for_many(event, rina, sign_in_as) -> None:
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    staff = sign_in_as(organizer)
    counts = {}
    for wanted in (1, 3):
        while db.session.query(Team).count() < wanted:
            team = make_team(event, None, make_user(), unit_id=make_unit().id)
            add(OpenRole(team_id=team.id, title="Analis data", created_at=NOW))
        for client, address in ((rina, "/k/lomba/tim"), (staff, "/k/lomba/kelola/tim")):
            db.session.commit()
            db.session.expunge_all()
            with counted_queries() as queries:
                assert client.get(address).status_code == 200
            counts.setdefault(address, []).append(len(queries))
    assert all(before == after for before, after in counts.values()), counts


def test_without_a_token_nothing_happens(app, event, rina, group, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert rina.post("/k/lomba/tim/baru", data=answers(group)).status_code == 400
    assert db.session.query(Team).count() == 0


def test_the_organizer_reads_every_team(event, sign_in_as, group) -> None:
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    staff = sign_in_as(organizer)
    assert "Tim muncul di sini begitu peserta mendaftar." in staff.get("/k/lomba/kelola/tim").text
    make_team(event, make_user(name="Dedi Kurniawan"), name="Sendiri", is_listed=False, group_id=group.id)
    make_team(event, None, make_user(), name="Berdua")
    make_team(event, name="Bubar", disbanded_at=NOW)
    page = staff.get("/k/lomba/kelola/tim").text
    assert "1 dari 2 tim sudah cukup anggota" in page
    assert "Dedi Kurniawan" in page
    assert "kurang 1" in page
    assert "dibubarkan" in page
    lacking = staff.get("/k/lomba/kelola/tim?anggota=incomplete").text
    assert "Sendiri" in lacking
    assert "Berdua" not in lacking
    assert "Tidak ada tim yang cocok" in staff.get("/k/lomba/kelola/tim?q=tidak-ada").text

"""Pages of skills: one's own, the framework, finding members, endorsing; and who gets none of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.skills.models import SkillEndorsement, SkillRating
from innovate.skills.queries.framework import list_skills
from innovate.teams.models import OpenRole, TeamInvitation, TeamMentor
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_user
from tests.factories.clinics import rate, show, skill
from tests.support.queries import counted_queries

OWN = "/akun/keterampilan"


@pytest.fixture
def event(db_session):
    return make_event(slug="mahir")


@pytest.fixture
def captain(db_session):
    return make_user(name="Sri Ketua", skills=["Memasak"])


@pytest.fixture
def team(event, captain):
    return make_team(event, captain, make_user(name="Budi Anggota"))


def test_levels_are_said_with_their_meaning_and_kept_as_history(captain, sign_in_as) -> None:
    client = sign_in_as(captain)
    data = skill()
    page = client.get(OWN).text
    assert f"2 · {data.levels[2]}" in page
    assert 'value="Memasak"' in page
    sent = {f"tingkat_{data.public_id}": "1", "others": "Memasak, memancing,, Memasak", "is_shown": "y"}
    assert "1 tingkat dicatat" in client.post(OWN, data=sent, follow_redirects=True).text
    page = client.post(OWN, data={**sent, f"tingkat_{data.public_id}": "3"}, follow_redirects=True).text
    assert "3 dari 4" in page
    assert [row.level for row in db.session.query(SkillRating).order_by(SkillRating.id)] == [1, 3]
    db.session.refresh(captain)
    assert captain.skills == ["Memasak", "memancing"]


def test_a_wrong_word_keeps_what_was_chosen_and_stores_nothing(captain, sign_in_as) -> None:
    sent = {f"tingkat_{skill().public_id}": "4", "others": "x" * 41}
    page = sign_in_as(captain).post(OWN, data=sent)
    assert page.status_code == 422
    assert "lebih dari 40 karakter" in page.text
    assert "x" * 41 in page.text
    assert db.session.query(SkillRating).count() == 0
    forged = sign_in_as(captain).post(OWN, data={f"tingkat_{skill().public_id}": "9"})
    assert forged.status_code == 422


def test_there_is_one_page_for_skills(captain, sign_in_as) -> None:
    page = sign_in_as(captain).get("/akun").text
    assert 'name="skills"' not in page
    assert OWN in page


def test_the_administrator_keeps_the_framework_and_others_do_not_see_it(captain, sign_in_as) -> None:
    client = sign_in_as(make_user(site_role=SiteRole.ADMIN))
    levels = {f"level_{n}": f"Tingkat {n}" for n in range(5)}
    sent = {"name": "Fotografi layanan", "words": "foto", **levels}
    assert (
        "Fotografi layanan" in client.post("/admin/keterampilan/baru", data=sent, follow_redirects=True).text
    )
    again = client.post("/admin/keterampilan/baru", data=sent)
    assert again.status_code == 422
    assert "sudah ada" in again.text
    made = list_skills()[-1]
    address = f"/admin/keterampilan/{made.public_id}"
    assert "Tingkat 3" in client.get(address).text
    assert client.post(f"{address}/naik").status_code == 302
    assert list_skills()[-2].id == made.id
    assert "Tidak dipakai lagi" in client.post(f"{address}/hentikan", follow_redirects=True).text
    assert "Fotografi layanan" not in client.get(OWN).text
    for path in ("/admin/keterampilan", address):
        assert sign_in_as(captain).get(path).status_code == 404


def test_a_captain_finds_and_invites_who_lets_themselves_be_found(event, team, captain, sign_in_as) -> None:
    person = make_user(name="Tia Terbuka", nip="198609262015052001", phone="+6281234567890", skills=["catur"])
    hidden = make_user(name="Hadi Tertutup")
    for each in (person, hidden):
        rate(each, 3)
    show(person)
    client = sign_in_as(captain)
    address = f"/k/mahir/tim/{team.public_id}/cari-anggota"
    page = client.get(f"{address}?keterampilan={skill().public_id}&tingkat=3").text
    assert "Tia Terbuka" in page
    assert "Analisis data 3" in page
    assert "catur" in page
    assert "Hadi Tertutup" not in page
    assert "198609262015052001" not in page
    assert "81234567890" not in page
    assert (
        "Tidak ada orang yang cocok"
        in client.get(f"{address}?keterampilan={skill().public_id}&tingkat=4").text
    )
    done = client.post(f"{address}/{person.public_id}", follow_redirects=True)
    assert "Undangan untuk Tia Terbuka dikirim" in done.text
    assert db.session.query(TeamInvitation).one().email == person.email
    home = client.get(f"/k/mahir/tim/{team.public_id}").text  # by name, never by address
    assert "Tia Terbuka" in home
    assert person.email not in home
    assert person.email.partition("@")[0] not in home
    assert client.post(f"{address}/{person.public_id}").status_code == 422  # asked already
    assert client.post(f"{address}/{hidden.public_id}").status_code == 404
    assert sign_in_as(person).get(address).status_code == 404


def test_the_team_page_suggests_people_for_open_roles_to_the_captain_alone(
    event, team, captain, sign_in_as
) -> None:
    person = make_user(name="Tia Terbuka")
    rate(person, 3)
    show(person)
    add(OpenRole(team_id=team.id, title="Pengolah data", skills=["statistik"], created_at=NOW))
    page = f"/k/mahir/tim/{team.public_id}"
    text = sign_in_as(captain).get(page).text
    assert "Tia Terbuka" in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert (ids.count("ajak"), ids.count("calon")) == (1, 1)  # beside the captain's other ways to ask
    assert "Tia Terbuka" not in sign_in_as(make_user()).get(page).text


def test_a_mentor_endorses_on_the_page_of_the_team(event, team, captain, sign_in_as) -> None:
    mentor = make_user(name="Ratu Mentor")
    give_role(event, mentor, Role.MENTOR)
    rate(captain, 2)
    address = f"/k/mahir/tim/{team.public_id}/keterampilan"
    assert sign_in_as(mentor).get(address).status_code == 404  # does not accompany it
    about = {"event_id": event.id, "named_by_id": mentor.id, "named_at": NOW}
    row = add(TeamMentor(team_id=team.id, user_id=mentor.id, **about))
    client = sign_in_as(mentor)
    assert "Analisis data 2" in client.get(address).text
    done = client.post(
        f"{address}/{captain.public_id}", data={"skill": skill().public_id}, follow_redirects=True
    )
    assert "1 didukung" in done.text
    assert "Ratu Mentor melihat tingkat 2" in sign_in_as(captain).get(OWN).text
    assert "1 ditarik" in client.post(f"{address}/{captain.public_id}", follow_redirects=True).text
    assert db.session.query(SkillEndorsement).one().withdrawn_at is not None
    row.ended_at = NOW
    db.session.flush()
    assert client.get(address).status_code == 404


def test_finding_people_asks_a_fixed_number_of_statements(event, team, captain, sign_in_as) -> None:
    client = sign_in_as(captain)
    address = f"/k/mahir/tim/{team.public_id}/cari-anggota"

    def one_more(n):
        person = make_user(name=f"Orang {n}")
        rate(person, 3)
        rate(person, 2, "pemetaan", at=NOW + timedelta(days=1))
        show(person)
        db.session.expunge_all()

    one_more(0)
    client.get(address)
    with counted_queries() as few:
        client.get(address)
    for n in range(1, 4):
        one_more(n)
    with counted_queries() as many:
        assert "4 orang dapat Anda ajak" in client.get(address).text
    assert len(many) == len(few)

"""The conflict board, the pact's rooms, blindness, names in the text, and mentors, through their pages."""

import re

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.integrity import Clash, Dismissal, PactText
from innovate.teams.models import TeamMentor
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries


class World:
    def room(self, path=""):
        return f"/k/{self.event.slug}/kelola{path}"

    def pair(self):
        return self.room(f"/benturan/{self.juror.public_id}/{self.idea}")


@pytest.fixture
def world(app):
    world = World()
    world.event = build.make_event(shift_days=-17)
    build.make_field(world.event)
    world.round = build.make_round(world.event)
    world.unit = build.make_unit(name="Dinas Air Rahasia")
    world.juror = build.make_user(name="=Hendra Tanuwijaya", unit_id=world.unit.id)
    build.give_role(world.event, world.juror, Role.JUROR)
    world.mentor = build.make_user(name="Ratu Ayu")
    build.give_role(world.event, world.mentor, Role.MENTOR)
    world.leaders = [build.make_user(name=name) for name in ("Uray Satu", "Uray Dua")]
    for user in world.leaders:
        build.give_role(world.event, user, Role.ORGANIZER)
    world.team = build.make_team(world.event, unit_id=world.unit.id)
    idea = build.make_idea(
        world.team,
        state=IdeaState.ELIGIBLE,
        title="PARIT",
        number=17,
        answers={"ringkasan": "Digagas Dinas Air Rahasia."},
    )
    world.seat = build.make_assignment(world.round, idea, build.make_user(name="Juri Lain"))
    world.idea = idea.public_id
    db.session.commit()
    return world


def press(client, path, **answers):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/akun").text).group(1)
    return client.post(path, data={"csrf_token": token, **answers})


def test_the_board_finds_and_narrows(world, sign_in_as):
    client = sign_in_as(world.leaders[0])
    page = client.get(world.room("/benturan")).text
    assert "1 benturan kepentingan berlaku" in page
    assert "bekerja di unit yang sama" in page
    assert "Terdeteksi" in page
    for query in ("?q=parit", "?q=017", "?sebab=own_unit", f"?juri={world.juror.public_id}"):
        assert "Tanuwijaya</th>" in client.get(world.room("/benturan" + query)).text.replace(
            "<br>", "</th>"
        ), query
    assert "Tidak ada benturan yang cocok" in client.get(world.room("/benturan?q=lain")).text
    assert "Tidak ada petunjuk" in client.get(world.room("/benturan?tampil=petunjuk")).text


def test_the_board_costs_the_same_whatever_its_size(world, sign_in_as):
    client = sign_in_as(world.leaders[0])
    address = world.room("/benturan")
    client.get(address)
    with counted_queries() as few:
        client.get(address)
    for _ in range(4):
        team = build.make_team(world.event, unit_id=world.unit.id)
        build.make_idea(team, state=IdeaState.ELIGIBLE)
    db.session.commit()
    with counted_queries() as many:
        page = client.get(address).text
    assert "5 benturan kepentingan berlaku" in page
    assert len(many) == len(few), f"{few}\n{many}"


def test_files_and_paper_have_every_row_and_no_formula(world, sign_in_as):
    client = sign_in_as(world.leaders[0])
    answer = client.get(world.room("/benturan/unduh.csv"))
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=Hendra Tanuwijaya,Dinas Air Rahasia,17,PARIT,")
    assert lines[1].endswith(",terdeteksi,bekerja di unit yang sama,,berlaku")
    assert "PARIT" in client.get(world.room("/benturan/cetak")).text


def test_two_people_dismiss_and_one_takes_it_back(world, sign_in_as):
    first, second = (sign_in_as(user) for user in world.leaders)
    tie = f"own_unit|unit:{world.unit.id}:{world.unit.id}"
    empty = press(first, world.pair(), act="propose", target=tie, reason="")
    assert (empty.status_code, "wajib diisi" in empty.text) == (422, True)
    assert press(first, world.pair(), act="propose", target=tie, reason="Sudah pindah").status_code == 302
    key = db.session.query(Dismissal).one().public_id
    waiting = first.get(world.room("/benturan?tampil=usulan")).text
    assert "Sudah pindah" in waiting
    assert "Sahkan pengecualian" not in first.get(world.pair()).text
    refused = press(first, world.pair(), act="confirm", target=key, reason="Setuju sendiri")
    assert (refused.status_code, "orang kedua" in refused.text) == (422, True)
    assert press(second, world.pair(), act="confirm", target=key, reason="Benar pindah").status_code == 302
    assert "0 benturan kepentingan berlaku" in first.get(world.room("/benturan")).text
    assert "Benar pindah" in first.get(world.room("/benturan?tampil=dikecualikan")).text
    assert press(first, world.pair(), act="end", target=key, reason="Belum pindah").status_code == 302
    page = first.get(world.pair()).text
    assert "Riwayat pengecualian" in page
    assert "Belum pindah" in page


def test_bad_acts_are_absent(world, sign_in_as):
    client = sign_in_as(world.leaders[0])
    for act, target in (("propose", "aneh|x"), ("confirm", "tidakada"), ("apa", "")):
        assert press(client, world.pair(), act=act, target=target, reason="Sudah lama").status_code == 404
    assert client.get(world.room(f"/benturan/{world.juror.public_id}/tidakada")).status_code == 404


def test_a_clash_is_told_on_the_overview_and_settled(world, sign_in_as):
    build.make_ballot(world.seat, [4, 4, 4, 4, 4])
    clash = build.add(
        Clash(
            event_id=world.event.id,
            assignment_id=world.seat.id,
            reason="mentor",
            cause="mentor",
            found_at=NOW,
        )
    )
    db.session.commit()
    client = sign_in_as(world.leaders[0])
    assert "1 benturan kepentingan baru mengenai penugasan" in client.get(world.room()).text
    path = world.room(f"/benturan/sela/{clash.public_id}")
    missing = press(client, path, reason="Sudah dibahas")
    assert (missing.status_code, "Pilih salah satu" in missing.text) == (422, True)
    assert "Sudah dibahas" in missing.text
    assert press(client, path, outcome="excluded", reason="Sudah dibahas").status_code == 302
    assert client.get(path).status_code == 404
    assert "benturan kepentingan baru" not in client.get(world.room()).text


def test_the_words_of_the_pact_change_with_a_reason(world, sign_in_as):
    client = sign_in_as(world.leaders[0])
    words = "Saya menilai dengan jujur, tanpa pamrih, dan menjaga rahasia."
    refused = press(client, world.room("/pakta/naskah"), body=words, body_en="", reason="")
    assert (refused.status_code, words in refused.text) == (422, True)
    answer = press(client, world.room("/pakta/naskah"), body=words, body_en="", reason="Disingkat")
    assert answer.status_code == 302
    assert db.session.query(PactText.version).order_by(PactText.version.desc()).first() == (2,)
    pacts = client.get(world.room("/pakta")).text
    assert "1 dari 1 juri sudah menandatangani" in pacts
    sheet = re.search(r'href="([^"]+/kelola/pakta/\w{12})"', pacts).group(1)
    assert "korupsi" in client.get(sheet).text  # what was signed, not what is in force


def test_blindness_is_set_on_its_page(world, sign_in_as):
    client = sign_in_as(world.leaders[0])
    path = world.room("/babak/1/tersamar")
    refused = press(client, path, is_blind="y")
    assert (refused.status_code, "alasannya" in refused.text) == (422, True)  # an entry is open already
    assert press(client, path, is_blind="y", reason="Diputuskan pleno").status_code == 302
    assert "Penilaian tersamar: ya" in client.get(world.room("/babak/1")).text
    build.make_round(world.event, PhaseKind.FINAL)
    db.session.commit()
    assert press(client, world.room("/babak/2/tersamar"), is_blind="y").status_code == 302


def test_names_in_the_text_are_listed_with_their_passage_and_answered(world, sign_in_as):
    client = sign_in_as(world.leaders[0])
    page = client.get(world.room("/identitas")).text
    assert "Digagas <mark>Dinas Air Rahasia</mark>." in page
    path = world.room(f"/identitas/{world.idea}/")
    refused = press(client, path + "terima", note="")
    assert (refused.status_code, "Tulis alasannya" in refused.text) == (422, True)
    assert press(client, path + "minta", note="Ganti dengan sebutan umum").status_code == 302
    assert press(client, path + "terima", note="Nama lembaga induk").status_code == 302
    assert "0 usulan menyebut nama pengusulnya" in client.get(world.room("/identitas")).text


def test_a_mentor_is_named_and_ended_on_the_teams_page(world, sign_in_as):
    page = f"/k/{world.event.slug}/tim/{world.team.public_id}"
    client = sign_in_as(world.mentor)
    assert "Tetapkan mentor" in client.get(page).text
    assert press(client, page + "/mentor", mentor=world.mentor.public_id).status_code == 302
    text = client.get(page).text
    assert "Ratu Ayu" in text
    assert "Tetapkan mentor" not in text
    row = db.session.query(TeamMentor).one()
    assert press(client, f"{page}/mentor/{row.public_id}/akhiri").status_code == 302
    assert db.session.query(TeamMentor).populate_existing().one().ended_at == NOW
    wrong = press(sign_in_as(world.leaders[0]), page + "/mentor", mentor=world.juror.public_id)
    assert wrong.status_code == 422

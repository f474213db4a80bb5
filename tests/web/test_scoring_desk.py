"""The juror's rooms through the browser's eyes, without one."""

import re
from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries


@pytest.fixture
def world(app):
    class World:
        pass

    world = World()
    world.event = build.make_event(shift_days=-17)
    build.make_field(world.event, "ringkasan")
    world.round = build.make_round(world.event)
    world.juror = build.make_user(name="Hendra Tanuwijaya")
    build.give_role(world.event, world.juror, Role.JUROR)
    world.ideas = [world_idea(world, n) for n in range(1, 4)]
    world.seats = [build.make_assignment(world.round, idea, world.juror) for idea in world.ideas]
    db.session.commit()
    world.slug = world.event.slug
    world.addresses = [seat.public_id for seat in world.seats]
    world.criteria = [c.id for c in build.db.session.query(build.Criterion).order_by("position")]
    return world


def world_idea(world, n):
    team = build.make_team(world.event, name=f"Tim Parit {n}")
    return build.make_idea(
        team,
        state=IdeaState.ELIGIBLE,
        title=f"PARIT {n}",
        number=n,
        answers={"ringkasan": f"Isi rahasia {n}."},
    )


def token(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)


def card(world, client, n=0, **changes):
    page = client.get(f"/k/{world.slug}/juri/karya/{world.addresses[n]}")
    version = re.search(r'name="version" value="(\d+)"', page.text).group(1)
    values = {f"nilai-{key}": "4" for key in world.criteria}
    return {"csrf_token": token(page), "version": version, **values, **changes}


def test_home_says_how_much_is_left_and_until_when(world, sign_in_as):
    client = sign_in_as(world.juror)
    page = client.get(f"/k/{world.slug}/juri").text
    assert "Nilai PARIT 1" in page
    assert "Sisa 3 karya." in page
    assert "Selasa, 1 Desember 2026 pukul 09.30 WIB" in page
    assert [page.count(f"PARIT {n}</a>") for n in (1, 2, 3)] == [1, 1, 1]
    assert "Tidak ada karya di sini" in client.get(f"/k/{world.slug}/juri?hanya=selesai").text


def test_the_content_stays_shut_until_the_declaration(world, sign_in_as):
    for seat in world.seats:
        db.session.get(Assignment, seat.id).cleared_at = None
    db.session.commit()
    client = sign_in_as(world.juror)
    address = f"/k/{world.slug}/juri/karya/{world.addresses[0]}"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/k/{world.slug}/juri/benturan")
    page = client.get(f"/k/{world.slug}/juri/benturan")
    assert "PARIT 1" in page.text
    assert "Isi rahasia" not in page.text
    data = {
        "csrf_token": token(page),
        f"benturan-{world.addresses[0]}": "tidak",
        f"benturan-{world.addresses[1]}": "ada",
        f"alasan-{world.addresses[1]}": "Kakak saya ketua timnya",
    }
    assert client.post(f"/k/{world.slug}/juri/benturan", data=data).status_code == 302
    assert "Isi rahasia 1." in client.get(address).text
    seats = db.session.query(Assignment).order_by(Assignment.id).populate_existing().all()
    assert [(s.state, s.cleared_at) for s in seats] == [
        (AssignmentState.ACTIVE, NOW),
        (AssignmentState.RECUSED, None),
        (AssignmentState.ACTIVE, None),
    ]
    assert db.session.query(Conflict.reason).scalar() == "Kakak saya ketua timnya"
    home = client.get(f"/k/{world.slug}/juri").text
    assert "Menunggu pernyataan" in home
    assert "Tidak menilai" in home


def test_a_conflict_without_its_reason_keeps_what_was_chosen(world, sign_in_as):
    seat = db.session.get(Assignment, world.seats[0].id)
    seat.cleared_at = None
    db.session.commit()
    client = sign_in_as(world.juror)
    page = client.get(f"/k/{world.slug}/juri/benturan")
    data = {"csrf_token": token(page), f"benturan-{world.addresses[0]}": "ada"}
    answer = client.post(f"/k/{world.slug}/juri/benturan", data=data)
    assert answer.status_code == 422
    assert "paling sedikit lima huruf" in answer.text
    assert re.search(rf'id="a-{world.addresses[0]}" value="ada" checked', answer.text)
    assert db.session.query(Conflict).count() == 0


def test_the_card_is_a_form_and_handing_in_leads_to_the_next_entry(world, sign_in_as):
    client = sign_in_as(world.juror)
    page = client.get(f"/k/{world.slug}/juri/karya/{world.addresses[0]}").text
    assert "Karya 1 dari 3" in page
    assert "Isi rahasia 1." in page
    assert page.count('type="radio"') == 25
    assert "bobot 20%" in page
    data = card(world, client, langkah="ajukan", comment_team="Datanya kuat.")
    answer = client.post(f"/k/{world.slug}/juri/karya/{world.addresses[0]}", data=data, follow_redirects=True)
    assert re.search(r"Nilai diajukan, tanda terima [A-Z0-9-]{14}\. Berikutnya: PARIT 2\.", answer.text)
    assert "Karya 2 dari 3" in answer.text
    ballot = db.session.query(Ballot).populate_existing().one()
    assert (ballot.state, ballot.total, ballot.comment_team) == (BallotState.SUBMITTED, 75.0, "Datanya kuat.")
    done = client.get(f"/k/{world.slug}/juri/karya/{world.addresses[0]}").text
    assert "Terkirim 09.30" in done
    assert 'type="radio"' not in done
    assert "75,00" in done


def test_the_last_entry_leads_home(world, sign_in_as):
    client = sign_in_as(world.juror)
    for n in range(3):
        data = card(world, client, n, langkah="ajukan")
        answer = client.post(f"/k/{world.slug}/juri/karya/{world.addresses[n]}", data=data)
    assert answer.headers["Location"] == f"/k/{world.slug}/juri"
    assert "Semua karya sudah Anda nilai" in client.get(answer.headers["Location"]).text


def test_a_refused_form_keeps_what_was_typed(world, sign_in_as):
    client = sign_in_as(world.juror)
    first, second, *_ = world.criteria
    data = card(world, client, langkah="ajukan", comment_team="Jangan hilang", **{f"nilai-{second}": ""})
    answer = client.post(f"/k/{world.slug}/juri/karya/{world.addresses[0]}", data=data)
    assert answer.status_code == 422
    assert "Masih ada kriteria tanpa nilai: Efektivitas." in answer.text
    assert "Jangan hilang" in answer.text
    assert re.search(rf'name="nilai-{first}" id="k{first}-4" value="4" checked', answer.text)
    assert db.session.query(Ballot).count() == 0


def test_a_stale_form_shows_both_versions_and_can_then_be_sent(world, sign_in_as):
    client = sign_in_as(world.juror)
    address = f"/k/{world.slug}/juri/karya/{world.addresses[0]}"
    old = card(world, client)
    client.post(address, data={**old, f"nilai-{world.criteria[0]}": "1"})
    answer = client.post(address, data={**old, "comment_team": "Punya saya"})
    assert answer.status_code == 409
    assert "Punya saya" in answer.text
    assert "<dt>Kebaruan</dt><dd>1</dd>" in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text).group(1)
    assert client.post(address, data={**old, "version": version}).status_code == 302


def autosave(world, client, data, n=0):
    address = f"/k/{world.slug}/juri/karya/{world.addresses[n]}/simpan"
    return client.post(address, data=data, headers={"Accept": "application/json"})


def test_autosave_answers_with_version_time_and_running_total(world, sign_in_as):
    client = sign_in_as(world.juror)
    data = card(world, client, **{f"nilai-{world.criteria[-1]}": ""})
    answer = autosave(world, client, data)
    assert answer.get_json() == {
        "version": 1,
        "saved_at": "09.30",
        "points": "63.75",
        "possible": "85",
        "complete": False,
    }
    assert "Tersimpan 09.30" in client.get(f"/k/{world.slug}/juri/karya/{world.addresses[0]}").text


def test_autosave_from_two_tabs_answers_409_with_what_stands(world, sign_in_as):
    client = sign_in_as(world.juror)
    data = card(world, client)
    autosave(world, client, {**data, "comment_team": "tab satu"})
    answer = autosave(world, client, {**data, "comment_team": "tab dua"})
    assert answer.status_code == 409
    told = answer.get_json()
    assert (told["version"], told["current"]["comment_team"]) == (1, "tab satu")
    assert "tab atau perangkat lain" in told["message"]


def test_autosave_refuses_a_value_off_the_scale_by_name(world, sign_in_as):
    client = sign_in_as(world.juror)
    answer = autosave(world, client, card(world, client, **{f"nilai-{world.criteria[0]}": "9"}))
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {str(world.criteria[0]): "Nilai dari 1 sampai 5."}


def test_an_ended_session_answers_401_and_the_ballot_survives_signing_in_again(world, sign_in_as):
    client = sign_in_as(world.juror)
    data = card(world, client, comment_team="Ditulis sebelum sesi berakhir")
    db.session.execute(db.text("UPDATE user_sessions SET revoked_at = '2026-11-23 02:00:00'"))
    db.session.commit()
    answer = autosave(world, client, data)
    assert answer.status_code == 401
    assert answer.get_json()["error"] == "signed_out"
    assert db.session.query(Ballot).count() == 0
    again = sign_in_as(world.juror)
    fresh = card(world, again)
    assert autosave(world, again, {**data, "csrf_token": fresh["csrf_token"]}).status_code == 200
    assert db.session.query(Ballot.comment_team).scalar() == "Ditulis sebelum sesi berakhir"


def test_a_closed_round_refuses_and_says_where_the_text_is(world, sign_in_as, clock_at):
    client = sign_in_as(world.juror)
    data = card(world, client)
    clock_at(NOW + timedelta(days=9))
    answer = autosave(world, client, data)
    assert answer.status_code == 422
    assert answer.get_json()["closed"] is True
    assert "hanya di perangkat Anda" in answer.get_json()["message"]
    page = client.get(f"/k/{world.slug}/juri/karya/{world.addresses[0]}").text
    assert "Penilaian sudah ditutup" in page
    assert "data-ballot" not in page


def test_opening_again(world, sign_in_as):
    client = sign_in_as(world.juror)
    address = f"/k/{world.slug}/juri/karya/{world.addresses[0]}"
    client.post(address, data=card(world, client, langkah="ajukan"))
    page = client.get(address)
    version = re.search(r'name="version" value="(\d+)"', page.text).group(1)
    answer = client.post(
        address + "/buka", data={"csrf_token": token(page), "version": version}, follow_redirects=True
    )
    assert "Nilai dibuka kembali" in answer.text
    assert 'type="radio"' in answer.text


def test_stepping_back_from_an_entry(world, sign_in_as):
    client = sign_in_as(world.juror)
    address = f"/k/{world.slug}/juri/karya/{world.addresses[0]}"
    client.post(address, data=card(world, client, langkah="ajukan"))
    page = client.get(address + "/undur")
    assert "tidak ikut dihitung" in page.text
    data = {"csrf_token": token(page), "source": "abstained", "reason": "Di luar bidang saya"}
    answer = client.post(address + "/undur", data=data, follow_redirects=True)
    assert "dikembalikan kepada panitia" in answer.text
    ballot = db.session.query(Ballot).populate_existing().one()
    assert (ballot.state, ballot.total) == (BallotState.EXCLUDED, 75.0)
    assert client.get(address).status_code == 404
    home = client.get(f"/k/{world.slug}/juri").text
    assert "PARIT 1" not in home
    assert "Tidak menilai 1 karya lain" in home


def test_guide_and_own_scores(world, sign_in_as):
    client = sign_in_as(world.juror)
    guide = client.get(f"/k/{world.slug}/juri/panduan").text
    assert "Mudah disebarkan" in guide
    assert "bobot 15%" in guide
    assert "Belum ada nilai" in client.get(f"/k/{world.slug}/juri/nilai").text
    address = f"/k/{world.slug}/juri/karya/{world.addresses[0]}"
    client.post(address, data=card(world, client, langkah="ajukan"))
    scores = client.get(f"/k/{world.slug}/juri/nilai").text
    assert "75,00" in scores
    assert "PARIT 2</a>" not in scores


ROOMS = ["/juri", "/juri/benturan", "/juri/panduan", "/juri/nilai", "/juri/karya/{}", "/juri/karya/{}/undur"]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("who", ["stranger", "organizer", "auditor", "other_juror", "member"])
def test_others_find_nothing(world, sign_in_as, room, who):
    user = build.make_user()
    if who in {"organizer", "auditor"}:
        build.give_role(world.event, user, Role(who))
    elif who == "other_juror":
        build.give_role(build.make_event(), user, Role.JUROR)
    elif who == "member":
        user = db.session.get(build.User, captain_of(world))
    client = sign_in_as(user)
    assert client.get(f"/k/{world.slug}" + room.format(world.addresses[0])).status_code == 404


def captain_of(world):
    return db.session.query(build.Team.captain_id).order_by(build.Team.id).first()[0]


@pytest.mark.parametrize("step", ["", "/simpan", "/buka", "/undur"])
def test_a_colleague_cannot_write_on_my_sheet(world, sign_in_as, step):
    colleague = build.make_user()
    build.give_role(world.event, colleague, Role.JUROR)
    client = sign_in_as(colleague)
    mine = (
        token(client.get(f"/k/{world.slug}/juri/benturan"))
        if False
        else token(client.get(f"/k/{world.slug}/juri"))
    )
    address = f"/k/{world.slug}/juri/karya/{world.addresses[0]}{step}"
    data = {"csrf_token": mine, "version": "0", "reason": "Bukan milik saya", "source": "declared"}
    assert client.post(address, data=data).status_code == 404
    assert db.session.query(Ballot).count() == 0


@pytest.mark.parametrize("room", ["/juri", "/juri/nilai", "/juri/karya/{}"])
def test_a_page_costs_the_same_with_one_and_three_entries(world, sign_in_as, room):
    client = sign_in_as(world.juror)
    address = f"/k/{world.slug}" + room.format(world.addresses[0])
    with counted_queries() as three:
        client.get(address)
    db.session.query(Assignment).filter(Assignment.public_id.in_(world.addresses[1:])).delete()
    db.session.commit()
    db.session.expunge_all()
    with counted_queries() as one:
        client.get(address)
    assert len(one) == len(three), f"{one}\n{three}"
    assert len(three) <= 15, three


def test_a_save_costs_seven_statements(world, sign_in_as):
    client = sign_in_as(world.juror)
    data = card(world, client)
    autosave(world, client, data)
    db.session.expunge_all()
    with counted_queries() as queries:
        answer = autosave(world, client, {**data, "version": "1", "comment_team": "Lagi"})
    assert answer.status_code == 200
    assert len(queries) <= 7, queries

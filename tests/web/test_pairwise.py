"""The rooms of pairwise judging, as pages that work without a script."""

import csv
import io
import re

import openpyxl
import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pairwise.models import Contest, ContestKind, ContestState, Step, StepKind
from innovate.pairwise.queries.field import load_field
from innovate.scoring.models.integrity import PactSignature
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.teams.models import Team
from tests.factories import build
from tests.factories.boards import LADDER, climb
from tests.factories.contests import make_contest, walk
from tests.support.pages import fields_of, fill, press
from tests.support.queries import counted_queries


@pytest.fixture
def world(app):
    class World:
        pass

    world = World()
    event = world.event = build.make_event(shift_days=-17)
    world.round = build.make_round(event)
    group = db.session.query(build.Group).filter_by(event_id=event.id, code="A").one()
    world.people = {}
    for role in (Role.ORGANIZER, Role.CHAIR, Role.AUDITOR, Role.JUROR):
        world.people[role.value] = build.make_user(name=f"Si {role.value}")
        build.give_role(event, world.people[role.value], role)
    world.other = build.make_user(name="Rina Kusuma")
    build.give_role(event, world.other, Role.JUROR)
    world.ideas = [
        build.make_idea(
            build.make_team(event, group_id=group.id), state=IdeaState.ELIGIBLE, title=title, number=n
        )
        for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIPUTRI", "SIAGA PASANG"), 1)
    ]
    world.hall = make_contest(world.round, world.ideas, [world.people["juror"], world.other], cut=2)
    db.session.commit()
    world.slug, world.key = event.slug, world.hall.public_id
    world.desk = f"/k/{world.slug}/juri/banding/{world.key}"
    world.room = f"/k/{world.slug}/kelola/banding/{world.key}"
    return world


@pytest.fixture
def juror(world, sign_in_as):
    return sign_in_as(world.people["juror"])


def send(client, page, step, **more):
    fields = fields_of(client, page, "pasangan")
    data = {"csrf_token": fields["csrf_token"], "pasangan": fields["pasangan"], "langkah": step, **more}
    return client.post(page, data=data)


def headings(text):
    return re.findall(r'<h2 class="iv-h2[^>]*>([^<]*)</h2>', text)


# -- the juror --------------------------------------------------------------------------------------------------------


def test_a_walk_without_script(world, juror):
    assert "Mulai berkeliling" in juror.get(world.desk).text
    assert send(juror, world.desk, "ambil").location.endswith(world.desk)
    page = juror.get(world.desk).text
    assert "Sudah saya lihat" in page
    assert "Yang tadi lebih baik" not in page
    (first,) = headings(page)
    send(juror, world.desk, "lihat")
    page = juror.get(world.desk).text
    second, seen = headings(page)
    assert seen == first
    assert "Stan" in page
    send(juror, world.desk, "kini")
    page = juror.get(world.desk).text
    assert headings(page)[1] == second
    assert "1 perbandingan Anda" in page
    assert f"Terakhir: {second} lebih baik." in page
    send(juror, world.desk, "urung")
    page = juror.get(world.desk).text
    assert headings(page) == [second, first]
    assert "0 perbandingan Anda" in page
    send(juror, world.desk, "lewati")
    assert f"Terakhir: {second} dilewati." in juror.get(world.desk).text


def test_the_progress_says_how_far_it_is_enough_and_nothing_about_ranks(world, juror):
    walk(world.slug, world.hall, world.people["juror"], 3)
    walk(world.slug, world.hall, world.other, 6)
    db.session.commit()
    page = juror.get(world.desk).text
    assert re.search(
        r"3 perbandingan Anda · 9 seluruhnya, cukup untuk 2 besar: (kira-kira|lebih dari) \d+ %", page
    )
    assert "Peringkat" not in page


def test_an_outdated_page_is_told_and_counts_nothing(world, juror):
    walk(world.slug, world.hall, world.people["juror"], 1)
    db.session.commit()
    old = fields_of(juror, world.desk, "pasangan")["pasangan"]
    send(juror, world.desk, "kini")
    answer = send(juror, world.desk, "tadi", pasangan=old)
    assert "sudah dijawab dari tab atau perangkat lain" in juror.get(answer.location).text
    answer = send(juror, world.desk, "hapus-semua")
    assert "Tombol itu tidak dikenal" in juror.get(answer.location).text
    assert db.session.query(Step).filter_by(kind=StepKind.VOTE).count() == 2


def test_reading_an_entry_and_its_files_is_for_jurors_without_a_conflict(world, juror, sign_in_as):
    stalls = {stall.number: stall.public_id for stall in load_field(world.hall).stalls}
    page = juror.get(f"{world.desk}/karya/{stalls[1]}")
    assert "PARIT KITA" in page.text
    answer = fill(juror, f"{world.desk}/karya/{stalls[1]}/benturan", reason="x", having="reason")
    assert answer.status_code == 422
    answer = fill(
        juror, f"{world.desk}/karya/{stalls[1]}/benturan", reason="Ipar saya ketua timnya", having="reason"
    )
    assert "tidak ditawarkan lagi" in juror.get(answer.location).text
    assert db.session.query(Conflict).one().reason == "Ipar saya ketua timnya"
    for path in ("", "/benturan"):
        assert juror.get(f"{world.desk}/karya/{stalls[1]}{path}").status_code == 404
    assert sign_in_as(world.other).get(f"{world.desk}/karya/{stalls[1]}").status_code == 200
    assert "PARIT KITA" not in juror.get(world.desk).text


def test_the_pact_comes_first(world, juror):
    db.session.query(PactSignature).delete()
    db.session.commit()
    answer = juror.get(world.desk)
    assert answer.location.endswith(f"/k/{world.slug}/juri/pakta/1")
    stall = load_field(world.hall).stalls[0].public_id
    assert juror.get(f"{world.desk}/karya/{stall}").status_code == 404
    fill(juror, answer.location, having="version", agree="y")
    assert "Mulai berkeliling" in juror.get(world.desk).text


def test_beside_a_blind_round_pages_name_no_team(world, juror, sign_in_as):
    walk(world.slug, world.hall, world.people["juror"], 2)
    world.round.is_blind = True
    teams = [db.session.get(Team, idea.team_id).name for idea in world.ideas]
    db.session.commit()
    stall = load_field(world.hall).stalls[0].public_id
    for path in ("", f"/karya/{stall}", f"/karya/{stall}/benturan"):
        page = juror.get(world.desk + path).text
        assert not [name for name in teams if name in page], path
    world.hall.state = ContestState.CLOSED
    db.session.commit()
    chair, organizer = sign_in_as(world.people["chair"]), sign_in_as(world.people["organizer"])
    for path in ("", "/hasil", "/hasil.csv"):
        page = chair.get(world.room + path).text
        assert not [name for name in teams if name in page], path
        assert teams[0] in organizer.get(world.room + path).text
    assert teams[0] not in chair.get(f"/k/{world.slug}/kelola/banding/baru").text


def test_a_chair_who_edits_keeps_the_entries_they_may_not_see(world, sign_in_as):
    chair = world.people["chair"]
    build.add(
        Conflict(
            event_id=world.event.id,
            idea_id=world.ideas[0].id,
            user_id=chair.id,
            source=ConflictSource.DECLARED,
            declared_by_id=chair.id,
            at=build.NOW,
        )
    )
    db.session.commit()
    client = sign_in_as(chair)
    assert "PARIT KITA" not in client.get(world.room).text
    assert "PARIT KITA" not in client.get(f"{world.room}/atur").text
    fill(client, f"{world.room}/atur", having="name", name="Aula baru")
    assert {s.number: s.stand for s in load_field(world.hall).stalls if not s.removed_at} == {
        n: str(n) for n in range(1, 5)
    }


def test_the_outcome_waits_for_a_chair_from_whom_an_entry_is_kept(world, sign_in_as):
    """Ranks without one, or strengths that sum to nought, would say how that one did."""
    walk(world.slug, world.hall, world.people["juror"], 3)
    build.make_ballot(build.make_assignment(world.round, world.ideas[3], world.other), [5] * 5)
    world.hall.state, world.hall.closed_at = ContestState.CLOSED, build.NOW
    chair = world.people["chair"]
    db.session.commit()
    client, doors = sign_in_as(chair), [f"{world.room}/hasil", f"{world.room}/hasil.csv"]
    sealed = client.get(doors[0]).text
    assert "SIAGA PASANG" in sealed
    assert "100,00" not in sealed  # the round is still collecting
    assert "100.0" not in client.get(doors[1]).text
    climb(world.event, world.people["organizer"], *LADDER[:2])
    db.session.commit()
    assert "100,00" in client.get(doors[0]).text
    assert "100.0" in client.get(doors[1]).text
    said = {"source": ConflictSource.DECLARED, "declared_by_id": chair.id, "at": build.NOW}
    build.add(Conflict(event_id=world.event.id, idea_id=world.ideas[0].id, user_id=chair.id, **said))
    db.session.commit()
    assert [client.get(door).status_code for door in doors] == [404, 404]
    assert "/hasil" not in re.findall(r'href="([^"]*banding[^"]*)"', client.get(world.room).text)
    climb(world.event, world.people["organizer"], *LADDER[1:])
    db.session.commit()
    assert "PARIT KITA" in client.get(doors[0]).text


def test_the_queue_and_the_list_lead_to_the_open_contest(world, juror, sign_in_as):
    assert world.desk in juror.get(f"/k/{world.slug}/juri").text
    assert world.desk in juror.get(f"/k/{world.slug}/juri/banding").text
    assert world.desk in juror.get(f"/k/{world.slug}").text
    chair = sign_in_as(world.people["chair"])
    assert world.desk not in chair.get(f"/k/{world.slug}/juri").text
    assert chair.get(world.desk).status_code == 404
    assert "Belum ada yang dibandingkan" in chair.get(f"/k/{world.slug}/juri/banding").text


def test_a_busy_stand_is_shown_to_the_others(world, juror, sign_in_as):
    send(juror, world.desk, "ambil")
    (here,) = headings(juror.get(world.desk).text)
    page = sign_in_as(world.other).get(world.desk).text
    hall = page[page.index("Keadaan stan") :]
    assert re.search(rf"{here}</span>\s*<span[^>]*>sedang didatangi", hall)
    assert hall.count("bebas") == 3


def test_after_closing_the_juror_is_thanked_and_sees_no_result(world, juror):
    walk(world.slug, world.hall, world.people["juror"], 2)
    world.hall.state = ContestState.CLOSED
    db.session.commit()
    page = juror.get(world.desk).text
    assert "Suara Anda tersimpan" in page
    assert "Lihat hasil" not in page
    assert juror.get(f"{world.desk}/hasil").status_code == 404
    assert juror.get(f"{world.room}/hasil").status_code == 404


# -- those who lead ---------------------------------------------------------------------------------------------------


def test_setting_up_a_hall_opening_and_closing_it(world, sign_in_as):
    chair = sign_in_as(world.people["chair"])
    form = f"/k/{world.slug}/kelola/banding/baru"
    chosen = [idea.public_id for idea in world.ideas[:3]]
    people = [world.people["juror"].public_id]
    stands = {f"stan-{chosen[0]}": "B-12", f"stan-{chosen[1]}": " 7 "}
    answers = {"name": "Aula purwarupa", "cut": "3", "entries": chosen, "jurors": people, **stands}
    refused = fill(chair, form, having="name", **answers)
    assert refused.status_code == 422
    assert "kurang dari jumlah karya" in refused.text
    assert 'value="B-12"' in refused.text  # what was typed is kept
    assert refused.text.count("checked") >= 4
    made = fill(chair, form, having="name", **{**answers, "cut": "2"})
    contest = db.session.query(Contest).filter_by(name="Aula purwarupa").one()
    assert made.location.endswith(contest.public_id)
    assert {s.number: s.stand for s in load_field(contest).stalls} == {1: "B-12", 2: "7", 3: ""}
    page = chair.get(made.location).text
    assert "Stan B-12" in page
    assert "Buka untuk juri" in page
    press(chair, made.location, f"{made.location}/buka")
    assert "Sedang dibandingkan" in chair.get(made.location).text
    press(chair, made.location, f"{made.location}/tutup")
    again = press(chair, made.location, f"{made.location}/buka", reason="")
    assert again.status_code == 422
    assert "Tulis alasannya" in again.text
    press(chair, made.location, f"{made.location}/buka", reason="Ada juri menyusul")
    assert "Sedang dibandingkan" in chair.get(made.location).text


def test_changing_what_was_compared_asks_a_reason_on_the_form(world, sign_in_as):
    walk(world.slug, world.hall, world.people["juror"], 6)
    db.session.commit()
    organizer = sign_in_as(world.people["organizer"])
    three = [idea.public_id for idea in world.ideas[:3]]
    refused = fill(organizer, f"{world.room}/atur", having="name", entries=three, cut="1")
    assert refused.status_code == 422
    assert "Tulis alasannya" in refused.text
    done = fill(organizer, f"{world.room}/atur", having="name", entries=three, cut="1", reason="Tim mundur")
    assert done.location.endswith(world.room)
    assert "SIAGA PASANG" not in organizer.get(world.room).text


def test_the_outcome_beside_the_rubric_and_its_files(world, sign_in_as):
    for who in (world.people["juror"], world.other):
        walk(world.slug, world.hall, who, 6)
    build.make_ballot(build.make_assignment(world.round, world.ideas[3], world.other), [5] * 5)
    build.make_ballot(build.make_assignment(world.round, world.ideas[0], world.other), [3] * 5)
    world.ideas[1].title = "=1+1"
    db.session.query(build.IdeaRevision).filter_by(idea_id=world.ideas[1].id).one().title = "=1+1"
    db.session.commit()
    organizer = sign_in_as(world.people["organizer"])
    page = organizer.get(f"{world.room}/hasil").text
    assert page.index("PARIT KITA") < page.index("SIPUTRI") < page.index("SIAGA PASANG")
    assert "12 perbandingan" in page
    assert "naik 1" in page
    assert "turun 3" in page
    assert "belum dinilai" in page
    rows = list(csv.reader(io.StringIO(organizer.get(f"{world.room}/hasil.csv").data.decode("utf-8-sig"))))
    assert [row[4] for row in rows[1:]] == ["1", "2", "3", "4"]
    assert rows[2][5] == "'=1+1"
    assert rows[1][11:] == ["50.0", "2", "1"]
    book = openpyxl.load_workbook(io.BytesIO(organizer.get(f"{world.room}/hasil.xlsx").data))
    assert [cell.value for cell in book.active["F"]][3:5] == ["PARIT KITA", "=1+1"]
    assert book.active["F5"].data_type == "s"
    assert organizer.get(f"{world.room}/hasil.pdf").status_code == 404
    auditor, chair = sign_in_as(world.people["auditor"]), sign_in_as(world.people["chair"])
    assert auditor.get(f"{world.room}/hasil").status_code == 200
    for path in ("/hasil", "/hasil.csv"):
        assert chair.get(world.room + path).status_code == 404
    assert "/hasil" not in re.findall(r'href="([^"]*banding[^"]*)"', chair.get(world.room).text)


def test_a_run_off_from_a_tie_of_the_board_to_the_chairs_decision(world, sign_in_as):
    for idea in world.ideas[:2]:
        build.make_ballot(build.make_assignment(world.round, idea, world.other), [4] * 5)
    db.session.commit()
    organizer = sign_in_as(world.people["organizer"])
    board = f"/k/{world.slug}/kelola/hasil/1"
    assert "Siapkan banding ulang" in organizer.get(board).text
    stale = press(organizer, board, f"{board}/banding", kelompok="A", peringkat="9")
    assert "tidak lagi sama" in organizer.get(stale.location).text
    made = press(organizer, board, f"{board}/banding", kelompok="A", peringkat="1")
    contest = db.session.query(Contest).filter_by(kind=ContestKind.RUNOFF).one()
    assert made.location.endswith(contest.public_id)
    page = organizer.get(made.location).text
    assert "PARIT KITA" in page
    assert "SIPUTRI" not in page
    press(organizer, made.location, f"{made.location}/buka")
    walk(world.slug, contest, world.people["juror"], 1)
    db.session.commit()
    press(organizer, made.location, f"{made.location}/tutup")
    chair = sign_in_as(world.people["chair"])
    missing = fill(chair, f"{made.location}/hasil", having="reason", verdict="follow", reason="")
    assert missing.status_code == 422
    assert "wajib diisi" in missing.text
    done = fill(chair, f"{made.location}/hasil", having="reason", verdict="follow", reason="Selisihnya jelas")
    assert done.status_code == 302
    page = chair.get(f"{made.location}/hasil").text
    assert "Selisihnya jelas" in page
    assert "Si chair" in page
    assert organizer.get(board).text.count("Nilai sama: berbagi peringkat 1.") == 1  # nothing moved by itself


def test_pages_cost_the_same_whatever_the_hall_holds(world, juror, sign_in_as):
    organizer = sign_in_as(world.people["organizer"])

    def count():
        found = []
        for client, path in (
            (juror, world.desk),
            (organizer, world.room),
            (organizer, f"{world.room}/hasil"),
        ):
            client.get(path)
            db.session.expunge_all()
            with counted_queries() as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        return found

    before = count()
    event, hall = db.session.merge(world.event), db.session.merge(world.hall)
    juror_user = db.session.merge(world.people["juror"])
    for n in range(5, 9):
        idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, number=n)
        build.add(load_entry(hall, idea))
    walk(world.slug, hall, juror_user, 9)
    db.session.commit()
    assert count() == before
    assert max(before) <= 16


def load_entry(contest, idea):
    from innovate.pairwise.models import ContestEntry

    return ContestEntry(contest_id=contest.id, idea_id=idea.id)

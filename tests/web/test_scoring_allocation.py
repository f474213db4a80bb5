"""The allocation board's pages: who sees what, moving by form, refusals, taking back, and its cost."""

import re

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.models.integrity import Clash
from innovate.scoring.models.jury import Assignment, AssignmentState, Juror
from tests.factories import build
from tests.factories.build import NOW
from tests.support.pages import press
from tests.support.queries import counted_queries


@pytest.fixture
def room(app, clock_at, sign_in_as):
    """A round of three entries (two ballots each), two jurors, one of them on the first entry, and who leads."""
    clock_at(NOW)

    class Room:
        def path(self, rest=""):
            return f"/k/{self.slug}/kelola/penugasan/1/papan{rest}"

        def of(self, seat):
            return self.path(f"/kursi/{seat.public_id}")

        def standing(self):
            rows = db.session.query(Assignment).filter_by(state=AssignmentState.ACTIVE).populate_existing()
            numbers = {idea.id: idea.number for idea in db.session.query(Idea)}
            return sorted((numbers[row.idea_id], row.user_id) for row in rows)

    room = Room()
    room.event = build.make_event(shift_days=-17)
    room.round = build.make_round(room.event)
    room.round.ballots_per_idea = 2
    room.slug = room.event.slug
    room.unit = build.make_unit()
    room.jurors = [build.make_user(name=name) for name in ("Agus Wijaya", "Maria Lestari")]
    for juror in room.jurors:
        build.give_role(room.event, juror, Role.JUROR)
    room.jurors[0].unit_id = room.unit.id
    room.people = {}
    for role in (Role.ORGANIZER, Role.CHAIR, Role.AUDITOR, Role.SECRETARIAT):
        room.people[role.value] = build.make_user()
        build.give_role(room.event, room.people[role.value], role)
    room.ideas = [
        build.make_idea(
            build.make_team(room.event, unit_id=room.unit.id if n == 3 else None),
            state=IdeaState.ELIGIBLE,
            title=title,
            number=n,
        )
        for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIPUTRI"), 1)
    ]
    room.seat = build.make_assignment(room.round, room.ideas[0], room.jurors[0])
    db.session.commit()
    room.client = sign_in_as(room.people["organizer"])
    return room


def marks_of(page, idea):
    return re.search(rf'data-entry="{idea.public_id}"[^>]*data-marks="([^"]*)"', page).group(1)


def test_the_board_shows_entries_chips_loads_and_what_is_possible(room):
    db.session.query(Juror).filter_by(user_id=room.jurors[0].id).one().capacity = 13
    db.session.commit()
    page = room.client.get(room.path()).text
    assert "PARIT KITA" in page
    assert re.search(r"Agus Wijaya <span[^>]*>1/13<", page)
    assert "kurang 2 juri" in page
    assert "keterbandingan antarkarya" in page
    assert "0:here" in marks_of(page, room.ideas[0])
    assert "0:conflict.own_unit" in marks_of(page, room.ideas[2])
    assert "bekerja di unit yang sama" in page
    assert room.path() in room.client.get(f"/k/{room.slug}/kelola/penugasan").text


def test_a_chair_of_a_blind_round_learns_no_reason(room, sign_in_as):
    room.round.is_blind = True
    db.session.commit()
    chair = sign_in_as(room.people["chair"])
    page = chair.get(room.path()).text
    assert re.search(r"0:conflict(?!\.)", marks_of(page, room.ideas[2]))
    assert "unit yang sama" not in page
    form = chair.get(room.of(room.seat)).text
    assert "tidak bisa: berbenturan" in form
    refused = press(chair, room.of(room.seat), room.of(room.seat), to=room.ideas[2].public_id)
    assert refused.status_code == 422
    assert "karena benturan kepentingan" in refused.text
    assert "unit yang sama" not in refused.text


def test_auditors_look_and_others_do_not_even_that(room, sign_in_as):
    auditor = sign_in_as(room.people["auditor"])
    page = auditor.get(room.path())
    assert page.status_code == 200
    assert "data-juror" not in page.text
    assert auditor.get(room.of(room.seat)).status_code == 404
    for who in (room.people["secretariat"], room.jurors[0]):
        assert sign_in_as(who).get(room.path()).status_code == 404
    assert room.client.get(room.path("/kursi/tidak-ada")).status_code == 404
    assert room.client.get(room.path("/juri/tidak-ada")).status_code == 404


def test_a_juror_moves_by_form_and_back(room):
    answer = _send(room, room.seat, room.ideas[1])
    assert answer.status_code == 302
    assert room.standing() == [(2, room.jurors[0].id)]
    page = room.client.get(answer.location).text
    assert "Agus Wijaya dipindahkan dari 001 ke 002." in page
    seat = db.session.query(Assignment).filter_by(state=AssignmentState.ACTIVE).one()
    undo = press(room.client, answer.location, room.of(seat) + "/batal")
    assert undo.status_code == 302
    assert "Juri kembali ke karya semula" in room.client.get(undo.location).text
    assert room.standing() == [(1, room.jurors[0].id)]
    press(room.client, room.path(), room.of(room.seat) + "/batal")
    assert "tidak dapat dibatalkan lagi" in room.client.get(room.path()).text


def _send(room, seat, idea, **more):
    return _post(room, room.of(seat), idea, **more)


def _post(room, path, idea, **more):
    return press(room.client, path, path, **{"to": idea.public_id, **more})


def test_refusals_say_why_and_change_nothing(room):
    build.make_ballot(room.seat, [4, 4, 4, 4, 4])
    db.session.commit()
    silent = _send(room, room.seat, room.ideas[1])
    assert silent.status_code == 422
    assert "Tulis alasan memindahkannya" in silent.text
    assert f'<option selected value="{room.ideas[1].public_id}"' in silent.text
    barred = _send(room, room.seat, room.ideas[2], reason="Bidangnya lain")
    assert barred.status_code == 422
    assert "bekerja di unit yang sama" in barred.text
    assert "Bidangnya lain" in barred.text
    assert room.standing() == [(1, room.jurors[0].id)]
    assert _send(room, room.seat, room.ideas[1], reason="Bidangnya lain").status_code == 302
    stale = _send(room, room.seat, room.ideas[1], reason="Bidangnya lain")
    assert stale.status_code == 422
    assert "sudah berubah sejak halaman dibuka" in stale.text


def test_a_juror_from_the_side_gets_an_entry_until_their_limit(room):
    path = room.path(f"/juri/{room.jurors[1].public_id}")
    db.session.query(Juror).filter_by(user_id=room.jurors[1].id).one().capacity = 1
    db.session.commit()
    assert _post(room, path, room.ideas[2]).status_code == 302
    assert room.standing() == [(1, room.jurors[0].id), (3, room.jurors[1].id)]
    full = _post(room, path, room.ideas[1])
    assert full.status_code == 422
    assert "sesuai batasnya" in full.text
    assert 'data-blocked="full"' in room.client.get(room.path()).text


def test_a_clash_is_red_and_leads_to_its_page(room):
    room.seat.state, room.seat.ended_at = AssignmentState.BARRED, NOW
    clash = Clash(
        event_id=room.event.id,
        assignment_id=room.seat.id,
        reason=Reason.TEAM,
        cause="member",
        found_at=NOW,
        outcome=None,
    )
    db.session.add(clash)
    db.session.commit()
    page = room.client.get(room.path()).text
    link = re.search(r'iv-seatchip is-red" href="([^"]+)"', page).group(1)
    assert clash.public_id in link
    assert room.client.get(link).status_code == 200


def test_the_filters(room):
    def listed(query):
        page = room.client.get(f"{room.path()}?{query}").text
        return [title for title in ("PARIT KITA", "PECI HAJI", "SIPUTRI") if title in page]

    build.make_assignment(room.round, room.ideas[0], room.jurors[1])
    db.session.commit()
    assert listed("q=peci") == ["PECI HAJI"]
    assert listed("hanya=short") == ["PECI HAJI", "SIPUTRI"]
    assert listed(f"juri={room.jurors[1].public_id}") == ["PARIT KITA"]
    assert "Tidak ada karya yang cocok" in room.client.get(f"{room.path()}?q=zzz").text


def test_the_board_costs_the_same_with_more_entries_and_jurors(room):
    def cost():
        db.session.expunge_all()
        with counted_queries() as queries:
            assert room.client.get(room.path()).status_code == 200
        return queries

    few = cost()
    event = db.session.get(build.Event, room.event.id)
    round_ = db.session.get(build.Round, room.round.id)
    for n in range(4, 9):
        idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title="LAGI", number=n)
        juror = build.make_user()
        build.give_role(event, juror, Role.JUROR)
        build.make_assignment(round_, idea, juror)
    db.session.commit()
    many = cost()
    assert len(many) == len(few), f"{few}\n{many}"

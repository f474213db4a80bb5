"""The draw's pages: counting, waiting, looking, comparing, applying; and what a juror says they know."""

import re
from datetime import timedelta

import pytest

from innovate.core import jobs
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.jury import Assignment, AssignmentState, Juror
from innovate.tasks.models import Task, TaskState
from tests.factories import build
from tests.factories.build import NOW
from tests.support.pages import fields_of, fill, press
from tests.support.queries import counted_queries


@pytest.fixture
def room(app, clock_at, sign_in_as):
    """A round of three entries (two ballots each), three jurors, and an organizer's browser."""
    clock_at(NOW)

    class Room:
        def path(self, rest=""):
            return f"/k/{self.slug}/kelola/penugasan/1/undian{rest}"

        def assignments(self):
            return db.session.query(Assignment).filter_by(state=AssignmentState.ACTIVE).count()

        def preview(self, **answers):
            """Ask for a preview and let the runner do it; its address."""
            answer = fill(self.client, self.path(), having="seed", **answers)
            assert answer.status_code == 302, answer.text
            jobs.run_job("tasks.run")
            return answer.location

    room = Room()
    event = build.make_event(shift_days=-17)
    round_ = build.make_round(event)
    round_.ballots_per_idea = 2
    room.round_id, room.slug = round_.id, event.slug
    room.jurors = [build.make_user(name=name) for name in ("Agus Wijaya", "Maria Lestari", "Rina Kusuma")]
    for juror in room.jurors:
        build.give_role(event, juror, Role.JUROR)
    room.people = {}
    for role in (Role.ORGANIZER, Role.CHAIR, Role.AUDITOR):
        room.people[role.value] = build.make_user()
        build.give_role(event, room.people[role.value], role)
    for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIPUTRI"), 1):
        build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
    db.session.commit()
    room.event = event
    room.client = sign_in_as(room.people["organizer"])
    return room


def test_a_draw_is_counted_previewed_and_applied(room):
    page = room.client.get(room.path()).text
    assert "3 usulan × 2 penilaian = 6; 4 juri × 2" in page
    address = fill(room.client, room.path(), having="seed", seed="7").location
    waiting = room.client.get(address).text
    assert "Menunggu giliran" in waiting
    assert "Terapkan" not in waiting
    jobs.run_job("tasks.run")
    page = room.client.get(address).text
    assert "3 × 2 = 6" in page
    assert "Pratinjau dengan angka undian 7." in page
    assert "semua bidang" in page
    assert "Terapkan 6 penugasan" in page
    assert room.assignments() == 0
    answer = fill(room.client, address, to=address, having="csrf_token")
    assert answer.status_code == 302
    assert room.assignments() == 6
    assert "3 dari 3 karya cukup juri" in room.client.get(answer.location).text
    assert "Setiap karya cukup juri" in room.client.get(room.path()).text


def test_the_pairs_are_searched_by_name_title_and_reason(room):
    address = room.preview(seed="7")

    def listed(query):
        page = room.client.get(f"{address}?{query}").text
        return [title for title in ("PARIT KITA", "PECI HAJI", "SIPUTRI") if title in page]

    assert listed("q=peci") == ["PECI HAJI"]
    assert listed("q=003") == ["SIPUTRI"]
    assert listed("alasan=kept") == []
    assert "Tidak ada yang cocok" in room.client.get(f"{address}?q=zzz").text
    assert len(listed("alasan=tidak-ada")) == 3


def test_another_seed_is_compared(room):
    first = room.preview(seed="7")
    second = room.preview(seed="8")
    page = room.client.get(second).text
    assert "Dibandingkan dengan angka lain" in page
    assert first in page
    assert first in room.client.get(room.path()).text


def test_a_preview_that_went_stale_is_refused_with_a_reason(room):
    address = room.preview(seed="7")
    fields = fields_of(room.client, address)
    idea = db.session.query(build.Idea).first()
    build.make_assignment(db.session.get(build.Round, room.round_id), idea, room.jurors[0])
    db.session.commit()
    answer = room.client.post(address, data=fields)
    assert answer.status_code == 422
    assert "berubah sejak pratinjau" in answer.text
    assert room.assignments() == 1


def test_a_wrong_seed_is_refused_and_kept(room):
    answer = fill(room.client, room.path(), having="seed", seed="-3")
    assert answer.status_code == 422
    assert 'value="-3"' in answer.text
    assert db.session.query(Task).count() == 0


def test_groups_are_only_applied_with_consent(room):
    for juror in room.jurors[1:]:
        db.session.query(Juror).filter_by(user_id=juror.id).one().capacity = 0
    round_ = db.session.get(build.Round, room.round_id)
    round_.ballots_per_idea, round_.accepted_groups = 1, 1
    db.session.commit()
    address = room.preview(seed="7")
    page = room.client.get(address).text
    assert "2 kelompok terpisah" in page
    refused = fill(room.client, address, to=address, having="csrf_token")
    assert refused.status_code == 422
    assert "Nyatakan bahwa Anda menerimanya" in refused.text
    assert room.assignments() == 0
    assert press(room.client, address, address, confirmed="y").status_code == 302
    assert room.assignments() == 3


def test_silent_jurors_are_named_and_their_entries_move(room, clock_at):
    address = room.preview(seed="7")
    fill(room.client, address, to=address, having="csrf_token")
    assert "Semua juri yang masih punya karya membukanya" in room.client.get(room.path()).text
    clock_at(NOW + timedelta(days=4))
    page = room.client.get(room.path()).text
    assert "belum pernah membuka" in page
    assert "belum pernah membuka" not in room.client.get(room.path("?hari=5")).text
    before = db.session.query(Assignment).filter_by(user_id=room.jurors[0].id).count()
    assert before
    address = room.preview(silent=room.jurors[0].public_id)
    page = room.client.get(address).text
    assert "dialihkan dari: Agus Wijaya" in page
    assert fill(room.client, address, to=address, having="csrf_token").status_code == 302
    seats = db.session.query(Assignment).filter_by(user_id=room.jurors[0].id).populate_existing()
    assert {seat.state for seat in seats} == {AssignmentState.REMOVED}
    assert room.assignments() == 6


def test_the_overview_leads_to_the_top_up_whenever_an_entry_has_too_few_jurors(room, sign_in_as):
    page = room.client.get(f"/k/{room.slug}/kelola").text
    assert "3 karya kekurangan juri" in page
    assert f'href="{room.path()}"' in page
    address = room.preview(seed="7")
    fill(room.client, address, to=address, having="csrf_token")
    assert "kekurangan juri" not in room.client.get(f"/k/{room.slug}/kelola").text
    build.make_idea(build.make_team(room.event), state=IdeaState.ELIGIBLE, title="TERLAMBAT", number=9)
    db.session.commit()
    page = room.client.get(f"/k/{room.slug}/kelola").text
    assert "1 karya kekurangan juri" in page
    assert "TERLAMBAT" in page
    auditor = sign_in_as(room.people["auditor"]).get(f"/k/{room.slug}/kelola").text
    assert f'href="{room.path()}"' not in auditor


def test_a_task_is_watched_and_cancelled_by_those_who_lead(room, sign_in_as):
    address = fill(room.client, room.path(), having="seed", seed="7").location
    task = db.session.query(Task).one()
    state = room.client.get(f"/pekerjaan/{task.public_id}/keadaan").json
    assert state == {"state": "queued", "done": 0, "total": 0, "words": "Menunggu giliran", "over": False}
    assert "Menyusun undian penugasan" in room.client.get(f"/pekerjaan/{task.public_id}").text
    assert sign_in_as(room.people["auditor"]).get(f"/pekerjaan/{task.public_id}").status_code == 404
    assert room.client.get("/pekerjaan/tidakada1234").status_code == 404
    chair = sign_in_as(room.people["chair"])
    answer = press(chair, address, f"/pekerjaan/{task.public_id}/batal")
    assert answer.location == address
    jobs.run_job("tasks.run")
    task = db.session.query(Task).populate_existing().one()
    assert task.state is TaskState.CANCELLED
    assert "dibatalkan" in chair.get(address).text
    press(chair, room.path(), f"/pekerjaan/{task.public_id}/batal")
    assert "sudah berakhir" in chair.get(address).text


def test_work_nobody_takes_up_says_so(room, clock_at):
    address = fill(room.client, room.path(), having="seed").location
    clock_at(NOW + timedelta(minutes=3))
    assert "Pelaksana pekerjaan latar mungkin tidak berjalan" in room.client.get(address).text


def test_a_juror_tells_what_they_know(room, sign_in_as):
    client = sign_in_as(room.jurors[0])
    path = f"/k/{room.slug}/juri/keahlian"
    assert path in client.get(f"/k/{room.slug}/juri/panduan").text
    answer = fill(client, path, having="keywords", keywords="Parit; AIR Bersih", expertise="layanan")
    assert answer.status_code == 302
    row = db.session.query(Juror).filter_by(user_id=room.jurors[0].id).populate_existing().one()
    assert (row.keywords, row.expertise) == (["parit", "air bersih"], ["layanan"])
    assert 'value="parit, air bersih"' in client.get(path).text
    many = fill(client, path, having="keywords", keywords=",".join(f"k{n}" for n in range(30)))
    assert many.status_code == 422
    assert "paling banyak 20" in many.text
    shown = room.client.get(f"/k/{room.slug}/kelola/juri/{room.jurors[0].public_id}").text
    assert 'value="parit, air bersih"' in shown
    page = room.client.get(room.preview(seed="7")).text
    assert re.search(r"Agus Wijaya</b> <span[^>]*>[^<]*kata kunci: parit", page)


@pytest.mark.parametrize("where", ["", "/preview"])
def test_the_pages_cost_the_same_with_one_and_three_entries(room, where):
    def path():
        return room.preview(seed="7") if where else room.path()

    three_at = path()
    db.session.expunge_all()
    with counted_queries() as three:
        room.client.get(three_at)
    for idea in db.session.query(build.Idea).all()[1:]:
        idea.state = IdeaState.INELIGIBLE
    db.session.query(Task).delete()
    db.session.commit()
    one_at = path()
    db.session.expunge_all()
    with counted_queries() as one:
        room.client.get(one_at)
    assert len(one) == len(three), f"{one}\n{three}"

"""The rooms of organizer, chair and auditor."""

import re

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, Juror
from innovate.scoring.models.rounds import Criterion, Round, RoundEntry, Rubric
from tests.factories import build
from tests.factories.build import NOW
from tests.support.pages import fields_of, fill, press
from tests.support.queries import counted_queries


@pytest.fixture
def world(app):
    class World:
        def room(self, path):
            return f"/k/{self.slug}/kelola{path}"

    world = World()
    event = build.make_event(shift_days=-17)
    world.round = build.make_round(event)
    world.final = build.make_round(event, PhaseKind.FINAL)
    world.unit = build.make_unit()
    world.jurors = [build.make_user(name=name) for name in ("Agus Wijaya", "Maria Lestari", "Rina Kusuma")]
    for juror in world.jurors:
        build.give_role(event, juror, Role.JUROR)
    world.people = {}
    for role in (Role.ORGANIZER, Role.CHAIR, Role.AUDITOR, Role.SECRETARIAT, Role.MENTOR):
        world.people[role.value] = build.make_user(name=f"Si {role.value}")
        build.give_role(event, world.people[role.value], role)
    world.people["juror"], world.people["stranger"] = world.jurors[0], build.make_user()
    world.ideas = [
        build.make_idea(
            build.make_team(event, unit_id=world.unit.id), state=IdeaState.ELIGIBLE, title=title, number=n
        )
        for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIPUTRI"), 1)
    ]
    world.seat = build.make_assignment(world.round, world.ideas[0], world.jurors[0])
    build.make_ballot(world.seat, [4, 4, 3, 2, 5], comment_internal="Perlu diperiksa datanya")
    db.session.commit()
    world.event, world.slug = event, event.slug
    world.seat_id, world.juror_ids = world.seat.public_id, [j.public_id for j in world.jurors]
    world.idea_ids = [idea.public_id for idea in world.ideas]
    return world


@pytest.fixture
def organizer(world, sign_in_as):
    return sign_in_as(world.people["organizer"])


# -- who gets in -----------------------------------------------------------------------------------------------------

SETUP_ROOMS = ["/rubrik", "/rubrik/1", "/babak/1", "/babak/2/karya"]
PANEL_ROOMS = [
    "/juri",
    "/juri/{juror}",
    "/penugasan",
    "/penugasan/kursi/{seat}",
    "/panel",
    "/panel/lembar/{seat}",
]


@pytest.mark.parametrize(
    "who", ["organizer", "chair", "auditor", "secretariat", "mentor", "juror", "stranger"]
)
def test_who_enters_which_room(world, sign_in_as, who):
    client = sign_in_as(world.people[who])
    for rooms, allowed in (
        (SETUP_ROOMS, {"organizer", "auditor"}),
        (PANEL_ROOMS, {"organizer", "auditor", "chair"}),
        (["/penugasan/1/undian"], {"organizer", "chair"}),
    ):
        for room in rooms:
            path = world.room(room.format(juror=world.juror_ids[0], seat=world.seat_id))
            assert client.get(path).status_code == (200 if who in allowed else 404), path


WRITES = [
    "/babak",
    "/babak/1",
    "/babak/1/tutup",
    "/babak/2/karya",
    "/rubrik/1",
    "/juri/{juror}",
    "/juri/{juror}/benturan",
    "/juri/{juror}/keluarkan",
    "/penugasan/1",
    "/penugasan/kursi/{seat}",
    "/penugasan/1/undian",
    "/panel/1/buka",
]


@pytest.mark.parametrize("who", ["auditor", "juror", "stranger"])
@pytest.mark.parametrize("room", WRITES)
def test_those_who_do_not_lead_cannot_write(world, sign_in_as, who, room):
    client = sign_in_as(world.people[who])
    path = world.room(room.format(juror=world.juror_ids[0], seat=world.seat_id))
    token = fields_of(client, "/beranda")["csrf_token"][0]
    assert client.post(path, data={"csrf_token": token, "reason": "Tidak boleh"}).status_code == 404


@pytest.mark.parametrize(
    "room", ["/rubrik/9", "/babak/0", "/penugasan?babak=7", "/panel/lembar/tidakada1234", "/juri/x"]
)
def test_what_is_not_there_is_not_found(world, organizer, room):
    assert organizer.get(world.room(room)).status_code == 404


def test_nobody_else_can_see_another_events_ballot(world, sign_in_as):
    other = build.make_event()
    person = build.make_user()
    build.give_role(other, person, Role.ORGANIZER)
    client = sign_in_as(person)
    assert client.get(f"/k/{other.slug}/kelola/panel/lembar/{world.seat_id}").status_code == 404
    assert client.get(f"/k/{other.slug}/kelola/penugasan/kursi/{world.seat_id}").status_code == 404


# -- rubric builder --------------------------------------------------------------------------------------------------


def test_the_builder_adds_moves_and_removes_without_saving(world, organizer):
    path = world.room("/rubrik/2")
    page = fill(organizer, path, langkah="tambah", having="criteria-0-name")
    assert page.status_code == 200
    assert 'name="criteria-5-name"' in page.text
    page = fill(organizer, path, langkah="turun:0", having="criteria-0-name").text
    assert [re.search(rf'name="criteria-{n}-name"[^>]*value="([^"]*)"', page) for n in (0, 1)]
    assert page.index('value="Efektivitas"') < page.index('value="Kebaruan"')
    page = fill(organizer, path, langkah="hapus:0", having="criteria-0-name").text
    assert 'value="Kebaruan"' not in page
    assert db.session.query(Criterion).filter_by(rubric_id=world.final.rubric_id).count() == 5


def test_saving_a_rubric_with_words_for_its_levels(world, organizer):
    path = world.room("/rubrik/2")
    answers = {
        "langkah": "simpan",
        "criteria-0-name": "Kebaruan gagasan",
        "criteria-0-weight": "22,5",
        "criteria-0-levels-0-value": "3",
        "criteria-0-levels-0-label": "Cukup",
        "criteria-0-levels-0-description": "Baru bagi unit ini.",
    }
    assert fill(organizer, path, having="criteria-0-name", **answers).status_code == 302
    page = organizer.get(path).text
    assert "Rubrik tersimpan." in page
    assert "Baru bagi unit ini." in page
    assert "Jumlah bobot 102,5" in page
    first = db.session.query(Criterion).filter_by(rubric_id=world.final.rubric_id, position=0).one()
    assert (first.name, first.weight) == ("Kebaruan gagasan", build.Decimal("22.50"))
    assert first.levels == [{"value": "3", "label": "Cukup", "description": "Baru bagi unit ini."}]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("criteria-0-weight", "1.234", "Tulis angka seperti 88 atau 88,5."),
        ("criteria-0-weight", "0", "Bobot harus lebih dari 0"),
        ("criteria-0-maximum", "1", "lebih besar daripada nilai terendah"),
        ("criteria-1-name", "Kebaruan", "bernama sama"),
    ],
)
def test_a_refused_rubric_keeps_what_was_typed(world, organizer, field, value, words):
    answers = {"langkah": "simpan", field: value, "criteria-2-description": "Jangan hilang"}
    page = fill(organizer, world.room("/rubrik/2"), having="criteria-0-name", **answers)
    assert page.status_code == 422
    assert words in page.text
    assert "Jangan hilang" in page.text
    assert f'value="{value}"' in page.text


def test_a_rubric_with_ballots_becomes_a_new_version_with_a_reason(world, organizer):
    path = world.room("/rubrik/1")
    db.session.get(Rubric, world.round.rubric_id).locked_at = NOW
    db.session.commit()
    assert "Rubrik terkunci sejak nilai pertama" in organizer.get(path).text
    answers = {"langkah": "simpan", "criteria-0-weight": "30"}
    assert "paling sedikit lima huruf" in fill(organizer, path, having="criteria-0-name", **answers).text
    done = fill(organizer, path, having="criteria-0-name", reason="Bobot salah ketik", **answers)
    assert done.status_code == 302
    page = organizer.get(path).text
    assert "Rubrik versi 2 berlaku." in page
    assert "Bobot salah ketik" in page
    assert db.session.query(Ballot.state).populate_existing().scalar() is BallotState.DRAFT


def test_the_public_page_shows_criteria_and_weights(world, client):
    page = client.get(f"/k/{world.slug}").text
    assert "Kriteria dan bobot" in page
    row = page.split("Mudah disebarkan</b>")[1].split("</li>")[0]
    assert '<b class="iv-num">15%</b>' in row


# -- rounds ----------------------------------------------------------------------------------------------------------


def test_settings_of_a_round(world, organizer):
    path = world.room("/babak/1")
    assert fill(organizer, path, ballots_per_idea="4", weight="62,5").status_code == 302
    round_ = db.session.query(Round).filter_by(id=world.round.id).populate_existing().one()
    assert (round_.ballots_per_idea, round_.weight) == (4, build.Decimal("62.50"))
    assert "3 × 4 = 12 penilaian" in organizer.get(path).text
    assert fill(organizer, path, ballots_per_idea="0").status_code == 422


def test_closing_early_asks_why(world, organizer):
    path = world.room("/babak/1")
    page = fill(organizer, path, to=path + "/tutup", having="reason", reason="")
    assert page.status_code == 422
    assert fill(organizer, path, to=path + "/tutup", reason="Pleno dimajukan").status_code == 302
    assert "ditutup lebih awal" in organizer.get(path).text.lower()
    assert fill(organizer, path, to=path + "/buka", reason="Dua juri belum selesai").status_code == 302


def test_choosing_finalists(world, organizer):
    path = world.room("/babak/2/karya")
    page = organizer.get(path)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text).group(1)
    data = {"csrf_token": token, "chosen": world.idea_ids[:2], "reason": "Berita acara 7"}
    assert organizer.post(path, data=data).status_code == 302
    assert "2 karya maju ke" in organizer.get(path).text
    assert db.session.query(RoundEntry).count() == 2
    assert organizer.post(path, data={**data, "chosen": ["tidakada"]}).status_code == 422
    assert "Semua karya ikut" in organizer.get(world.room("/babak/1/karya")).text


# -- jurors and assignments ------------------------------------------------------------------------------------------


def test_the_jury_with_progress_and_arithmetic(world, organizer):
    page = organizer.get(world.room("/juri")).text
    assert "1 dari 1 penilaian masuk" in page
    assert "3 karya × 3 penilaian = 9; 4 juri, masing-masing sekitar 3." in page
    assert page.count("belum ditugaskan") == 3


def test_capacity_and_expertise(world, organizer):
    path = world.room(f"/juri/{world.juror_ids[1]}")
    assert fill(organizer, path, capacity="5", expertise="layanan").status_code == 302
    row = db.session.query(Juror).filter_by(user_id=world.jurors[1].id).populate_existing().one()
    assert (row.capacity, row.expertise) == (5, ["layanan"])
    assert fill(organizer, path, capacity="-2").status_code == 422


def test_assigning_by_hand_and_the_refusal_of_a_conflict(world, organizer):
    path = world.room("/penugasan?babak=1")
    db.session.get(build.User, world.jurors[2].id).unit_id = world.unit.id
    db.session.commit()
    to = world.room("/penugasan/1")
    assert press(organizer, path, to, idea=world.idea_ids[1], juror=world.juror_ids[1]).status_code == 302
    assert db.session.query(Assignment).count() == 2
    answer = press(organizer, path, to, idea=world.idea_ids[1], juror=world.juror_ids[2])
    assert answer.status_code == 422
    assert "Rina Kusuma tidak dapat menilai karya ini: bekerja di unit yang sama." in answer.text


def test_the_list_filters_and_names_what_is_short(world, organizer):
    page = organizer.get(world.room("/penugasan")).text
    assert "0 dari 3 karya cukup juri" in page
    assert page.count("kurang 3 juri") == 2
    assert "kurang 2 juri" in page
    found = organizer.get(world.room("/penugasan?q=peci")).text
    assert "PECI HAJI" in found
    assert "SIPUTRI" not in found
    assert "Tidak ada karya yang cocok" in organizer.get(world.room("/penugasan?q=nihil")).text


def test_taking_back_and_restoring(world, organizer):
    path = world.room(f"/penugasan/kursi/{world.seat_id}")
    assert fill(organizer, path, reason="x").status_code == 422
    assert fill(organizer, path, reason="Ternyata rekan kerja").status_code == 302
    assert db.session.query(Ballot.state).populate_existing().scalar() is BallotState.EXCLUDED
    page = organizer.get(path).text
    assert "Pulihkan penugasan" in page
    assert "Ternyata rekan kerja" in page
    assert fill(organizer, path, reason="Pleno menerima").status_code == 302
    assert db.session.query(Ballot.state).populate_existing().scalar() is BallotState.SUBMITTED


def test_a_conflict_is_noted_and_dismissed_by_a_second_person(world, organizer, sign_in_as):
    path = world.room(f"/juri/{world.juror_ids[0]}")
    answers = {"idea": world.idea_ids[0], "reason": "Saudara kandung"}
    assert press(organizer, path, path + "/benturan", **answers).status_code == 302
    assert db.session.query(Assignment.state).populate_existing().scalar() is AssignmentState.REMOVED
    assert "menyatakan benturan kepentingan" in organizer.get(path).text
    row = db.session.query(Conflict).one()
    pair = world.room(f"/benturan/{world.juror_ids[0]}/{world.idea_ids[0]}")
    act = {"act": "dismiss", "target": row.public_id}
    refused = press(organizer, pair, pair, reason="Ternyata bukan", **act)
    assert refused.status_code == 422
    assert "orang kedua" in refused.text
    chair = sign_in_as(world.people["chair"])
    assert press(chair, pair, pair, reason="Nama sama, orang lain", **act).status_code == 302
    assert db.session.query(Conflict).populate_existing().one().ended_reason == "Nama sama, orang lain"


def test_taking_everything_back_from_a_juror(world, organizer):
    path = world.room(f"/juri/{world.juror_ids[0]}")
    answer = fill(organizer, path, to=path + "/keluarkan", having="reason", reason="Sakit berkepanjangan")
    assert answer.status_code == 302
    assert "1 penugasan dicabut." in organizer.get(path).text


# -- the panel -------------------------------------------------------------------------------------------------------


def test_the_panel_shows_every_ballot_and_its_history(world, sign_in_as):
    chair = sign_in_as(world.people["chair"])
    page = chair.get(world.room("/panel")).text
    assert "1 dari 1 lembar nilai diajukan" in page
    assert '<b class="iv-num">65,00</b>' in page
    sheet = chair.get(world.room(f"/panel/lembar/{world.seat_id}")).text
    assert "Perlu diperiksa datanya" in sheet
    assert "Belum ada yang digantikan." in sheet


def test_an_archived_event_is_read_only(world, sign_in_as):
    db.session.get(build.Event, world.event.id).state = EventState.ARCHIVED
    db.session.commit()
    client = sign_in_as(world.people["organizer"])
    page = client.get(world.room("/penugasan"))
    assert page.status_code == 200
    assert "Tugaskan</button>" not in page.text


@pytest.mark.parametrize("room", ["/juri", "/penugasan", "/panel", "/rubrik", "/penugasan/1/undian"])
def test_a_room_costs_the_same_with_one_and_three_entries(world, organizer, room):
    with counted_queries() as three:
        organizer.get(world.room(room))
    for idea in world.ideas[1:]:
        db.session.get(build.Idea, idea.id).state = IdeaState.INELIGIBLE
    db.session.commit()
    db.session.expunge_all()
    with counted_queries() as one:
        organizer.get(world.room(room))
    assert len(one) == len(three), f"{one}\n{three}"


@pytest.mark.parametrize("place", ["²", "1" * 5000, "-1"])
@pytest.mark.parametrize("step", ["jenjang", "hapus", "naik"])
def test_a_press_on_a_criterion_that_is_none_changes_nothing(world, organizer, step, place):
    answer = organizer.post(world.room("/rubrik/2"), data={"langkah": f"{step}:{place}"})
    assert answer.status_code == 200

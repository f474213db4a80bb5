"""Pages of a pitch day: what they say, to whom, and what a press answers."""

import hashlib
from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pitch.models import PitchDay, PitchSlot
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.locks import HandInLock
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.pitch import make_pitch_day
from tests.support.pages import fill, press
from tests.support.queries import counted_queries

MINUTE = timedelta(minutes=1)


class Final:
    """A final with entries A-001 … and a client for each role."""

    def __init__(self, sign_in_as, entries=3):
        self.event = build.make_event(shift_days=-26.5)
        self.round = build.make_round(self.event, PhaseKind.FINAL, takes_all=True)
        self.ideas = [self.add_entry(n) for n in range(1, entries + 1)]
        self.users = {role: build.make_user(name=f"Orang {role.value}") for role in Role}
        for role, user in self.users.items():
            build.give_role(self.event, user, role)
        self.sign_in_as = sign_in_as
        self.room = f"/k/{self.event.slug}/kelola/presentasi"
        self.rooms = f"{self.room}/1"
        self.open = f"/k/{self.event.slug}/presentasi/1"

    def add_entry(self, number):
        group = db.session.query(build.Group).filter_by(event_id=self.event.id, code="A").one()
        team = build.make_team(self.event, group_id=group.id, name=f"Tim {number}")
        return build.make_idea(team, state=IdeaState.ELIGIBLE, number=number, title=f"KARYA {number}")

    def plan(self, **values):
        return make_pitch_day(self.round, *self.ideas, **values)

    def as_(self, role):
        return self.sign_in_as(self.users[role])

    @property
    def day(self):
        db.session.expire_all()
        return db.session.query(PitchDay).one()

    def turn(self, n):
        return db.session.query(PitchSlot).filter_by(idea_id=self.ideas[n].id).one()

    def do(self, client, what, **options):
        return client.post(f"{self.rooms}/kendali", data={"tekan": f"{what}:{self.day.version}"}, **options)


@pytest.fixture
def final(app, sign_in_as):
    return Final(sign_in_as)


JSON = {"headers": {"Accept": "application/json"}}


# -- planning ---------------------------------------------------------------------------------------------------------


def test_from_an_empty_room_to_a_published_order(final, client):
    organizer = final.as_(Role.ORGANIZER)
    page = organizer.get(final.room).text
    assert "Hari presentasi belum direncanakan" in page
    answer = fill(
        organizer,
        final.room,
        to=f"{final.rooms}/rencana",
        having="starts_at",
        starts_at="2026-11-23T09:00",
        place="Aula",
        after_0="2",
        minutes_0="15",
        label_0="Kopi",
    )
    assert answer.status_code == 302
    assert "Urutan tampil belum diundi" in organizer.get(final.room).text
    assert client.get(final.open).status_code == 404
    fill(organizer, final.room, to=f"{final.rooms}/undi", having="seed", seed="731904")
    page = organizer.get(final.room).text
    assert "3 tim siap tampil" in page
    assert "Benih undian 731904" in page
    press(organizer, final.room, f"{final.rooms}/terbit/buka")
    page = client.get(final.open).text
    lots = sorted(range(1, 4), key=lambda n: hashlib.sha256(f"731904:A-{n:03d}".encode()).hexdigest())
    places = [page.index(f"KARYA {n}") for n in lots]
    assert places == sorted(places)
    for text in ("09.00 WIB", "09.20 WIB", "Kopi, 15 menit", "09.55 WIB", "731904", "Aula"):
        assert text in page
    section = client.get(f"/k/{final.event.slug}").text
    assert "Urutan presentasi" in section
    assert "09.55 WIB" in section


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"presentation_minutes": "0"}, "Isi angka dari 1 sampai 120."),
        ({"presentation_minutes": "tujuh"}, "Presentasi, menit"),
        ({"warnings": "dua menit"}, "Tulis angka detik"),
        ({"warnings": "9999"}, "Peringatan paling lama"),
        ({"starts_at": "kapan-kapan"}, "Isi tanggal dan jam"),
        ({"after_1": "3"}, "kosongkan keduanya"),
    ],
)
def test_a_wrong_plan_is_told_and_keeps_what_was_typed(final, wrong, says):
    organizer = final.as_(Role.ORGANIZER)
    answer = fill(organizer, final.room, to=f"{final.rooms}/rencana", place="Aula Besar", **wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Aula Besar" in answer.text
    assert db.session.query(PitchDay).count() == 0


def test_drawing_again_without_a_reason_is_refused_in_place(final):
    final.plan()
    organizer = final.as_(Role.ORGANIZER)
    answer = fill(organizer, final.room, to=f"{final.rooms}/undi", having="seed", seed="4711")
    assert answer.status_code == 422
    assert "Tulis alasannya" in answer.text
    assert "4711" in answer.text
    assert final.day.seed == "284917"


def test_moving_and_postponing_with_a_reason(final, client):
    final.plan()
    chair = final.as_(Role.CHAIR)
    page = f"{final.rooms}/urutan/{final.turn(2).public_id}"
    answer = chair.post(page, data={"langkah": "pindah", "to": "9", "reason": "Mengejar penerbangan"})
    assert answer.status_code == 422
    assert "Pilih urutan 1 sampai 3." in answer.text
    assert "Mengejar penerbangan" in answer.text
    chair.post(page, data={"langkah": "pindah", "to": "1", "reason": "Mengejar penerbangan"})
    page = f"{final.rooms}/urutan/{final.turn(0).public_id}"
    assert chair.post(page, data={"langkah": "tunda", "tunda-reason": ""}).status_code == 422
    chair.post(page, data={"langkah": "tunda", "tunda-reason": "Terjebak banjir"})
    room = chair.get(final.room).text
    assert "A-003 dipindah dari urutan 3 ke urutan 1" in room
    assert "Mengejar penerbangan" in room
    public = client.get(final.open).text
    assert "A-001 ditunda dari urutan 2 ke urutan 3" in public
    assert "Terjebak banjir" not in public
    assert "Orang chair" not in public


def test_late_entries_are_named_and_added(final):
    final.plan()
    final.add_entry(9)
    secretariat = final.as_(Role.SECRETARIAT)
    assert "1 karya belum masuk urutan" in secretariat.get(final.room).text
    press(secretariat, final.room, f"{final.rooms}/susulan")
    assert "4 tim siap tampil" in secretariat.get(final.room).text


# -- who sees what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/layar", "/keadaan"])
def test_an_unpublished_day_is_for_those_who_watch(final, client, sign_in_as, path):
    final.plan(published_at=None)
    assert client.get(final.open + path).status_code == 404
    assert sign_in_as(build.make_user()).get(final.open + path).status_code == 404
    assert final.as_(Role.MENTOR).get(final.open + path).status_code == 404
    for role in (Role.JUROR, Role.SECRETARIAT, Role.AUDITOR):
        assert final.as_(role).get(final.open + path).status_code == 200
    assert "KARYA 1" not in client.get(f"/k/{final.event.slug}").text


@pytest.mark.parametrize("path", ["", "/layar", "/keadaan"])
def test_a_draft_event_hides_even_a_published_day(sign_in_as, client, path):
    final = Final(sign_in_as)
    final.plan()
    final.event.state = build.EventState.DRAFT
    db.session.flush()
    assert client.get(final.open + path).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_round_without_a_day_has_no_stage(final, client, number):
    final.plan()
    for path in ("", "/layar", "/keadaan"):
        assert client.get(f"/k/{final.event.slug}/presentasi/{number}{path}").status_code == 404


# -- the stage --------------------------------------------------------------------------------------------------------


def test_the_state_is_small_and_answers_304_while_nothing_changes(final, client, clock_at):
    final.plan()
    secretariat = final.as_(Role.SECRETARIAT)
    final.do(secretariat, "team")
    final.do(secretariat, "start")
    answer = client.get(f"{final.open}/keadaan")
    assert len(answer.data) < 450
    assert answer.json["now"] == {
        "id": final.turn(0).public_id,
        "label": "A-001",
        "title": "KARYA 1",
        "team": "Tim 1",
    }
    assert (answer.json["phase"], answer.json["limit"], answer.json["used"]) == ("presentation", 420_000, 0)
    assert answer.json["since"] == NOW.timestamp() * 1000
    clock_at(NOW + MINUTE)
    db.session.expunge_all()
    with counted_queries() as queries:
        again = client.get(f"{final.open}/keadaan", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["X-Server-Now"] == str(int((NOW + MINUTE).timestamp() * 1000))
    assert len(queries) == 1, queries
    final.do(secretariat, "pause")
    changed = client.get(f"{final.open}/keadaan", headers={"If-None-Match": answer.headers["ETag"]})
    assert (changed.json["since"], changed.json["used"]) == (None, 60_000)


def test_the_state_costs_two_statements_whatever_the_number_of_teams(app, sign_in_as, client):
    counts = []
    for entries in (2, 8):
        final = Final(sign_in_as, entries)
        final.plan()
        db.session.expunge_all()
        with counted_queries() as queries:
            assert client.get(f"{final.open}/keadaan").status_code == 200
        counts.append(len(queries))
    assert counts == [2, 2]


def test_the_projector_says_time_team_and_what_comes_next(final, client, clock_at):
    final.plan()
    assert "Segera dimulai" in client.get(f"{final.open}/layar").text
    secretariat = final.as_(Role.SECRETARIAT)
    final.do(secretariat, "team")
    assert "07:00" in client.get(f"{final.open}/layar").text
    final.do(secretariat, "start")
    for seconds, shown, words in (
        (60, "06:00", "Waktu berjalan"),
        (310, "01:50", "Mulai menyimpulkan"),
        (400, "00:20", "Segera akhiri"),
        (485, "+01:05", "Waktu habis"),
    ):
        clock_at(NOW + timedelta(seconds=seconds))
        page = client.get(f"{final.open}/layar").text
        assert shown in page
        assert words in page
    assert 'data-theme="dark"' in page
    assert "KARYA 2" in page
    assert "<button" not in page.split("<main")[1].split("</main")[0]


def test_the_console_says_who_still_has_to_hand_in_and_never_a_score(final):
    final.plan()
    done, doing = build.make_user(name="Zainab"), build.make_user(name="Anwar")
    build.make_ballot(build.make_assignment(final.round, final.ideas[0], done), [5, 5, 5, 5, 3])
    seat = build.make_assignment(final.round, final.ideas[0], doing)
    build.make_ballot(seat, [1, 1, 1, 1, 1], state=build.BallotState.DRAFT)
    build.make_assignment(final.round, final.ideas[0], final.users[Role.JUROR])
    secretariat = final.as_(Role.SECRETARIAT)
    final.do(secretariat, "team")
    page = secretariat.get(f"{final.rooms}/kendali").text
    assert "1 dari 3 nilai masuk" in page
    for text in ("Zainab", "Sudah masuk", "Anwar", "Sedang menilai", "Orang juror", "Belum membuka"):
        assert text in page
    assert "92,50" not in page
    assert "Kunci nilai" not in page.split("<main")[1]  # the chair's, not the secretariat's


def test_a_press_answers_a_script_with_the_state_and_a_late_one_with_what_happened(final):
    final.plan()
    secretariat, chair = final.as_(Role.SECRETARIAT), final.as_(Role.CHAIR)
    called = final.do(secretariat, "team", **JSON)
    assert (called.status_code, called.json["phase"], called.json["version"]) == (200, "ready", 2)
    late = chair.post(f"{final.rooms}/kendali", data={"tekan": "start:1"}, **JSON)
    assert late.status_code == 409
    assert late.json["version"] == 2
    assert "Operator lain" in late.json["message"]
    wrong = final.do(chair, "pause", **JSON)
    assert (wrong.status_code, wrong.json["message"]) == (422, "Tombol itu tidak berlaku sekarang.")
    assert final.do(chair, "menari", **JSON).status_code == 404
    assert final.day.version == 2


def test_the_console_works_as_a_plain_page(final):
    final.plan()
    secretariat = final.as_(Role.SECRETARIAT)
    page = f"{final.rooms}/kendali"
    assert press(secretariat, page, page, tekan="team:1").status_code == 302
    assert "Mulai presentasi" in secretariat.get(page).text
    press(secretariat, page, page, tekan="start:1")
    assert "Operator lain baru saja menekan tombol" in secretariat.get(page).text


def test_the_part_for_the_script_answers_304_while_nothing_changes(final):
    final.plan()
    chair = final.as_(Role.CHAIR)
    first = chair.get(f"{final.rooms}/kendali/isi")
    again = chair.get(f"{final.rooms}/kendali/isi", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    final.do(chair, "team")
    changed = chair.get(f"{final.rooms}/kendali/isi", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_the_consoles_queries_do_not_grow_with_teams_or_jurors(app, sign_in_as):
    counts = []
    for size in (2, 6):
        final = Final(sign_in_as, size)
        final.plan()
        for _ in range(size):
            build.make_assignment(final.round, final.ideas[0], build.make_user())
        chair = final.as_(Role.CHAIR)
        chair.post(f"{final.rooms}/kendali", data={"tekan": "team:1"})
        for path in (
            f"{final.rooms}/kendali",
            final.room,
            final.open,
            f"/k/{final.event.slug}/juri/presentasi",
        ):
            db.session.expunge_all()
            with counted_queries() as queries:
                assert chair.get(path).status_code == 200
            counts.append(len(queries))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 13


# -- jurors -----------------------------------------------------------------------------------------------------------


def card_of(final, n=0):
    seat = build.make_assignment(final.round, final.ideas[n], final.users[Role.JUROR])
    return f"/k/{final.event.slug}/juri/karya/{seat.public_id}"


def test_a_juror_sees_who_is_on_stage_and_the_way_to_its_scorecard(final):
    final.plan()
    mine, other = card_of(final, 0), card_of(final, 1)
    juror = final.as_(Role.JUROR)
    final.do(final.as_(Role.SECRETARIAT), "team")
    day = juror.get(f"/k/{final.event.slug}/juri/presentasi").text
    assert "Buka lembar nilai" in day
    assert day.count(mine) >= 2
    assert "tidak ditugaskan" in day
    strip = juror.get(other).text
    assert "iv-pitchbar" in strip
    assert f'data-card href="{mine}"' in strip
    assert "iv-pitchbar" in juror.get(f"/k/{final.event.slug}/juri").text


def test_without_a_pitch_day_there_is_no_strip(final):
    card = card_of(final)
    juror = final.as_(Role.JUROR)
    assert "iv-pitchbar" not in juror.get(card).text
    assert "belum diundi" in juror.get(f"/k/{final.event.slug}/juri/presentasi").text


def test_after_the_lock_the_card_is_closed_and_a_save_keeps_what_was_typed(final):
    final.plan()
    card = card_of(final)
    juror, chair = final.as_(Role.JUROR), final.as_(Role.CHAIR)
    lock = f"{final.rooms}/nilai/{final.turn(0).public_id}"
    assert chair.post(f"{lock}/kunci").status_code == 302
    page = juror.get(card).text
    assert "Nilai karya ini dikunci pukul 09.30 WIB" in page
    assert "Ajukan nilai" not in page
    key = db.session.query(build.Criterion).filter_by(rubric_id=final.round.rubric_id).first().id
    typed = {"version": "0", f"nilai-{key}": "4", "comment_team": "Datanya meyakinkan."}
    saved = juror.post(f"{card}/simpan", data=typed)
    assert (saved.status_code, saved.json["locked"]) == (422, True)
    answer = juror.post(card, data=typed)
    assert answer.status_code == 422
    assert "Nilai karya ini sudah dikunci" in answer.text
    assert "Datanya meyakinkan." in answer.text
    assert db.session.query(Ballot).count() == 0
    short = chair.post(f"{lock}/buka", data={"alasan": "ya"})
    assert short.status_code == 422
    assert "Tulis alasannya" in short.text
    assert chair.post(f"{lock}/buka", data={"alasan": "Juri salah kolom"}).status_code == 302
    assert juror.post(f"{card}/simpan", data=typed).status_code == 200
    assert db.session.query(HandInLock).one().ended_reason == "Juri salah kolom"


def test_the_public_pages_carry_no_score(final, client):
    final.plan()
    build.make_ballot(build.make_assignment(final.round, final.ideas[0], build.make_user()), [5, 5, 5, 5, 3])
    final.do(final.as_(Role.CHAIR), "team")
    for path in ("", "/layar", "/keadaan"):
        text = client.get(final.open + path).text
        assert not any(shown in text for shown in ("92,50", "92.5", "total", "juror"))


def test_a_press_with_a_version_that_is_no_number_is_a_late_press(final):
    final.plan()
    chair = final.as_(Role.CHAIR)
    for version in ("²", "1" * 5000):
        assert chair.post(f"{final.rooms}/kendali", data={"tekan": f"start:{version}"}).status_code == 302

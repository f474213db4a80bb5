"""Rules of eligibility on their pages: the organizer's room, the team's editor, the screening."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events import queries as events
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.meanings import Meaning
from innovate.events.models import FormField, Phase
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from tests.factories import build
from tests.factories.build import make_rule
from tests.factories.proposals import draft, make_scene, submitted
from tests.support.pages import fill, press
from tests.support.queries import counted_queries

JSON = {"Accept": "application/json"}
YOUNG = "Penerapan sejak 3 Maret 2026; pada 3 Desember 2026 baru 9 bulan dari 12 yang diminta."


@pytest.fixture
def scene(db_session):
    made = make_scene(slug="lomba")
    field = next(f for f in events.list_rows(FormField, made.event.id) if f.key == "mulai")
    field.meaning = Meaning.USE_START
    db_session.flush()
    return made


@pytest.fixture
def rina(scene, sign_in_as):
    return sign_in_as(scene.captain)


@pytest.fixture
def staff(scene, sign_in_as):
    user = build.make_user()
    build.give_role(scene.event, user, Role.ORGANIZER)
    return sign_in_as(user)


def address(idea, page=""):
    return f"/k/lomba/usulan/{idea.public_id}{page}"


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


# -- the organizer's room -----------------------------------------------------------------------------------------

ROOM = "/k/lomba/kelola/persyaratan"


def test_a_rule_is_put_in_force_changed_and_removed(scene, staff):
    assert "Belum ada persyaratan" in staff.get(ROOM).text
    answer = fill(staff, f"{ROOM}/minimum_age", having="months", months="12", blocks="1")
    assert answer.location == ROOM
    page = text(staff.get(ROOM))
    assert (
        "Penerapan sudah berjalan paling sedikit 12 bulan pada 3 Desember 2026: mulai paling lambat 3 Desember 2025."
        in page
    )
    assert "Menghalangi pengajuan" in page
    fill(staff, f"{ROOM}/minimum_age", having="months", months="24", blocks="")
    page = text(staff.get(ROOM))
    assert "paling sedikit 24 bulan" in page
    assert "Hanya diberitahukan" in page
    press(staff, ROOM, f"{ROOM}/minimum_age/hapus")
    assert "Belum ada persyaratan" in staff.get(ROOM).text


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("minimum_age", {"months": "0"}, "Isi angka dari 1 sampai 240."),
        ("minimum_age", {"months": ""}, "Bagian ini wajib diisi."),
        ("former_winner", {"years": "2", "ranks": "99"}, "Isi angka dari 1 sampai 10."),
        ("letters", {}, "Pilih sekurang-kurangnya satu isian berkas."),
    ],
)
def test_a_rule_that_cannot_be_asked_is_refused_in_place(scene, staff, kind, values, words):
    answer = fill(staff, f"{ROOM}/{kind}", having="blocks", **values)
    assert answer.status_code == 422
    assert words in answer.text
    assert events.list_rules(scene.event.id) == []


def test_letters_and_winners_are_asked_in_words(scene, staff):
    fill(staff, f"{ROOM}/letters", having="blocks", fields="bukti")
    fill(staff, f"{ROOM}/former_winner", having="blocks", years="2", ranks="3", family="y")
    page = text(staff.get(ROOM))
    assert "Berkas ini terlampir: Bukti." in page
    assert (
        "Inovasi serupa dari unit pengusul, unit induknya, atau unit di bawahnya tidak meraih peringkat 1 sampai 3 "
        "dalam 2 tahun terakhir." in page
    )


def test_a_rule_without_its_field_says_what_to_add(scene, staff):
    make_rule(scene.event, RuleKind.MINIMUM_AGE, since="trial_start")
    assert "isian tanggal bermakna “Mulai uji coba”" in staff.get(ROOM).text


def test_only_organizers_write_and_auditors_read(scene, sign_in_as):
    make_rule(scene.event, RuleKind.SAME_TITLE)
    auditor = build.make_user()
    build.give_role(scene.event, auditor, Role.AUDITOR)
    page = sign_in_as(auditor).get(ROOM)
    assert page.status_code == 200
    assert "Hapus" not in page.text
    assert sign_in_as(auditor).post(f"{ROOM}/same_title/hapus").status_code == 404
    assert sign_in_as(scene.captain).get(ROOM).status_code == 404


# -- the team -----------------------------------------------------------------------------------------------------


def test_the_editor_shows_the_rules_and_an_autosave_brings_them_anew(scene, rina):
    make_rule(scene.event, RuleKind.MINIMUM_AGE)
    idea = draft(scene, f_mulai="2026-03-03")
    page = rina.get(address(idea, "/ubah"))
    assert YOUNG in page.text
    assert '<a href="#f-mulai">' in page.text
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    saved = rina.post(
        address(idea, "/ubah"), data={"f-mulai": "2025-01-02", "version": version}, headers=JSON
    )
    assert "sudah 23 bulan, diminta paling sedikit 12" in saved.json["eligibility"]
    assert "Terpenuhi" in saved.json["eligibility"]


def test_an_event_that_asks_nothing_shows_nothing(scene, rina):
    idea = draft(scene)
    page = rina.get(address(idea, "/ubah")).text
    assert "data-eligibility" not in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    saved = rina.post(address(idea, "/ubah"), data={"title": "LAIN", "version": version}, headers=JSON)
    assert "eligibility" not in saved.json
    assert "Persyaratan" not in rina.get(address(idea, "/ajukan")).text


def test_a_blocking_rule_stands_in_the_way_with_its_numbers(scene, rina, db_session):
    make_rule(scene.event, RuleKind.MINIMUM_AGE, blocks=True)
    idea = draft(scene, f_mulai="2026-03-03")
    page = rina.get(address(idea, "/ajukan"))
    assert "Usulan ini belum memenuhi persyaratan" in page.text
    assert YOUNG in page.text
    assert "Ajukan sekarang" not in page.text
    assert "Belum memenuhi persyaratan" in rina.get(address(idea)).text
    refused = rina.post(address(idea, "/ajukan"), data={"version": idea.version, "is_original": "y"})
    assert refused.status_code == 422
    assert db_session.get(Idea, idea.id).number is None


def test_a_rule_that_informs_is_read_before_handing_in_and_stays_with_it(scene, rina):
    make_rule(scene.event, RuleKind.MINIMUM_AGE)
    idea = draft(scene, f_mulai="2026-03-03")
    page = rina.get(address(idea, "/ajukan"))
    assert YOUNG in page.text
    assert "Ajukan sekarang" in page.text
    rina.post(address(idea, "/ajukan"), data={"version": idea.version, "is_original": "y"})
    shown = rina.get(address(idea)).text
    assert YOUNG in shown
    assert "Seperti dihitung saat usulan diajukan." in shown


def test_the_rules_are_told_in_english_too(scene, rina):
    make_rule(scene.event, RuleKind.MINIMUM_AGE)
    idea = draft(scene, f_mulai="2026-03-03")
    scene.captain.locale = "en"
    db.session.flush()
    page = rina.get(address(idea, "/ubah")).text
    assert "In use since 3 March 2026; on 3 December 2026 only 9 of the 12 months asked for." in page


# -- the secretariat ----------------------------------------------------------------------------------------------


def test_the_secretariat_reads_what_was_found_beside_the_checklist(scene, sign_in_as):
    make_rule(scene.event, RuleKind.MINIMUM_AGE)
    idea = submitted(scene, f_mulai="2026-03-03")
    office = build.make_user()
    build.give_role(scene.event, office, Role.SECRETARIAT)
    room = f"/k/lomba/kelola/seleksi/{idea.public_id}"
    page = sign_in_as(office).get(room).text
    assert YOUNG in page
    assert "Seperti dihitung saat usulan diajukan." in page
    phase = db.session.query(Phase).filter_by(event_id=scene.event.id, kind=PhaseKind.SUBMISSION).one()
    phase.ends_at += timedelta(days=90)
    db.session.flush()
    page = sign_in_as(office).get(room).text
    assert "pada 3 Maret 2027 sudah 12 bulan" in page
    assert "Dihitung ulang, karena batas waktu pengajuan berubah" in page


def test_the_editor_costs_the_same_for_few_and_many_others(scene, rina):
    for kind in (RuleKind.SAME_TITLE, RuleKind.MINIMUM_AGE, RuleKind.FORMER_WINNER):
        make_rule(scene.event, kind)
    scene.team.unit_id = build.make_unit().id
    event = scene.event
    editor = address(draft(scene), "/ubah")
    others = [build.make_team(event) for _ in range(3)]
    rina.get(editor)
    with counted_queries() as few:
        rina.get(editor)
    for team in others:
        build.make_idea(team, title="PARIT KITA", state=IdeaState.SUBMITTED)
    with counted_queries() as many:
        assert "Sudah ada 3 usulan lain dengan judul yang sama" in rina.get(editor).text
    assert len(few) == len(many)


def test_everybody_reads_what_is_asked_on_the_events_page(scene, client):
    assert "Persyaratan" not in client.get("/k/lomba").text
    make_rule(scene.event, RuleKind.MINIMUM_AGE)
    make_rule(scene.event, RuleKind.LETTERS, fields=["bukti"])
    page = client.get("/k/lomba?baru").text
    assert "mulai paling lambat 3 Desember 2025." in page
    assert "Berkas ini terlampir: Bukti." in page

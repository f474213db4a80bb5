"""The seal: at every door, for every person, in every state of a board: nobody learns an order before its time."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from datetime import timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.web.mail_text import render_mail
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event, Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.notifications.models import OutboxMail
from innovate.results.models import Objection
from innovate.results.services import boards as services
from innovate.results.services.announcing import plan_announcement
from innovate.results.services.objections import Attachment, file_objection
from tests.factories.boards import climb, make_special
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

# How the board came to where it is; the last state is where it stands.
UP = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
HISTORIES = {
    "collecting": (S.COLLECTING,),
    "provisional": UP[:2],
    "frozen": UP[:3],
    "set to be announced": UP[:4],
    "announced": UP,
    "final": (*UP, S.FINAL),
    "taken back": (*UP, S.SIGNED),
    "withdrawn to be corrected": (*UP, S.PROVISIONAL),
    "back at the beginning": (*UP, S.PROVISIONAL, S.COLLECTING),
}
PEOPLE = (
    "visitor",
    "stranger",
    "winner",
    "loser",
    "member",
    "juror",
    "mentor",
    "secretariat",
    "chair",
    "auditor",
    "organizer",
    "organizer elsewhere",
)
# 86,25 67,50 35,00 out of 100: numbers that stand nowhere else.
MARKS = {"SUNGAI KITA": [5, 5, 4, 4, 4], "LENTERA": [4, 4, 4, 3, 3], "KEPAK": [2, 3, 2, 2, 3]}
OBJECTION = "Nilai kebaruan kami tertukar dengan tim lain."
SCORES = ("86,25", "67,50", "35,00", "86.25", "67.5", "35.00")


@dataclass
class Stage:
    """A competition of three entries, handed in from worst to best, and everybody around it."""

    event: Event
    people: dict[str, User]
    ideas: dict[str, Idea]
    objection: Objection | None = None


@pytest.fixture
def stage(db_session) -> Stage:
    event = make_event(slug="sungai", shift_days=-31)
    for position, name in enumerate(("Juara Utama", "Juara Kedua", "Juara Ketiga"), 1):
        add(Prize(event_id=event.id, name=name, rank=position, position=position))
    round_ = make_round(event)
    people = {name: make_user(name=name) for name in PEOPLE[1:]}
    for role in (Role.JUROR, Role.MENTOR, Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR, Role.ORGANIZER):
        give_role(event, people[role.value], role)
    give_role(make_event(), people["organizer elsewhere"], Role.ORGANIZER)
    captains = {"SUNGAI KITA": people["winner"], "LENTERA": make_user(), "KEPAK": people["loser"]}
    group = get_actor("sungai", None).event.groups[0]
    ideas = {}
    for number, title in enumerate(reversed(MARKS), 1):
        extra = (people["member"],) if title == "KEPAK" else ()
        team = make_team(event, captains[title], *extra, group_id=group.id)
        idea = make_idea(team, state=IdeaState.ELIGIBLE, title=title, number=number, in_gallery=True)
        make_ballot(make_assignment(round_, idea, make_user()), MARKS[title])
        ideas[title] = idea
    return Stage(event, people, ideas)


def bring(stage: Stage, name: str) -> None:
    """Along the history `name`; a special prize is given where there is a snapshot, a team objects where it may."""
    history = HISTORIES[name]
    for before, after in itertools.pairwise(history):
        board = climb(stage.event, stage.people["organizer"], before, after)
        if after is S.FROZEN and before is S.PROVISIONAL:
            make_special(board, stage.ideas["LENTERA"], stage.people["organizer"])
        if after is S.ANNOUNCED and before is S.SIGNED:
            loser = get_actor("sungai", stage.people["loser"])
            idea = stage.ideas["KEPAK"].public_id
            file = Attachment("bukti.pdf", b"%PDF-1.4\n%%EOF\n", 1000)
            stage.objection = file_objection(loser, 1, idea, reason=OBJECTION, attachment=file, at=NOW)
    if name == "set to be announced":
        actor = get_actor("sungai", stage.people["organizer"])
        plan_announcement(actor, 1, objection_days=3, announce_at=NOW + timedelta(days=1), at=NOW)


def knock(client: FlaskClient, address: str) -> tuple[int, str]:
    """Status and everything a person can read behind a door, workbooks too."""
    answer = client.get(address)
    if address.endswith(".xlsx") and answer.status_code == 200:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        return 200, "\n".join(str(value) for row in sheet.values for value in row)
    return answer.status_code, answer.text


PUBLIC_DOORS = (
    "/k/sungai/peringkat",
    "/k/sungai/peringkat?babak=1&kelompok=A",
    "/k/sungai/peringkat?q=sungai",
    "/k/sungai/peringkat/unduh.csv",
    "/k/sungai/peringkat/unduh.xlsx",
    "/k/sungai/galeri",
    "/k/sungai",
    "/",
)
ROOM_DOORS = (
    "/k/sungai/kelola/hasil/1",
    "/k/sungai/kelola/hasil/1?kelompok=A",
    "/k/sungai/kelola/hasil/1/unduh.csv",
    "/k/sungai/kelola/hasil/1/unduh.xlsx",
    "/k/sungai/kelola/hasil/1/potret/1",
)


def leaks(text: str, *, names: bool) -> list[str]:
    """What of the result can be read in a text; `names`: whether the entries themselves are telling there."""
    tokens = [*SCORES, *(MARKS if names else ())]
    found = [token for token in tokens if token in text]
    if all(title in text for title in MARKS) and sorted(MARKS, key=text.index) == list(MARKS):
        found.append("the order")
    return found


def sees_rooms(person: str, state: S) -> bool:
    return person in {"organizer", "auditor"} or (person == "chair" and state is not S.COLLECTING)


@pytest.fixture
def browsers(stage, client, sign_in_as) -> dict[str, FlaskClient]:
    """Everybody's browser."""
    return {"visitor": client} | {name: sign_in_as(user) for name, user in stage.people.items()}


def expect_public_doors_sealed(browsers: dict[str, FlaskClient], state: S) -> None:
    """Pages, files and galleries that everybody knows."""
    is_public = state.is_public
    for person, door in itertools.product(PEOPLE, PUBLIC_DOORS):
        status, text = knock(browsers[person], door)
        found = leaks(text, names=True)
        if not is_public:
            assert not found, (person, door)
            assert status == (404 if "unduh" in door else 200), (person, door)
        elif "galeri" in door:
            assert "LENTERA" in text, person
            assert "Juara Utama" in text, person
        else:
            assert "SUNGAI KITA" in found, (person, door)


def expect_rooms_sealed(browsers: dict[str, FlaskClient], history: tuple[S, ...]) -> None:
    """The board's own room, its files and snapshots."""
    state = history[-1]
    for person, door in itertools.product(PEOPLE, ROOM_DOORS):
        status, text = knock(browsers[person], door)
        is_snapshot = "potret" in door
        if sees_rooms(person, state) and not (is_snapshot and S.FROZEN not in history):
            assert {"the order", "SUNGAI KITA"} <= set(leaks(text, names=True)), (person, door)
            assert "86" in text, (person, door)
        else:
            assert not leaks(text, names=True), (person, door)
            may_enter = person in {"organizer", "auditor", "chair"} and "unduh" not in door
            refusal = 302 if person == "visitor" else 404
            assert status == (200 if may_enter and not is_snapshot else refusal), (person, door)


def expect_other_rooms_sealed(stage: Stage, browsers: dict[str, FlaskClient], state: S) -> None:
    """Dashboard, the idea's own pages, lists: names may stand there, scores and ranks only where the seal allows."""
    is_public = state.is_public
    doors = ["/beranda", "/kompetisi", "/k/sungai/tim", "/k/sungai/usulan", "/k/sungai/kelola/seleksi"]
    best = f"/k/sungai/usulan/{stage.ideas['SUNGAI KITA'].public_id}"
    doors += [best, f"{best}/riwayat", f"/k/sungai/usulan/{stage.ideas['KEPAK'].public_id}"]
    doors.append(f"/k/sungai/galeri/{stage.ideas['SUNGAI KITA'].public_id}")
    for person in PEOPLE:
        status, text = knock(browsers[person], "/k/sungai/kelola")
        if person in {"organizer", "auditor"}:
            assert "86,25" in text, person
            assert ("Disegel" in text) is not is_public, person
        else:
            assert not leaks(text, names=True), person
            assert status == (302 if person == "visitor" else 404), person
        for door in () if is_public else doors:
            status, text = knock(browsers[person], door)
            assert not leaks(text, names=False), (person, door)
            assert "galeri" not in door or status == 404, (person, door)


READERS = {"loser", "member", "organizer", "chair", "auditor"}  # of the loser's objection


def expect_the_stage_sealed(browsers: dict[str, FlaskClient], state: S) -> None:
    """The ceremony opens for organizer and chair alone, and only with a snapshot; awards as the board itself."""
    for person in PEOPLE:
        status, text = knock(browsers[person], "/k/sungai/kelola/hasil/1/upacara")
        if person in {"organizer", "chair"} and state.is_settled:
            assert "SUNGAI KITA" in leaks(text, names=True), person
        else:
            assert status == (302 if person == "visitor" else 404), person
        status, text = knock(browsers[person], "/k/sungai/kelola/hasil/1/penghargaan")
        if sees_rooms(person, state) and state.is_settled:
            assert "the order" in leaks(text, names=True), person
            assert "Paling hemat kertas." in text
        else:
            assert not leaks(text, names=True), person
            assert "Paling hemat kertas." not in text


def expect_the_objection_kept(stage: Stage, browsers: dict[str, FlaskClient]) -> None:
    """Its team, organizers, chair and auditor read it, in whatever state; nobody learns a score from it."""
    own = f"/k/sungai/sanggahan/{stage.objection.public_id}"
    rooms = ("/k/sungai/kelola/sanggahan", f"/k/sungai/kelola/sanggahan/{stage.objection.public_id}")
    for person, door in itertools.product(PEOPLE, (own, f"{own}/lampiran", *rooms)):
        status, text = knock(browsers[person], door)
        team = person in {"loser", "member"}
        may = person in READERS and (team if door == own else not team if door in rooms else True)
        assert status == (200 if may else 302 if person == "visitor" else 404), (person, door)
        assert not leaks(text, names=False), (person, door)
        assert (OBJECTION in text) is (may and door in {own, rooms[1]}), (person, door)
    for person in PEOPLE[1:]:
        text = browsers[person].get("/k/sungai/sanggahan").text
        assert not leaks(text, names=False), person
        assert ("S-001" in text) is (person in {"loser", "member"}), person


def expect_mails_to_say_nothing() -> None:
    """No mail of any state holds a score or the order."""
    db.session.flush()
    for mail in db.session.query(OutboxMail):
        text = render_mail(mail.template, mail.context, "id").text
        assert not leaks(text, names=False), mail.template
        assert "SUNGAI KITA" not in text, mail.template


@pytest.mark.parametrize("history", HISTORIES)
def test_the_seal_holds_at_every_door_for_everybody(stage, browsers, history) -> None:
    bring(stage, history)
    state = HISTORIES[history][-1]
    expect_public_doors_sealed(browsers, state)
    expect_rooms_sealed(browsers, HISTORIES[history])
    expect_other_rooms_sealed(stage, browsers, state)
    expect_the_stage_sealed(browsers, state)
    expect_mails_to_say_nothing()
    if stage.objection:
        expect_the_objection_kept(stage, browsers)


def test_a_board_announced_without_scores_tells_only_the_order(stage, client, sign_in_as) -> None:
    actor = get_actor("sungai", stage.people["organizer"])
    services.set_board_options(actor, 1, shows_scores=False, minimum_ballots=1, at=NOW)
    bring(stage, "announced")
    for door in PUBLIC_DOORS:
        status, text = knock(client, door)
        assert status == 200
        assert not [score for score in SCORES if score in text], door
    assert "the order" in leaks(knock(client, "/k/sungai/peringkat")[1], names=True)
    assert "86.25" in knock(sign_in_as(stage.people["organizer"]), "/k/sungai/kelola/hasil/1/unduh.csv")[1]


def test_a_withdrawn_announcement_closes_every_public_door_at_once(stage, client) -> None:
    bring(stage, "announced")
    assert client.get("/k/sungai/peringkat/unduh.csv").status_code == 200
    actor = get_actor("sungai", stage.people["organizer"])
    services.move_board(actor, 1, S.SIGNED, expected=S.ANNOUNCED, reason="Sanggahan diterima.", at=NOW)
    assert client.get("/k/sungai/peringkat/unduh.csv").status_code == 404
    assert "Peringkat sedang dikoreksi" in client.get("/k/sungai/peringkat").text

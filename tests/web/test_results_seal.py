"""The seal: at every door, for every person, in every state of a board: nobody learns an order before its time."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass

import openpyxl
import pytest
from flask.testing import FlaskClient

from innovate.accounts.models import User
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event, Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.results.services import boards as services
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
UP = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.ANNOUNCED)
HISTORIES = {
    "collecting": (S.COLLECTING,),
    "provisional": UP[:2],
    "frozen": UP[:3],
    "announced": UP,
    "final": (*UP, S.FINAL),
    "taken back": (*UP, S.FROZEN),
    "reopened": (*UP, S.FROZEN, S.PROVISIONAL),
    "back at the beginning": (*UP, S.FROZEN, S.PROVISIONAL, S.COLLECTING),
    "a final result withdrawn": (*UP, S.FINAL, S.FROZEN),
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
SCORES = ("86,25", "67,50", "35,00", "86.25", "67.5", "35.00")


@dataclass
class Stage:
    """A competition of three entries, handed in from worst to best, and everybody around it."""

    event: Event
    people: dict[str, User]
    ideas: dict[str, Idea]


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


def bring(stage: Stage, history: tuple[S, ...]) -> None:
    actor = get_actor("sungai", stage.people["organizer"])
    for before, after in itertools.pairwise(history):
        reason = "Nilai satu juri masuk terlambat."
        services.move_board(actor, 1, after, expected=before, reason=reason, at=NOW)


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


@pytest.mark.parametrize("history", HISTORIES)
def test_nobody_learns_the_result_before_its_time(stage, browsers, history) -> None:
    bring(stage, HISTORIES[history])
    is_public = HISTORIES[history][-1].is_public
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


@pytest.mark.parametrize("history", HISTORIES)
def test_only_those_who_may_see_a_board_see_it_in_its_room(browsers, stage, history) -> None:
    bring(stage, HISTORIES[history])
    state = HISTORIES[history][-1]
    for person, door in itertools.product(PEOPLE, ROOM_DOORS):
        status, text = knock(browsers[person], door)
        is_snapshot = "potret" in door
        if sees_rooms(person, state) and not (is_snapshot and S.FROZEN not in HISTORIES[history]):
            assert {"the order", "SUNGAI KITA"} <= set(leaks(text, names=True)), (person, door)
            assert "86" in text, (person, door)
        else:
            assert not leaks(text, names=True), (person, door)
            may_enter = person in {"organizer", "auditor", "chair"} and "unduh" not in door
            refusal = 302 if person == "visitor" else 404
            assert status == (200 if may_enter and not is_snapshot else refusal), (person, door)


@pytest.mark.parametrize("history", HISTORIES)
def test_other_rooms_do_not_tell_either(browsers, stage, history) -> None:
    """Dashboard, the idea's own pages, lists: names may stand there, scores and ranks only where the seal allows."""
    bring(stage, HISTORIES[history])
    is_public = HISTORIES[history][-1].is_public
    doors = ["/beranda", "/kompetisi", "/k/sungai/tim", "/k/sungai/usulan", "/k/sungai/kelola/seleksi"]
    for idea in stage.ideas.values():
        own = f"/k/sungai/usulan/{idea.public_id}"
        doors += [own, f"{own}/riwayat", f"/k/sungai/galeri/{idea.public_id}"]
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


def test_a_board_announced_without_scores_tells_only_the_order(stage, client, sign_in_as) -> None:
    actor = get_actor("sungai", stage.people["organizer"])
    services.set_board_options(actor, 1, shows_scores=False, minimum_ballots=1, at=NOW)
    bring(stage, UP)
    for door in PUBLIC_DOORS:
        status, text = knock(client, door)
        assert status == 200
        assert not [score for score in SCORES if score in text], door
    assert "the order" in leaks(knock(client, "/k/sungai/peringkat")[1], names=True)
    assert "86.25" in knock(sign_in_as(stage.people["organizer"]), "/k/sungai/kelola/hasil/1/unduh.csv")[1]


def test_a_withdrawn_announcement_closes_every_public_door_at_once(stage, client) -> None:
    bring(stage, UP)
    assert client.get("/k/sungai/peringkat/unduh.csv").status_code == 200
    actor = get_actor("sungai", stage.people["organizer"])
    services.move_board(actor, 1, S.FROZEN, expected=S.ANNOUNCED, reason="Sanggahan diterima.", at=NOW)
    assert client.get("/k/sungai/peringkat/unduh.csv").status_code == 404
    assert "Peringkat belum diumumkan" in client.get("/k/sungai/peringkat").text

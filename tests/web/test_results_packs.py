"""The committee's workbook and the minutes: everything behind announced results, for the committee alone."""

from __future__ import annotations

import io
import itertools
import re

import openpyxl
import pytest

from innovate.core import clock
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.queries.packs import PACK
from innovate.results.services import boards
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.tasks.models import Task
from innovate.tasks.services import run_next
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

UP = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
ROOM = "/k/lomba/kelola/hasil/berkas"
MINUTES = "/k/lomba/kelola/hasil/1/berita-acara"


@pytest.fixture
def event(db_session) -> Event:
    event = make_event(slug="lomba", name="Lomba Kota", shift_days=-31)
    round_ = make_round(event)
    juror = make_user(name="Juri Pertama")
    for number, title in enumerate(("=1+1", "LENTERA"), 1):
        idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, title=title, number=number)
        make_ballot(
            make_assignment(round_, idea, juror),
            [4] * 5,
            comment_team="@perintah",
            comment_internal="Untuk juri",
        )
        make_ballot(
            make_assignment(round_, idea, make_user(name=f"Juri Lain {number}")),
            [1] * 5,
            state=BallotState.EXCLUDED,
        )
    db.session.flush()
    return event


def person(event: Event, role: Role):
    user = make_user()
    give_role(event, user, role)
    return user


def move(organizer, *states: S) -> None:
    actor = get_actor("lomba", organizer)
    reason = "Nilai satu juri masuk terlambat."
    for before, after in itertools.pairwise(states):
        boards.move_board(actor, 1, after, expected=before, reason=reason, at=NOW)
    db.session.commit()


def make(client) -> None:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/beranda").text).group(1)
    assert client.post(f"{ROOM}/susun", data={"csrf_token": token}).status_code == 302
    while run_next(clock.now):
        pass


def sheets(client) -> dict[str, list[tuple]]:
    answer = client.get(f"{ROOM}.xlsx")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return {sheet.title: list(sheet.iter_rows(min_row=3, values_only=True)) for sheet in book}


def test_the_workbook_holds_everything_and_no_formula(event, sign_in_as) -> None:
    organizer = person(event, Role.ORGANIZER)
    move(organizer, *UP)
    chair = sign_in_as(person(event, Role.CHAIR))
    make(chair)
    found = sheets(chair)
    assert list(found) == [
        "Peringkat",
        "Nilai",
        "Bobot",
        "Catatan",
        "Benturan kepentingan",
        "Pengecualian",
        "Nilai sama",
        "Suara publik",
        "Suara dibatalkan",
        "Jejak papan",
    ]
    assert {row[6] for row in found["Peringkat"][1:]} == {"=1+1", "LENTERA"}
    scores = found["Nilai"][1:]
    assert len(scores) == db.session.query(Ballot).count() * 5
    assert {(row[3], row[4], row[8]) for row in scores if row[2] == "LENTERA"} == {
        ("Juri Pertama", "dihitung", 4),
        ("Juri Lain 2", "dikecualikan", 1),
    }
    assert sum(row[3] for row in found["Bobot"][1:]) == 100
    assert {row[5:7] for row in found["Catatan"][1:]} == {("@perintah", "Untuk juri")}
    assert {row[2] for row in found["Nilai sama"][1:]} == {"berbagi peringkat 1"}
    assert len(found["Jejak papan"]) == 1 + 4


def test_it_waits_for_the_announcement_and_is_stale_after_a_move(event, sign_in_as) -> None:
    organizer = person(event, Role.ORGANIZER)
    manager = sign_in_as(organizer)
    move(organizer, *UP[:4])
    make(manager)
    assert db.session.query(Task).filter_by(kind=PACK).count() == 0
    assert "Hasil belum diumumkan" in manager.get(ROOM).text
    assert manager.get(f"{ROOM}.xlsx").status_code == 404
    assert manager.get(MINUTES).status_code == 404
    move(organizer, *UP[3:])
    make(manager)
    assert "Unduh berkas panitia" in manager.get(ROOM).text
    move(organizer, S.ANNOUNCED, S.SIGNED)
    assert manager.get(f"{ROOM}.xlsx").status_code == 404


def test_the_minutes_have_ranking_rubric_and_lines_to_sign(event, sign_in_as) -> None:
    organizer = person(event, Role.ORGANIZER)
    move(organizer, *UP)
    page = sign_in_as(person(event, Role.AUDITOR)).get(MINUTES).text
    for part in ("LENTERA", "75,00", "Rubrik", "Ketua juri", "Tanda tangan"):
        assert part in page
    for role in (Role.JUROR, Role.SECRETARIAT, Role.MENTOR):
        other = sign_in_as(person(event, role))
        for door in (ROOM, f"{ROOM}.xlsx", MINUTES):
            assert other.get(door).status_code == 404

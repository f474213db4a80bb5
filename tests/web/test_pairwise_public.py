"""What the public reads of a contest, and the run-off among those the contest could not tell apart."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pairwise.models import Contest, ContestKind, ContestState
from innovate.pairwise.queries.field import load_field
from innovate.results.models import Board
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.contests import make_contest, walk
from tests.support.pages import press
from tests.support.queries import counted_queries


@pytest.fixture
def hall(db_session, sign_in_as):
    """A closed hall of four entries with a few votes; two are sought."""
    event = build.make_event(slug="lomba", shift_days=-17)
    round_ = build.make_round(event)
    people = {name: build.make_user(name=f"Rahasia {name}") for name in ("Panitia", "Ketua", "Juri")}
    for user, role in zip(people.values(), (Role.ORGANIZER, Role.CHAIR, Role.JUROR), strict=True):
        build.give_role(event, user, role)
    ideas = [
        build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
        for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIPUTRI", "SIAGA PASANG"), 1)
    ]
    contest = make_contest(round_, ideas, [people["Juri"]], cut=2, name="Aula pameran")
    walk("lomba", contest, people["Juri"], 4)
    contest.state, contest.closed_at = ContestState.CLOSED, NOW
    board = build.add(Board(event_id=event.id, round_id=round_.id, state=BoardState.PROVISIONAL))
    db.session.commit()
    key = contest.public_id
    return SimpleNamespace(
        board=board,
        key=key,
        public=f"/k/lomba/banding/{key}",
        outcome=f"/k/lomba/kelola/banding/{key}/hasil",
        choose=f"/k/lomba/kelola/banding/{key}/tampilkan",
        **{name: sign_in_as(user) for name, user in people.items()},
    )


def test_it_is_public_where_the_organizer_chose_so_and_only_after_the_announcement(hall, client) -> None:
    page = hall.outcome
    assert press(hall.Ketua, page, hall.choose).status_code == 404
    assert "tidak ditampilkan kepada umum" in hall.Panitia.get(page).text
    assert press(hall.Panitia, page, hall.choose).status_code == 302
    assert client.get(hall.public).status_code == 404
    assert hall.Panitia.get(hall.public).status_code == 404
    hall.board.state = BoardState.ANNOUNCED
    db.session.commit()
    answer = client.get(hall.public)
    assert answer.status_code == 200
    assert all(title in answer.text for title in ("PARIT KITA", "PECI HAJI", "SIPUTRI", "SIAGA PASANG"))
    assert "Rahasia" not in answer.text
    assert answer.headers["ETag"]
    assert client.get(hall.public, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    hidden = hall.choose.replace("tampilkan", "sembunyikan")
    assert press(hall.Panitia, page, hidden).status_code == 302
    assert client.get("/k/lomba/banding/" + hall.key, headers={"Accept-Language": "en"}).status_code == 404


def test_the_page_asks_the_database_little(hall, client) -> None:
    press(hall.Panitia, hall.outcome, hall.choose)
    hall.board.state = BoardState.ANNOUNCED
    db.session.commit()
    with counted_queries() as queries:
        client.get(hall.public)
    assert len(queries) <= 12


def test_a_run_off_among_those_around_the_line(hall) -> None:
    page = hall.Ketua.get(hall.outcome).text
    assert "Siapkan banding ulang di antara" in page
    answer = press(hall.Ketua, hall.outcome, f"/k/lomba/kelola/banding/{hall.key}/lanjut")
    made = db.session.query(Contest).order_by(Contest.id.desc()).first()
    assert answer.location.endswith(f"/kelola/banding/{made.public_id}")
    assert (made.kind, made.state, made.name) == (
        ContestKind.RUNOFF,
        ContestState.DRAFT,
        "Banding ulang: Aula pameran",
    )
    assert 2 <= len(load_field(made).stalls) <= 4
    assert 1 <= made.cut < len(load_field(made).stalls)
    assert "Banding ulang: Aula pameran" in hall.Panitia.get("/k/lomba/kelola/hasil/1").text

"""The results room: every step of a board, forward and back."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event, Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.results.models import Board, BoardChange, Snapshot
from innovate.scoring.models.jury import Conflict, ConflictSource
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
from tests.support.queries import counted_queries

BOARD = "/k/lomba/kelola/hasil/1"
WHY = "Nilai satu juri masuk terlambat."


@pytest.fixture
def event(db_session) -> Event:
    return make_event(slug="lomba", name="Lomba Kota", shift_days=-17)


@pytest.fixture
def round_(event):
    return make_round(event)


@pytest.fixture
def enter_as(event, sign_in_as):
    def enter(role: Role) -> FlaskClient:
        user = make_user(name=f"Petugas {role.value}")
        give_role(event, user, role)
        return sign_in_as(user)

    return enter


@pytest.fixture
def staff(enter_as, event) -> FlaskClient:
    return enter_as(Role.ORGANIZER)


def entry(event: Event, round_, title: str, *marks: list[int]):
    group_id = get_actor(event.slug, None).event.groups[0].id
    idea = make_idea(make_team(event, group_id=group_id), state=IdeaState.ELIGIBLE, title=title)
    for given in marks:
        make_ballot(make_assignment(round_, idea, make_user()), given)
    return idea


def step(client: FlaskClient, before: S, after: S, reason: str = ""):
    data = {"expected": before.value, "after": after.value, "reason": reason}
    return client.post(f"{BOARD}/status", data=data)


def test_from_the_first_ballot_to_the_announcement_and_back(event, round_, staff, client) -> None:
    entry(event, round_, "TERAS", [5] * 5)
    entry(event, round_, "RAPI")
    page = staff.get(BOARD).text
    assert "1 karya diperingkat, 1 belum cukup dinilai." in page
    assert "Penilaian masih berjalan sampai" in page
    assert "Buka peringkat sementara?" in page
    assert "Umumkan hasil" not in page
    path = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED, S.FINAL)
    words = (
        "Peringkat sementara terbuka untuk panitia.",
        "Peringkat dibekukan.",
        "tanpa ketua juri",
        "Hasil diumumkan.",
        "Hasil ditetapkan sebagai hasil akhir.",
    )
    for (before, after), said in zip(itertools.pairwise(path), words, strict=True):
        moved = step(staff, before, after, WHY)
        assert moved.location == BOARD
        page = staff.get(BOARD).text
        assert said in page
    assert "Lihat halaman publik" in page
    assert "TERAS" in client.get("/k/lomba/peringkat").text
    assert step(staff, S.FINAL, S.SIGNED, WHY).status_code == 302
    page = staff.get(BOARD).text
    assert WHY in page
    assert "Tarik pengumuman" in page
    assert "Peringkat sedang dikoreksi" in client.get("/k/lomba/peringkat").text
    assert db.session.query(BoardChange).count() == 6
    assert db.session.query(OutboxMail).filter_by(template="results_announced").count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "singkat"])
def test_going_back_without_a_reason_is_refused_and_kept(event, round_, staff, reason) -> None:
    step(staff, S.COLLECTING, S.PROVISIONAL)
    refused = step(staff, S.PROVISIONAL, S.COLLECTING, reason)
    assert refused.status_code == 422
    assert "Tuliskan alasan, paling sedikit 10 karakter." in refused.text
    assert f">{reason.strip()}</textarea>" in refused.text
    assert '<details class="iv-confirm" open>' in refused.text
    assert db.session.query(Board).one().state is S.PROVISIONAL


def test_nothing_to_rank_cannot_be_frozen(event, round_, staff) -> None:
    entry(event, round_, "RAPI")
    step(staff, S.COLLECTING, S.PROVISIONAL)
    refused = step(staff, S.PROVISIONAL, S.FROZEN)
    assert refused.status_code == 422
    assert "Belum ada karya yang dapat diperingkat." in refused.text
    assert db.session.query(Snapshot).count() == 0


def test_a_second_click_or_another_organizer_changes_nothing(event, round_, staff) -> None:
    entry(event, round_, "TERAS", [5] * 5)
    step(staff, S.COLLECTING, S.PROVISIONAL)
    assert step(staff, S.PROVISIONAL, S.FROZEN).status_code == 302
    again = step(staff, S.PROVISIONAL, S.FROZEN)
    assert again.status_code == 422
    assert "Orang lain baru saja mengubah status papan ini." in again.text
    assert db.session.query(Snapshot).count() == 1
    assert step(staff, S.FROZEN, S.ANNOUNCED).status_code == 422
    step(staff, S.FROZEN, S.SIGNED, WHY)
    assert step(staff, S.SIGNED, S.ANNOUNCED).status_code == 302
    assert step(staff, S.SIGNED, S.ANNOUNCED).status_code == 422
    assert db.session.query(OutboxMail).filter_by(template="results_announced").count() == 1


@pytest.mark.parametrize("after", ["final", "frozen", "nonsense", ""])
def test_no_step_can_be_skipped_or_invented(event, round_, staff, after) -> None:
    entry(event, round_, "TERAS", [5] * 5)
    refused = staff.post(f"{BOARD}/status", data={"expected": "collecting", "after": after})
    assert refused.status_code == 422
    assert db.session.query(BoardChange).count() == 0


def test_options_are_set_before_freezing_only(event, round_, staff) -> None:
    entry(event, round_, "TERAS", [5] * 5)
    for wrong in ("0", "51", "dua", ""):
        refused = staff.post(f"{BOARD}/pengaturan", data={"minimum_ballots": wrong})
        assert refused.status_code == 422, wrong
        assert f'value="{wrong}"' in refused.text
    saved = staff.post(f"{BOARD}/pengaturan", data={"minimum_ballots": "2"}, follow_redirects=True)
    assert "Pengaturan papan disimpan." in saved.text
    assert "0 karya diperingkat, 1 belum cukup dinilai." in saved.text
    board = db.session.query(Board).one()
    assert (board.minimum_ballots, board.shows_scores) == (2, False)
    staff.post(f"{BOARD}/pengaturan", data={"minimum_ballots": "1", "shows_scores": "y"})
    step(staff, S.COLLECTING, S.PROVISIONAL)
    step(staff, S.PROVISIONAL, S.FROZEN)
    assert "Yang akan diumumkan" not in staff.get(BOARD).text
    late = staff.post(f"{BOARD}/pengaturan", data={"minimum_ballots": "3"})
    assert late.status_code == 422
    assert db.session.query(Board).one().minimum_ballots == 1


def test_an_earlier_snapshot_stays_as_it_was(event, round_, staff) -> None:
    idea = entry(event, round_, "TERAS", [3] * 5)
    step(staff, S.COLLECTING, S.PROVISIONAL)
    step(staff, S.PROVISIONAL, S.FROZEN)
    step(staff, S.FROZEN, S.PROVISIONAL, WHY)
    make_ballot(make_assignment(round_, idea, make_user()), [5] * 5)
    assert "75,00" in staff.get(BOARD).text
    old = staff.get(f"{BOARD}/potret/1").text
    assert "50,00" in old
    assert "75,00" not in old
    assert "Potret ini sudah tidak berlaku" in old
    assert WHY in old
    assert db.session.query(Snapshot).one().sha256 in old
    assert staff.get(f"{BOARD}/potret/2").status_code == 404
    assert f"Tidak berlaku: {WHY}" in staff.get(BOARD).text


def test_only_organizers_take_steps(event, round_, enter_as, client, sign_in_as) -> None:
    entry(event, round_, "TERAS", [5] * 5)
    for role in Role:
        if role is Role.ORGANIZER:
            continue
        person = enter_as(role)
        assert step(person, S.COLLECTING, S.PROVISIONAL).status_code == 404, role
        assert person.post(f"{BOARD}/pengaturan", data={"minimum_ballots": "2"}).status_code == 404, role
        if role in {Role.CHAIR, Role.AUDITOR}:
            assert "Langkah berikutnya" not in person.get(BOARD).text
    assert step(sign_in_as(make_user()), S.COLLECTING, S.PROVISIONAL).status_code == 404
    assert step(client, S.COLLECTING, S.PROVISIONAL).location.startswith("/masuk")
    assert db.session.query(Board).count() == 0


def test_the_chair_waits_for_the_provisional_board(event, round_, staff, enter_as) -> None:
    entry(event, round_, "TERAS", [5] * 5)
    chair = enter_as(Role.CHAIR)
    assert "Peringkat masih disegel" in chair.get(BOARD).text
    step(staff, S.COLLECTING, S.PROVISIONAL)
    assert "TERAS" in chair.get(BOARD).text


def test_a_chair_does_not_find_the_entry_they_have_a_conflict_with(event, round_, staff, sign_in_as) -> None:
    head = make_user(name="Ketua")
    give_role(event, head, Role.CHAIR)
    own = entry(event, round_, "KELUARGA", [5] * 5)
    entry(event, round_, "TERAS", [4] * 5)
    said = {"source": ConflictSource.DECLARED, "reason": "Keluarga", "declared_by_id": head.id, "at": NOW}
    add(Conflict(event_id=event.id, idea_id=own.id, user_id=head.id, **said))
    chair = sign_in_as(head)
    step(staff, S.COLLECTING, S.PROVISIONAL)
    for doors in ([BOARD, f"{BOARD}/unduh.csv"], [BOARD, f"{BOARD}/unduh.csv", f"{BOARD}/potret/1"]):
        for door in doors:
            assert "TERAS" in chair.get(door).text
            assert "KELUARGA" not in chair.get(door).text
            assert "KELUARGA" in staff.get(door).text
        step(staff, S.PROVISIONAL, S.FROZEN)
    add(Prize(event_id=event.id, name="Juara I", rank=1))
    board = climb(event, db.session.query(User).filter_by(name="Petugas organizer").one(), S.FROZEN, S.SIGNED)
    make_special(board, own, head)
    for door in (f"{BOARD}/penghargaan", f"{BOARD}/upacara"):
        assert "KELUARGA" in staff.get(door).text
        assert "KELUARGA" not in chair.get(door).text
    assert chair.get(f"{BOARD}/upacara").status_code == 404
    step(staff, S.SIGNED, S.ANNOUNCED)
    for door in (BOARD, f"{BOARD}/penghargaan", f"{BOARD}/upacara"):
        assert "KELUARGA" in chair.get(door).text


def test_without_a_token_no_step_is_taken(app, event, round_, staff, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert step(staff, S.COLLECTING, S.PROVISIONAL).status_code == 400
    assert db.session.query(Board).count() == 0


def test_an_archived_competition_keeps_its_board(event, round_, staff) -> None:
    event.state, event.archived_at = EventState.ARCHIVED, NOW
    refused = step(staff, S.COLLECTING, S.PROVISIONAL)
    assert refused.status_code == 422
    assert "sudah diarsipkan" in refused.text


def test_rooms_of_rounds(event, staff) -> None:
    assert "Belum ada babak penilaian" in staff.get("/k/lomba/kelola/hasil").text
    assert staff.get(BOARD).status_code == 404
    make_round(event, weight=60)
    page = staff.get("/k/lomba/kelola/hasil").text
    assert "Penilaian proposal" in page
    assert "Mengumpulkan nilai" in page
    assert "Bobot 60%" in page


def test_a_frozen_board_ignores_ballots_that_come_later(event, round_, staff, clock_at) -> None:
    idea = entry(event, round_, "TERAS", [3] * 5)
    step(staff, S.COLLECTING, S.PROVISIONAL)
    step(staff, S.PROVISIONAL, S.FROZEN)
    clock_at(NOW + timedelta(hours=1))
    make_ballot(make_assignment(round_, idea, make_user()), [5] * 5)
    assert "50,00" in staff.get(BOARD).text
    assert "75,00" not in staff.get(BOARD).text


@pytest.mark.parametrize("is_frozen", [False, True])
def test_a_board_costs_the_same_for_one_and_for_many(event, round_, staff, is_frozen) -> None:
    costs = []
    for titles in (["SATU"], ["DUA", "TIGA"]):
        for title in titles:
            entry(event, round_, title, [4] * 5)
        if is_frozen:
            back = [(S.FROZEN, S.PROVISIONAL)] if costs else [(S.COLLECTING, S.PROVISIONAL)]
            for before, after in (*back, (S.PROVISIONAL, S.FROZEN)):
                assert step(staff, before, after, WHY).status_code == 302
        staff.get(BOARD)  # takes the message of the last step
        with counted_queries() as queries:
            page = staff.get(BOARD).text
        assert all(title in page for title in titles)
        costs.append(len(queries))
    assert costs[0] == costs[1]

"""The committee's workbook and the minutes: everything behind announced results, for the committee alone."""

from __future__ import annotations

import io
import itertools
import re
import zipfile

import openpyxl
import pypdfium2
import pytest
from sqlalchemy.orm import joinedload

from innovate.core import clock
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.results.domain.objections import Outcome
from innovate.results.models import Board, CommitteePack, Objection, Snapshot, TieRuling
from innovate.results.queries.packs import PACK
from innovate.results.services import boards, pack_paper
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Round
from innovate.tasks.models import Task
from innovate.tasks.services import run_next
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

UP = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
ROOM = "/k/lomba/kelola/hasil/berkas"
MINUTES = f"{ROOM}.pdf"
WORDS = 'Nilai #panic("x") *kami* keliru'  # what would be commands in a source


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
        "Nilai dari luar sistem",
        "Nilai sama",
        "Putusan sidang",
        "Sanggahan",
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
    assert {manager.get(door).status_code for door in (f"{ROOM}.xlsx", MINUTES)} == {404}
    move(organizer, *UP[3:])
    make(manager)
    assert "Unduh berita acara" in manager.get(ROOM).text
    move(organizer, S.ANNOUNCED, S.SIGNED)
    assert {manager.get(door).status_code for door in (f"{ROOM}.xlsx", MINUTES)} == {404}


def pages_of(client) -> list[str]:
    """The words of each page of the minutes, as a reader of the file finds them."""
    answer = client.get(MINUTES)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return words_of(answer.data)


def words_of(content: bytes) -> list[str]:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    return [" ".join(page.split()) for page in pages]


def test_the_minutes_say_what_the_database_holds(event, sign_in_as) -> None:
    organizer = person(event, Role.ORGANIZER)
    first = db.session.query(Idea).filter_by(title="LENTERA").one()
    move(organizer, *UP)
    chair = person(event, Role.CHAIR)
    (board,) = db.session.query(Board)
    about = {
        "event_id": event.id,
        "board_id": board.id,
        "snapshot_id": board.snapshot_id,
        "idea_id": first.id,
    }
    said = {
        "reason": WORDS,
        "answer": "Sudah dihitung ulang.",
        "outcome": Outcome.REJECTED,
    }
    asked = {"filed_by_id": organizer.id, "filed_at": NOW, "answered_by_id": chair.id, "answered_at": NOW}
    add(Objection(number=1, **about, **said, **asked))
    ideas = [idea.id for idea in db.session.query(Idea).order_by(Idea.id)]
    why = {"reason": "Dampaknya lebih luas.", "made_by_id": chair.id, "made_at": NOW}
    add(TieRuling(round_id=board.round_id, order=ideas, **why))
    auditor = sign_in_as(person(event, Role.AUDITOR))
    make(auditor)
    pages = pages_of(auditor)
    whole = " ".join(pages)
    sha256 = db.session.get_one(Snapshot, board.snapshot_id).sha256
    assert all(f"Halaman {n} dari {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert all(sha256 in page.replace(" ", "") for page in pages)
    assert all("Lomba Kota" in page for page in pages)
    for part in (
        "Berita acara penilaian",
        "Dewan juri",
        "Ketua juri",
        "Tanda tangan",
        "=1+1",
        "75,00",
        "dikecualikan",
    ):
        assert part in whole
    for part in (
        WORDS,
        "Sudah dihitung ulang.",
        "Ditolak",
        "Dampaknya lebih luas.",
    ):
        assert part in whole
    for ballot in db.session.query(Ballot).options(joinedload(Ballot.assignment).joinedload(Assignment.user)):
        assert ballot.assignment.user.full_name in whole
    found = sheets(auditor)
    assert found["Sanggahan"][1][5:12:4] == (WORDS, "Ditolak")
    assert found["Putusan sidang"][1][1:3] == ("=1+1 > LENTERA", "Dampaknya lebih luas.")
    for role in (Role.JUROR, Role.SECRETARIAT, Role.MENTOR):
        other = sign_in_as(person(event, role))
        for door in (ROOM, f"{ROOM}.xlsx", MINUTES):
            assert other.get(door).status_code == 404


def test_the_minutes_are_tagged_for_readers_and_repeat_their_heads(event, sign_in_as) -> None:
    round_ = db.session.query(Round).one()
    juror = make_user(name="Juri Ketiga")
    for number in range(3, 63):
        idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, title=f"KARYA {number}", number=number)
        make_ballot(make_assignment(round_, idea, juror), [3] * 5)
    organizer = person(event, Role.ORGANIZER)
    move(organizer, *UP)
    manager = sign_in_as(organizer)
    make(manager)
    content = manager.get(MINUTES).data
    assert b"/MarkInfo" in content
    assert b"pdfuaid" in content
    pages = pages_of(manager)
    matrix = [page for page in pages if "Kebaruan Efektivitas Manfaat" in page and "KARYA" in page]
    assert len(matrix) == 2


def test_what_would_burst_one_document_goes_on_in_another_volume(event, sign_in_as, monkeypatch) -> None:
    organizer = person(event, Role.ORGANIZER)
    move(organizer, *UP)
    manager = sign_in_as(organizer)
    make(manager)
    (whole,) = db.session.query(CommitteePack)
    assert whole.volumes == 1
    monkeypatch.setattr(pack_paper, "MOST_LINES", 3)
    make(manager)
    pack = db.session.query(CommitteePack).order_by(CommitteePack.id.desc()).first()
    answer = manager.get(MINUTES)
    assert answer.mimetype == "application/zip"
    assert f"({pack.volumes} jilid PDF dalam ZIP)" in manager.get(ROOM).text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == [f"berita-acara-{n:02d}.pdf" for n in range(1, pack.volumes + 1)]
        read = [" ".join(words_of(archive.read(name))) for name in archive.namelist()]
    assert all(f"jilid {n} dari {pack.volumes}" in words for n, words in enumerate(read, 1))
    assert "Baris 1 sampai 3 dari 4" in read[0]
    assert "Baris 4 sampai 4 dari 4" in read[1]
    assert ["Rubrik dan bobot" in words for words in read] == [True] + [False] * (pack.volumes - 1)

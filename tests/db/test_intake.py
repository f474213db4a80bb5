"""Ballots from spreadsheets: all of an import or nothing, told in history and trail, taken back whole."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.models import AuditEntry
from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState
from innovate.events.queries import get_actor
from innovate.intake.models import ImportedBallot, ImportFile, ImportState, ScoreImport
from innovate.intake.queries.imports import get_import
from innovate.intake.queries.world import load_world
from innovate.intake.services.mapping import change_reading, plan_import
from innovate.intake.services.saving import Wish, save_import, start_save
from innovate.intake.services.undoing import undo_import
from innovate.intake.services.uploading import discard_import, forget_imports, upload_files
from innovate.notifications.models import OutboxMail
from innovate.results.queries.boards import find_state
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, ConflictSource
from innovate.scoring.models.locks import HandInLock
from innovate.scoring.models.rounds import Rubric
from innovate.scoring.queries.ballots import list_sheets, reload_sheet
from innovate.scoring.queries.receipts import list_receipts
from innovate.scoring.queries.rounds import raw_totals
from innovate.scoring.queries.seal import say_board_state
from innovate.tasks.queries import get_task
from innovate.tasks.services import run_next
from innovate.teams.models import Team
from tests.factories.build import NOW, add, make_assignment, make_ballot, make_membership
from tests.factories.spreadsheets import Judged, as_csv, as_xlsx


@pytest.fixture
def judged(db_session) -> Judged:
    return Judged()


def upload(judged, content: bytes | None = None, name: str = "nilai.csv", at=NOW) -> ScoreImport:
    content = as_csv(judged.rows()) if content is None else content
    return upload_files(judged.organizer, judged.round, [(name, content)], at=at)


def save(judged, found, *, actor=None, at=NOW, **said) -> int:
    found = get_import(judged.event.id, found.public_id, whole=True)
    plan = plan_import(found, load_world(actor or judged.organizer, judged.round))
    return save_import(actor or judged.organizer, found, Wish(**{"stamp": plan.stamp, **said}), at=at)


def ballots() -> list[Ballot]:
    return list(
        db.session.scalars(select(Ballot).order_by(Ballot.id).execution_options(populate_existing=True))
    )


def test_an_import_becomes_ballots_with_their_rows(judged) -> None:
    content = as_csv(judged.rows("4", "4", "3", "2", "5"))
    assert save(judged, upload(judged, content)) == 4
    assert {round(ballot.total, 6) for ballot in ballots()} == {65.0}
    assert all(b.state is BallotState.SUBMITTED and b.version == 2 for b in ballots())
    assert {seat.state for seat in db.session.scalars(select(Assignment))} == {AssignmentState.ACTIVE}
    assert all(seat.untold_since is None for seat in db.session.scalars(select(Assignment)))
    row = db.session.scalars(select(ImportedBallot).order_by(ImportedBallot.row)).first()
    file = db.session.get_one(ImportFile, row.file_id)
    assert (row.row, file.sha256) == (2, hashlib.sha256(content).hexdigest())
    assert storage.read(file.storage_key) == content
    change = db.session.scalars(select(BallotChange)).first()
    assert change.action == "imported"
    assert change.actor_id == judged.organizer.user_id
    assert all(
        part in change.reason for part in ("Rina", "nilai.csv", "baris 2", file.sha256, "pakta integritas")
    )
    receipts = list_receipts(judged.event.id, judged.jurors[0].id)
    assert len(receipts) == 2
    assert db.session.get_one(Rubric, judged.round.rubric_id).locked_at == NOW
    actions = list(db.session.scalars(select(AuditEntry.action)))
    told = ("ballot.imported", "round.import", "assignment.add")
    assert [actions.count(action) for action in told] == [4, 1, 4]
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "intake_imported")).all()
    assert {mail.address for mail in mails} == {juror.email for juror in judged.jurors}
    assert {mail.context["count"] for mail in mails} == {2}


def test_what_is_kept_is_what_reading_the_ballot_gives(judged) -> None:
    save(judged, upload(judged))
    seats = list(db.session.scalars(select(Assignment.id).order_by(Assignment.id)))
    many = list_sheets(seats)
    assert [reload_sheet(sheet) for sheet in many] == many
    assert many[0].total == 75.0


def test_a_mistake_in_row_3999_of_4000_changes_nothing(db_session) -> None:
    judged = Judged(ideas=20, jurors=40)
    rows = judged.long_rows()
    rows[3997][3] = "4,3"
    found = upload(judged, as_csv(rows, ["idea", "juror", "criterion", "score"]))
    whole = get_import(judged.event.id, found.public_id, whole=True)
    plan = plan_import(whole, load_world(judged.organizer, judged.round))
    assert [(fault.row, fault.column) for fault in plan.faults] == [(3999, 3)]
    with pytest.raises(Refused, match="sel yang salah"):
        save(judged, found)
    assert (ballots(), db.session.scalars(select(Assignment)).all()) == ([], [])
    rows[3997][3] = "4"
    found = upload(judged, as_csv(rows, ["idea", "juror", "criterion", "score"]))
    whole = get_import(judged.event.id, found.public_id, whole=True)
    stamp = plan_import(whole, load_world(judged.organizer, judged.round)).stamp
    task = start_save(judged.organizer, found, Wish(stamp=stamp), locale="id", at=NOW)
    db.session.commit()
    assert ballots() == []
    assert run_next(lambda: NOW)
    assert get_task(task.public_id).error == ""
    assert len(ballots()) == 800
    assert len(raw_totals(judged.round.id)) == 20


def test_what_fails_while_it_is_written_leaves_nothing(judged, monkeypatch) -> None:
    found = upload(judged)
    db.session.commit()
    from innovate.intake.services import saving

    def break_off(*_args, **_more):
        raise RuntimeError("the store is full")

    monkeypatch.setattr(saving.storage, "save", break_off)
    with pytest.raises(RuntimeError), db.session.begin_nested():
        save(judged, found)
    db.session.expire_all()
    assert (ballots(), db.session.scalars(select(AuditEntry).filter_by(action="round.import")).all()) == (
        [],
        [],
    )
    assert get_import(judged.event.id, found.public_id).state is ImportState.PENDING


def test_the_same_file_again_says_that_all_is_there(judged) -> None:
    save(judged, upload(judged))
    with pytest.raises(Refused, match="sudah ada"):
        save(judged, upload(judged))
    assert len(ballots()) == 4


def test_what_stands_is_skipped_only_if_asked_and_never_overwritten(judged) -> None:
    seat = make_assignment(judged.round, judged.ideas[0], judged.jurors[0])
    make_ballot(seat, [1, 1, 1, 1, 1])
    draft = make_assignment(judged.round, judged.ideas[1], judged.jurors[1])
    make_ballot(draft, [2, 2, 2, 2, 2], state=BallotState.DRAFT)
    with pytest.raises(Refused, match="Pilih melewatinya"):
        save(judged, upload(judged))
    assert save(judged, upload(judged), skips=True) == 2
    kept = {b.assignment_id: (b.state, b.total) for b in ballots()}
    assert kept[seat.id] == (BallotState.SUBMITTED, 0.0)
    assert kept[draft.id][0] is BallotState.DRAFT


def test_a_conflict_of_interest_refuses_the_whole_import(judged) -> None:
    add(
        Conflict(
            event_id=judged.event.id,
            idea_id=judged.ideas[0].id,
            user_id=judged.jurors[0].id,
            source=ConflictSource.DECLARED,
            declared_by_id=judged.jurors[0].id,
            at=NOW,
        )
    )
    with pytest.raises(Refused):
        save(judged, upload(judged))
    assert ballots() == []


def test_locks_windows_and_frozen_boards_refuse(judged) -> None:
    found = upload(judged)
    late = NOW + timedelta(days=9)
    with pytest.raises(Refused, match="alasan"):
        save(judged, found, at=late)
    lock = {
        "round_id": judged.round.id,
        "idea_id": judged.ideas[0].id,
        "locked_by_id": judged.organizer.user_id,
    }
    row = add(HandInLock(**lock, locked_at=NOW))
    with pytest.raises(Refused):
        save(judged, found)
    db.session.delete(row)
    say_board_state(lambda _round: BoardState.FROZEN)
    try:
        with pytest.raises(Refused, match="dibekukan"):
            save(judged, found)
        with pytest.raises(Refused, match="dibekukan"):
            upload(judged)
    finally:
        say_board_state(find_state)
    with pytest.raises(Refused, match="belum dibuka"):
        upload(judged, at=NOW - timedelta(days=9))
    assert save(judged, found, at=late, reason="Berita acara terlambat diserahkan") == 4
    assert get_import(judged.event.id, found.public_id).reason == "Berita acara terlambat diserahkan"


def test_only_organizers_who_do_not_compete_import(judged) -> None:
    found = upload(judged)
    chair = judged.person(Role.CHAIR, "Ketua")
    with pytest.raises(NotAllowed):
        save(judged, found, actor=chair)
    rival = judged.person(Role.ORGANIZER, "Pesaing")
    make_membership(db.session.get_one(Team, judged.ideas[0].team_id), rival.user)
    with pytest.raises(NotFound):
        save(judged, found, actor=rival)


def test_saving_what_changed_since_it_was_seen_is_refused(judged) -> None:
    found = upload(judged)
    whole = get_import(judged.event.id, found.public_id, whole=True)
    stamp = plan_import(whole, load_world(judged.organizer, judged.round)).stamp
    make_ballot(make_assignment(judged.round, judged.ideas[0], judged.jurors[0]), [4, 4, 4, 4, 4])
    with pytest.raises(Refused, match="berubah"):
        save(judged, found, stamp=stamp, skips=True)


def test_an_import_is_taken_back_whole_and_can_be_made_again(judged) -> None:
    drawn = make_assignment(judged.round, judged.ideas[0], judged.jurors[0], by_draw=True)
    found = upload(judged)
    save(judged, found)
    assert undo_import(judged.organizer, found, reason="Berkas tertukar", at=NOW) == 4
    assert {ballot.state for ballot in ballots()} == {BallotState.EXCLUDED}
    assert len(ballots()) == 4
    assert raw_totals(judged.round.id) == {}
    (seat,) = db.session.scalars(select(Assignment).filter_by(state=AssignmentState.ACTIVE))
    assert (seat.idea_id, seat.user_id, seat.by_draw) == (drawn.idea_id, drawn.user_id, True)
    assert seat.id != drawn.id
    reasons = set(db.session.scalars(select(BallotChange.reason).where(BallotChange.action == "exclude")))
    assert reasons == {"Berkas tertukar"}
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "intake_undone")).all()
    assert len(mails) == 2
    with pytest.raises(Refused):
        undo_import(judged.organizer, found, reason="Sekali lagi", at=NOW)
    assert save(judged, upload(judged)) == 4
    assert len(raw_totals(judged.round.id)) == 2


def test_what_a_juror_changed_since_is_theirs(judged) -> None:
    found = upload(judged)
    save(judged, found)
    db.session.query(Ballot).filter_by(user_id=judged.jurors[0].id, idea_id=judged.ideas[0].id).update(
        {"version": 3}
    )
    with pytest.raises(Refused, match="diubah jurinya"):
        undo_import(judged.organizer, found, reason="Berkas tertukar", at=NOW)
    assert {ballot.state for ballot in ballots()} == {BallotState.SUBMITTED}
    with pytest.raises(Refused, match="ditutup"):
        undo_import(judged.organizer, found, reason="Berkas tertukar", at=NOW + timedelta(days=9))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"\n ;;\n", "kosong"),
        (b"Karya;Juri\nN\xe9;Budi", "UTF-8"),
        (b"PK\x03\x04 no archive", "XLSX"),
        (b"x" * (2 * 1024 * 1024 + 1), "terlalu besar"),
        (as_csv([["7"] * 101], head=["k"] * 101), "kolom"),
    ],
)
def test_bad_files_are_refused_by_name(judged, content, words) -> None:
    with pytest.raises(Refused, match=f"nilai.xlsx: .*{words}"):
        upload(judged, content, name="../../nilai.xlsx")
    assert db.session.scalars(select(ScoreImport)).all() == []


def test_workbooks_are_read_as_they_are(judged) -> None:
    rows = judged.rows("4", "4", "3", "2", "5")
    with pytest.raises(Refused, match="sel C2 berisi rumus"):
        upload(judged, as_xlsx([[*rows[0][:2], "=2+2", *rows[0][3:]]]))
    bomb = as_xlsx([["0" * 30_000] * 60 for _ in range(20)])
    assert len(bomb) < 2 * 1024 * 1024
    with pytest.raises(Refused, match="terlalu besar"):
        upload(judged, bomb)
    content = as_xlsx(
        [[None, None], *[[row[0], row[1], *map(int, row[2:])] for row in rows]], sheets=("Rekap",)
    )
    found = upload(judged, content, name="Nilai.xlsx")
    assert found.files[0].sheets == ["Sheet", "Rekap"]
    assert save(judged, found) == 4


def test_one_file_for_each_juror(judged) -> None:
    rows = judged.rows()
    head = ["Nomor karya", "Kebaruan", "Efektivitas", "Manfaat", "Mudah disebarkan", "Keberlanjutan"]
    files = [
        (f"Nilai {juror.name}.csv", as_csv([[r[0], *r[2:]] for r in rows if r[1] == juror.email], head=head))
        for juror in judged.jurors
    ]
    files[1] = ("rekap.csv", files[1][1])
    found = upload_files(judged.organizer, judged.round, files, at=NOW)
    assert [file.juror_id for file in found.files] == [judged.jurors[0].id, None]
    with pytest.raises(Refused):
        save(judged, found)
    world = load_world(judged.organizer, judged.round)
    chosen = {"heads": {}, "columns": {}, "values": {}}
    with pytest.raises(Refused):
        change_reading(judged.organizer, found, world, jurors={1: 10**9}, **chosen)
    change_reading(judged.organizer, found, world, jurors={1: judged.jurors[1].id}, **chosen)
    assert save(judged, found) == 4


def test_pending_imports_are_dropped_or_forgotten(judged) -> None:
    first, second, third = upload(judged), upload(judged), upload(judged)
    discard_import(judged.organizer, first)
    save(judged, third)
    assert forget_imports(at=NOW + timedelta(days=6)) == 0
    assert forget_imports(at=NOW + timedelta(days=8)) == 1
    assert [found.id for found in db.session.scalars(select(ScoreImport))] == [third.id]
    assert second.id not in db.session.scalars(select(ImportFile.import_id)).all()
    with pytest.raises(Refused, match="sudah disimpan"):
        discard_import(judged.organizer, third)


def test_of_two_who_save_at_once_one_is_refused(committing_app) -> None:
    with committing_app.app_context(), transaction():
        judged = Judged()
        found = [upload(judged).public_id for _ in range(2)]
        slug, user_id = judged.event.slug, judged.organizer.user_id
        whole = get_import(judged.event.id, found[0], whole=True)
        stamp = plan_import(whole, load_world(judged.organizer, judged.round)).stamp
    gate, results = threading.Barrier(2), {}

    def run(public_id: str) -> None:
        with committing_app.app_context():
            gate.wait()
            try:
                with transaction():
                    actor = get_actor(slug, db.session.get_one(User, user_id))
                    own = get_import(actor.event.id, public_id)
                    results[public_id] = save_import(actor, own, Wish(stamp=stamp), at=NOW)
            except Refused as refusal:
                results[public_id] = str(refusal.message)

    threads = [threading.Thread(target=run, args=(key,)) for key in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(type, results.values()), key=str) == [int, str]
    with committing_app.app_context():
        assert len(ballots()) == 4

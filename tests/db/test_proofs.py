"""Proofs in the database: what is frozen, closed, published and recomputed, on both databases."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from innovate.audit.models import AuditCheckpoint, AuditDetail, AuditEntry, SigningKey
from innovate.audit.queries import find_chain_fault, is_ours, list_keys
from innovate.audit.services import make_checkpoint, record, rotate_key
from innovate.core import keys, storage
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused
from innovate.core.jobs import run_job
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.notifications.models import OutboxMail
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.domain.bundle.verifier.files import read_keys
from innovate.results.domain.bundle.verifier.whole import verify
from innovate.results.models import FrozenResult, ResultBundle
from innovate.results.queries import boards
from innovate.results.queries.proofs import find_published, list_own_proofs, load_proofs, write_public_keys
from innovate.results.services import boards as board_services
from innovate.results.services import proofs as services
from innovate.results.services.publishing import publish_bundle
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.receipts import BallotReceipt, LeafSecret
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.services.ballots import submit_ballot
from innovate.scoring.services.exclusion import exclude_ballot, include_ballot
from innovate.tasks.models import Task
from innovate.tasks.services import run_next
from tests.db.test_boards import FIVES, FOURS, THREES, UP, move, organizer_of, scored_idea
from tests.factories.build import NOW, give_role, make_assignment, make_event, make_round, make_user
from tests.factories.bundles import unpack

FULL, SUMMARY = Publication.FULL, Publication.SUMMARY


@pytest.fixture
def event(db_session):
    return make_event(shift_days=-17)


@pytest.fixture
def round_(event):
    return make_round(event)


@pytest.fixture
def staff(event, round_):
    return organizer_of(event)


def check(bundle: ResultBundle):
    return verify(io.BytesIO(storage.read(bundle.storage_key)), read_keys(write_public_keys()))


def announced(event, staff, steps=UP):
    move(staff, *steps)
    return boards.get_board(event, 1)


def hand_in(event, round_, idea, juror, marks):
    seat = make_assignment(round_, idea, juror, cleared_at=NOW)
    sheet = get_sheet(event.slug, seat.public_id, juror.id)
    values = {key: str(mark) for key, mark in zip(sheet.criteria, marks, strict=True)}
    return submit_ballot(juror, sheet, Filled(version=sheet.version, values=values), at=NOW)


def test_an_announced_board_is_recomputed_from_its_bundle(event, round_, staff) -> None:
    scored_idea(event, round_, [FIVES, FOURS])
    scored_idea(event, round_, [FOURS, FIVES])
    scored_idea(event, round_, [THREES], group="B")
    scored_idea(event, round_, [])
    view = announced(event, staff)
    assert run_next(lambda: NOW) is True
    task = db.session.scalars(select(Task)).one()
    assert (task.state.value, task.error) == ("done", "")
    proofs = load_proofs(view)
    assert proofs.published is SUMMARY
    assert find_published(view).id == proofs.summary.id
    assert check(proofs.full).checked[-1] == "ranks of 4 ideas"
    assert check(proofs.summary).unchecked != []
    manifest = json.loads(unpack(storage.read(proofs.full.storage_key))["manifest.json"])
    assert manifest["ballots"] == {"count": 5, "root": proofs.frozen.root}
    assert is_ours(proofs.checkpoint)
    again = publish_bundle(event, 1, FULL, at=NOW + timedelta(days=1))
    assert again.id == proofs.full.id


def test_what_happens_after_freezing_changes_nothing_of_the_proof(event, round_, staff) -> None:
    idea = scored_idea(event, round_, [FIVES, FOURS])
    view = announced(event, staff, UP[:3])
    frozen = load_proofs(view).frozen
    db.session.execute(update(Ballot).values(total=1.0))
    scored_idea(event, round_, [THREES])
    bundle = publish_bundle(event, 1, FULL, at=NOW)
    assert check(bundle).checked[-1] == "ranks of 1 ideas"
    assert load_proofs(view).frozen.root == frozen.root
    assert idea.public_id in unpack(storage.read(bundle.storage_key))["leaderboard.json"].decode()


def test_a_ballot_taken_out_stays_a_leaf_and_says_why(event, round_, staff) -> None:
    juror, other = make_user(), make_user()
    idea = scored_idea(event, round_, [])
    for person in (juror, other):
        give_role(event, person, Role.JUROR)
    done = hand_in(event, round_, idea, juror, FIVES)
    kept = hand_in(event, round_, idea, other, THREES)
    exclude_ballot(staff.user_id, done, reason="Satu unit kerja dengan tim", at=NOW)
    exclude_ballot(staff.user_id, kept, reason="Keliru", at=NOW)
    include_ballot(
        staff.user_id, get_sheet(event.slug, kept.public_id, other.id), reason="Tidak jadi", at=NOW
    )
    announced(event, staff)
    bundle = publish_bundle(event, 1, FULL, at=NOW)
    check(bundle)
    files = unpack(storage.read(bundle.storage_key))
    manifest = json.loads(files["manifest.json"])
    assert [each["reason"] for each in manifest["exclusions"]] == ["Satu unit kerja dengan tim"]
    assert len(files["ballots.ndjson"].splitlines()) == 2
    proofs = {person.id: list_own_proofs(event, person.id) for person in (juror, other)}
    assert [proof.state for found in proofs.values() for proof in found] == ["found", "found"]


def test_a_juror_finds_what_was_handed_in_and_nobody_else_is_named(event, round_, staff) -> None:
    juror = make_user(name="Siti Rahmah")
    give_role(event, juror, Role.JUROR)
    ideas = [scored_idea(event, round_, [FOURS]) for _ in range(3)]
    for idea in ideas:
        hand_in(event, round_, idea, juror, FIVES)
    receipts = list(db.session.scalars(select(BallotReceipt)))
    assert len({receipt.leaf for receipt in receipts}) == 3
    assert {proof.state for proof in list_own_proofs(event, juror.id)} == {"waiting"}
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "scoring_receipt")).first()
    assert mail.context["leaf"] == receipts[0].leaf
    announced(event, staff)
    proofs = list_own_proofs(event, juror.id)
    bundle = publish_bundle(event, 1, FULL, at=NOW)
    lines = unpack(storage.read(bundle.storage_key))["ballots.ndjson"].decode().splitlines()
    for proof in proofs:
        assert proof.state == "found"
        assert lines[proof.found.index] == proof.line
        assert proof.found.size == len(lines)
    text = storage.read(bundle.storage_key)
    everything = b"".join(unpack(text).values()).decode()
    assert "Siti" not in everything
    assert juror.public_id not in everything
    assert juror.email not in everything
    assert db.session.scalars(select(LeafSecret.secret)).one() not in everything


def test_a_ballot_that_vanished_from_the_result_is_told_to_its_juror(event, round_, staff) -> None:
    juror = make_user()
    give_role(event, juror, Role.JUROR)
    idea = scored_idea(event, round_, [FOURS])
    hand_in(event, round_, idea, juror, FIVES)
    mine = db.session.scalars(select(BallotReceipt)).one()
    db.session.execute(update(BallotReceipt).values(leaf="0" * 64))
    announced(event, staff)
    assert [proof.state for proof in list_own_proofs(event, juror.id)] == ["missing"]
    mine.at = NOW + timedelta(hours=1)
    db.session.flush()
    assert [proof.state for proof in list_own_proofs(event, juror.id)] == ["late"]
    db.session.execute(update(Ballot).where(Ballot.user_id == juror.id).values(version=9))
    assert [proof.state for proof in list_own_proofs(event, juror.id)] == ["replaced"]


def test_the_closing_checkpoint_reaches_every_juror_once(event, round_, staff) -> None:
    jurors = [make_user() for _ in range(2)]
    for juror in jurors:
        give_role(event, juror, Role.JUROR)
    scored_idea(event, round_, [FIVES])
    view = announced(event, staff)
    move(staff, S.ANNOUNCED, S.SIGNED, S.ANNOUNCED)
    mails = list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == "result_checkpoint")))
    assert {mail.address for mail in mails} == {juror.email for juror in jurors}
    assert len(mails) == 2
    kept = mails[0].context["checkpoint"]
    assert find_chain_fault(kept) is None
    size = int(kept.splitlines()[1])
    covered = select(AuditEntry.action).where(AuditEntry.id <= size, AuditEntry.event_id == event.id)
    moves = [action for action in db.session.scalars(covered) if action == "board.move"]
    assert len(moves) == len(UP) - 1  # the announcement itself is covered
    assert load_proofs(view).frozen.root == mails[0].context["root"]


def test_an_announcement_does_not_wait_for_a_lost_key(
    app, event, round_, staff, monkeypatch, tmp_path
) -> None:
    make_checkpoint(at=NOW)
    monkeypatch.setitem(app.config, "INSTANCE_PATH", str(tmp_path))
    scored_idea(event, round_, [FIVES])
    view = announced(event, staff)
    assert view.state is S.ANNOUNCED
    assert load_proofs(view).checkpoint == ""
    with pytest.raises(Refused, match="Kunci tanda tangan"):
        publish_bundle(event, 1, FULL, at=NOW)
    rotate_key(actor_id=None, at=NOW)
    assert check(publish_bundle(event, 1, FULL, at=NOW)).unchecked == []


def test_a_snapshot_older_than_its_proof_is_proven_only_if_it_still_follows(event, round_, staff) -> None:
    scored_idea(event, round_, [FIVES, FOURS])
    scored_idea(event, round_, [THREES])
    announced(event, staff, UP[:3])
    db.session.execute(delete(FrozenResult))
    check(publish_bundle(event, 1, SUMMARY, at=NOW))
    db.session.execute(delete(ResultBundle))
    db.session.execute(delete(FrozenResult))
    ballot = db.session.scalars(select(Ballot).limit(1)).one()
    ballot.state = BallotState.DRAFT
    db.session.commit()
    with pytest.raises(Refused, match=r"leaderboard\.json: score of"):
        publish_bundle(event, 1, FULL, at=NOW)


def test_only_organizers_choose_and_order_and_only_what_is_frozen(event, round_, staff) -> None:
    scored_idea(event, round_, [FIVES])
    with pytest.raises(Refused, match="Bekukan peringkat"):
        services.start_bundle(staff, 1, at=NOW)
    with pytest.raises(Refused, match="Belum ada peringkat"):
        publish_bundle(event, 1, FULL, at=NOW)
    view = announced(event, staff, UP[:3])
    auditor = organizer_of(event, Role.AUDITOR)
    for act in (
        lambda: services.start_bundle(auditor, 1, at=NOW),
        lambda: services.choose_board_publication(auditor, 1, FULL, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    services.choose_board_publication(staff, 1, FULL, at=NOW)
    assert load_proofs(boards.get_board(event, 1)).published is FULL
    entry = db.session.scalars(select(AuditDetail).order_by(AuditDetail.entry_id.desc())).first()
    assert entry.values == {"before": {"publication": None}, "after": {"publication": "full"}}
    publish_bundle(event, 1, FULL, at=NOW)
    assert find_published(view) is None  # frozen is not announced


def test_scores_that_are_not_published_are_not_in_a_public_bundle(event, round_, staff) -> None:
    scored_idea(event, round_, [FIVES])
    board_services.set_board_options(staff, 1, shows_scores=False, minimum_ballots=1, at=NOW)
    view = announced(event, staff)
    publish_bundle(event, 1, SUMMARY, at=NOW)
    assert load_proofs(view).published is None
    assert find_published(view) is None


# -- keys and checkpoints -----------------------------------------------------------------------------------------


def write(count: int) -> None:
    for n in range(count):
        record("x.y", actor_id=1, at=NOW, object_type="user", object_id=n, after={"n": n})


def test_checkpoints_follow_each_other_and_stand_still_with_the_trail(db_session) -> None:
    write(3)
    first = make_checkpoint(at=NOW)
    assert make_checkpoint(at=NOW).number == first.number == 1
    write(2)
    second = make_checkpoint(at=NOW)
    assert (second.number, second.size) == (2, 6)  # the key's own entry is one of them
    assert run_job("audit.checkpoint") == 6
    assert find_chain_fault() is None
    assert find_chain_fault(first.text) is None


def test_the_newest_rows_before_a_checkpoint_are_protected(db_session) -> None:
    write(3)
    make_checkpoint(at=NOW)
    db.session.execute(delete(AuditDetail).where(AuditDetail.entry_id == 4))
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == 4))
    fault = find_chain_fault()
    assert (fault.number, fault.reason) == (4, "the checkpoint covers 4 entries, the trail has fewer")


def test_a_trail_written_anew_differs_from_a_checkpoint_kept_elsewhere(db_session) -> None:
    write(3)
    kept = make_checkpoint(at=NOW).text
    for table in (AuditCheckpoint, AuditDetail, AuditEntry):
        db.session.execute(delete(table))
    db.session.expire_all()
    write(4)
    assert find_chain_fault() is None
    assert find_chain_fault(kept).reason == "entries differ from the checkpoint"
    with pytest.raises(ValueError, match="no checkpoint"):
        find_chain_fault("hello\n")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("\n4\n", "\n3\n"), "checkpoint unreadable"),
        (lambda text: re.sub(r"previous 0{64}", f"previous {'1' * 64}", text), "does not follow"),
        (lambda text: re.sub(r"time 2026", "time 2027", text), "not signed"),
        (lambda text: text.replace("innovate/audit", "innovate/other"), "not a checkpoint of the trail"),
        (lambda _text: "x", "unreadable"),
    ],
)
def test_a_changed_checkpoint_is_found(db_session, change, reason) -> None:
    write(3)
    made = make_checkpoint(at=NOW)
    made.text = change(made.text)
    db.session.flush()
    assert re.search(reason, find_chain_fault().reason)


def test_keys_are_made_once_kept_private_and_replaced_with_a_trace(app, db_session) -> None:
    key = make_checkpoint(at=NOW) and list_keys()[0]
    path = next(each for each in storage.Path(app.config["INSTANCE_PATH"]).glob("signing_key"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.public_of(keys.load_seed()).hex() == key.public
    old = make_checkpoint(at=NOW).text
    new = rotate_key(actor_id=None, at=NOW + timedelta(hours=1))
    assert [each.key_id for each in list_keys()] == [new.key_id, key.key_id]
    assert key.valid_until == NOW + timedelta(hours=1)
    assert make_checkpoint(at=NOW + timedelta(hours=2)).text != old
    assert find_chain_fault(old) is None
    assert write_public_keys().splitlines()[1:] == [
        f"{new.key_id} {new.public} 2026-11-23T03:30:00Z -",
        f"{key.key_id} {key.public} 2026-11-23T02:30:00Z 2026-11-23T03:30:00Z",
    ]
    actions = [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert actions == ["signing_key.begin", "signing_key.begin"]


def test_a_key_from_the_settings_signs_on_every_machine(app, db_session, monkeypatch, tmp_path) -> None:
    monkeypatch.setitem(app.config, "INSTANCE_PATH", str(tmp_path))
    monkeypatch.setitem(app.config, "SIGNING_KEY", "1f" * 32)
    assert is_ours(make_checkpoint(at=NOW).text)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refused, match="INNOVATE_SIGNING_KEY"):
        rotate_key(actor_id=None, at=NOW)
    monkeypatch.setitem(app.config, "SIGNING_KEY", "2f" * 32)
    write(1)
    with pytest.raises(Refused, match="Kunci tanda tangan"):
        make_checkpoint(at=NOW)
    rotate_key(actor_id=None, at=NOW)
    assert is_ours(make_checkpoint(at=NOW).text)
    assert db.session.query(SigningKey).count() == 2

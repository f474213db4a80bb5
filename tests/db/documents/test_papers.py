"""Papers on both databases: numbers, seal, bulk, revoking and replacing, and what the PDFs say."""

from __future__ import annotations

import hashlib
import threading

import pypdfium2
import pytest
from sqlalchemy.orm import undefer

from innovate.audit.models import AuditEntry
from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, Refused
from innovate.documents.domain.codes import show_code
from innovate.documents.domain.dates import spell_date
from innovate.documents.domain.kinds import Audience, PaperKind, Standing
from innovate.documents.models import Document
from innovate.documents.queries.current import find_current, list_outdated
from innovate.documents.queries.papers import list_own
from innovate.documents.services import certificates, ending, issuing, setting
from innovate.documents.services.settings import FIELDS, read_settings, save_settings
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.results.models import StandingRow
from innovate.scoring.models.ballots import Ballot, BallotScore
from innovate.tasks.services import run_here
from innovate.voting.domain.stages import PollState
from innovate.voting.models import PollWinner
from tests.factories.boards import LADDER, climb, make_special
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
from tests.factories.votes import make_poll

SITE = "https://inovasi.example"
WHY = "Nama pada naskah keliru."
NIP = "198609262015051001"
SHOWN_NIP = "NIP 19860926 201505 1 001"


@pytest.fixture
def organizer(db_session):
    event = make_event(slug="lomba", name="Lomba Kota", shift_days=-31)
    user = make_user(name="Ratna Dewi", title_after="M.T.")
    give_role(event, user, Role.ORGANIZER)
    add(Prize(event_id=event.id, name="Juara I", rank=1))
    round_ = make_round(event)
    juror = make_user(name="Juri Pertama")
    give_role(event, juror, Role.CHAIR)
    for number, title, value in ((1, "PECI HAJI", 5), (2, "LENTERA", 3)):
        captain = make_user(name=f"Ketua {title}")
        idea = make_idea(make_team(event, captain), state=IdeaState.ELIGIBLE, title=title, number=number)
        make_ballot(make_assignment(round_, idea, juror), [value] * 5)
    db.session.flush()
    return user


def actor_of(user):
    return get_actor("lomba", user)


def issue(user, kind=PaperKind.MINUTES, number=1):
    return issuing.issue_paper(actor_of(user), kind, number, site=SITE, at=NOW)


def bulk(user, audience):
    task = certificates.ask_for_certificates(actor_of(user), audience, site=SITE, at=NOW)
    run_here(task, at=NOW)
    return db.session.query(Document).filter_by(kind=PaperKind.CERTIFICATE).order_by(Document.id).all()


def set_all(row):
    setting.set_papers(row.event_id, lambda *_: None, transaction, at=NOW)
    db.session.refresh(row)


def text_of(key):
    pdf = pypdfium2.PdfDocument(storage.read(key))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return " ".join("\n".join(pages).split())


def test_nothing_of_the_results_is_issued_before_its_seal_allows(organizer) -> None:
    for states in ((), LADDER[:2]):
        if states:
            climb(actor_of(organizer).event, organizer, *states)
        for kind in (PaperKind.MINUTES, PaperKind.DECREE, PaperKind.ANNOUNCEMENT):
            with pytest.raises(Refused):
                issue(organizer, kind)
    climb(actor_of(organizer).event, organizer, *LADDER[1:3])
    assert issue(organizer).number == "001/BA/ORG/XI/2026"
    with pytest.raises(Refused, match="diumumkan"):
        issue(organizer, PaperKind.ANNOUNCEMENT)
    for audience in (Audience.WINNERS, Audience.FINALISTS):
        with pytest.raises(Refused, match="diumumkan"):
            certificates.ask_for_certificates(actor_of(organizer), audience, site=SITE, at=NOW)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.JUROR, Role.AUDITOR, Role.SECRETARIAT])
def test_only_organizers_issue(organizer, role) -> None:
    climb(actor_of(organizer).event, organizer)
    other = make_user()
    give_role(actor_of(organizer).event, other, role)
    with pytest.raises(NotAllowed):
        issue(other)
    actor_of(organizer).event.state = EventState.ARCHIVED
    with pytest.raises(NotAllowed):
        issue(organizer)


def test_the_minutes_say_what_the_database_says(organizer) -> None:
    event = actor_of(organizer).event
    climb(event, organizer)
    row = issue(organizer)
    assert row.sha256 == ""
    set_all(row)
    assert hashlib.sha256(storage.read(row.storage_key)).hexdigest() == row.sha256
    said = text_of(row.storage_key)
    assert row.number in said
    assert show_code(row.code) in said
    assert spell_date(row.day) in said
    assert "Juri Pertama" in said
    standing = db.session.query(StandingRow).filter_by(snapshot_id=row.snapshot_id).all()
    assert len(standing) == 2
    for each in standing:
        assert each.title in said
        assert f"{each.score:.2f}".replace(".", ",") in said
    db.session.expire_all()
    kept = db.session.query(Document).options(undefer(Document.data)).one()
    assert kept.data["url"] == f"{SITE}/dokumen/{show_code(row.code)}"


def test_decree_and_announcement_name_the_winner_alone(organizer) -> None:
    climb(actor_of(organizer).event, organizer)
    for kind in (PaperKind.DECREE, PaperKind.ANNOUNCEMENT):
        row = issue(organizer, kind)
        set_all(row)
        said = text_of(row.storage_key)
        assert "Juara I" in said
        assert "PECI HAJI" in said
        assert "LENTERA" not in said


def test_the_signers_nip_stays_off_what_everybody_reads(organizer) -> None:
    climb(actor_of(organizer).event, organizer)
    actor = actor_of(organizer)
    values = {name: getattr(read_settings(actor.event), name) for name in FIELDS}
    save_settings(actor, {**values, "signer_nip": "19860926 201505 1 001"}, at=NOW)
    said = {}
    for kind in (PaperKind.MINUTES, PaperKind.ANNOUNCEMENT):
        row = issue(organizer, kind)
        set_all(row)
        said[kind] = text_of(row.storage_key)
    assert SHOWN_NIP in said[PaperKind.MINUTES]
    others = [said[PaperKind.ANNOUNCEMENT]]
    others += [text_of(row.storage_key) for row in bulk(organizer, Audience.WINNERS)]
    assert not any(NIP in each or SHOWN_NIP in each for each in others)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pattern", "{kode}/{tahun}"),
        ("pattern", "{nomor}/{tahun}/{x}"),
        ("signer_nip", "12"),
        ("signer_name", "王 Wei"),
    ],
)
def test_settings_that_cannot_work_are_refused_and_change_nothing(organizer, field, value) -> None:
    actor = actor_of(organizer)
    values = {name: getattr(read_settings(actor.event), name) for name in FIELDS}
    with pytest.raises(Refused) as refused:
        save_settings(actor, {**values, field: value}, at=NOW)
    assert refused.value.field == field
    assert getattr(read_settings(actor.event), field) == values[field]


def test_certificates_are_one_for_each_person_however_often_they_are_asked_for(organizer) -> None:
    climb(actor_of(organizer).event, organizer)
    (winner,) = bulk(organizer, Audience.WINNERS)
    assert winner.holder == "Ketua PECI HAJI"
    assert "Piagam Penghargaan" in text_of(winner.storage_key)
    first = bulk(organizer, Audience.PARTICIPANTS)
    assert [row.holder for row in first] == ["Ketua PECI HAJI", "Ketua LENTERA", "Ketua PECI HAJI"]
    before = [(row.number, row.code, row.sha256) for row in first]
    again = bulk(organizer, Audience.PARTICIPANTS)
    assert [(row.number, row.code, row.sha256) for row in again] == before
    assert len(bulk(organizer, Audience.JURORS)) == 4
    assert len(bulk(organizer, Audience.ORGANIZERS)) == 5


def test_work_that_was_broken_off_goes_on_where_it_was(organizer, monkeypatch) -> None:
    monkeypatch.setattr(setting, "_AT_ONCE", 1)
    seen = []

    def fall_silent(done: int, total: int, stage: str = "") -> None:
        seen.append((done, total))
        if done == 1 and total == 2:
            raise RuntimeError

    event = actor_of(organizer).event
    certificates.issue_missing(event, Audience.PARTICIPANTS, site=SITE, actor_id=organizer.id, at=NOW)
    db.session.commit()
    with pytest.raises(RuntimeError):
        setting.set_papers(event.id, fall_silent, transaction, at=NOW)
    half = {row.number: row.sha256 for row in db.session.query(Document) if row.is_set}
    assert len(half) == 1
    assert setting.set_papers(event.id, lambda *_: None, transaction, at=NOW) == 1
    db.session.expire_all()
    rows = db.session.query(Document).order_by(Document.sequence).all()
    assert [row.sequence for row in rows] == [1, 2]
    assert all(row.is_set for row in rows)
    assert half.items() <= {row.number: row.sha256 for row in rows}.items()


def test_a_paper_that_cannot_be_set_stops_no_other_and_is_named(organizer) -> None:
    event = actor_of(organizer).event
    certificates.issue_missing(event, Audience.PARTICIPANTS, site=SITE, actor_id=organizer.id, at=NOW)
    broken, whole = db.session.query(Document).order_by(Document.sequence)
    broken.data = {}
    db.session.commit()
    with pytest.raises(Refused, match=broken.number):
        setting.set_papers(event.id, lambda *_: None, transaction, at=NOW)
    db.session.expire_all()
    assert (broken.is_set, whole.is_set) == (False, True)


def test_a_replaced_paper_is_superseded_and_a_revoked_one_is_not_issued_again_in_bulk(organizer) -> None:
    climb(actor_of(organizer).event, organizer)
    rows = bulk(organizer, Audience.PARTICIPANTS)
    user = rows[0].user_id
    with pytest.raises(Refused, match="10 karakter"):
        ending.revoke_paper(actor_of(organizer), rows[0].public_id, reason="keliru", at=NOW)
    new = ending.replace_paper(actor_of(organizer), rows[0].public_id, reason=WHY, site=SITE, at=NOW)
    assert (rows[0].standing, new.standing) == (Standing.SUPERSEDED, Standing.VALID)
    assert new.sequence == 3
    set_all(new)
    assert [row.id for row in list_own(user)] == [new.id]
    ending.revoke_paper(actor_of(organizer), new.public_id, reason=WHY, at=NOW)
    assert new.standing is Standing.REVOKED
    assert list_own(user) == []
    assert len(bulk(organizer, Audience.PARTICIPANTS)) == 3
    with pytest.raises(Refused, match="tidak berlaku"):
        ending.revoke_paper(actor_of(organizer), new.public_id, reason=WHY, at=NOW)
    actions = [each.action for each in db.session.query(AuditEntry).filter_by(object_type="document")]
    assert actions.count("document.issue") == 3
    assert actions.count("document.replace") == actions.count("document.revoke") == 1


def test_minutes_are_issued_again_only_by_replacing_them(organizer) -> None:
    climb(actor_of(organizer).event, organizer)
    row = issue(organizer)
    with pytest.raises(Refused, match="sudah diterbitkan"):
        issue(organizer)
    new = ending.replace_paper(actor_of(organizer), row.public_id, reason=WHY, site=SITE, at=NOW)
    assert row.replaced_by_id == new.id


def test_holders_lose_sight_of_awards_while_the_board_is_sealed_again(organizer) -> None:
    climb(actor_of(organizer).event, organizer)
    (winner,) = bulk(organizer, Audience.WINNERS)
    assert [row.id for row in list_own(winner.user_id)] == [winner.id]
    climb(actor_of(organizer).event, organizer, LADDER[4], LADDER[1])
    assert list_own(winner.user_id) == []


def test_what_results_no_longer_say_is_not_called_valid(organizer) -> None:
    event = actor_of(organizer).event
    board = climb(event, organizer)
    minutes = issue(organizer)
    (first,) = bulk(organizer, Audience.WINNERS)
    finalists = bulk(organizer, Audience.FINALISTS)[1:]
    set_all(minutes)
    assert list_outdated(event.id) == []
    climb(event, organizer, LADDER[4], LADDER[1])
    ballots = db.session.query(Ballot).order_by(Ballot.id).all()
    assert ballots[0].total > ballots[1].total
    for score in db.session.query(BallotScore).filter_by(ballot_id=ballots[0].id):
        score.value = 1  # another wins
    ballots[0].total = 0.0
    db.session.flush()
    climb(event, organizer, LADDER[1], LADDER[2])
    papers = [minutes, first, *finalists]
    assert [find_current(row) for row in papers] == [False] * 4  # a difference would tell who still wins
    climb(event, organizer, *LADDER[2:])
    assert [find_current(row) for row in papers] == [False, False, True, True]
    assert list_own(first.user_id) == [row for row in finalists if row.user_id == first.user_id]
    assert [row.id for row in list_outdated(event.id)] == [minutes.id, first.id]
    second = bulk(organizer, Audience.WINNERS)[-1]
    assert (second.user_id != first.user_id, find_current(second)) == (True, True)
    ending.replace_paper(actor_of(organizer), minutes.public_id, reason=WHY, site=SITE, at=NOW)
    assert [row.id for row in list_outdated(event.id)] == [first.id]
    assert board.state.is_public


def test_a_prize_that_was_taken_back_takes_its_certificate_along(organizer) -> None:
    event = actor_of(organizer).event
    board = climb(event, organizer)
    idea = db.session.query(Idea).filter_by(title="LENTERA").one()
    special = make_special(board, idea, organizer)
    poll = make_poll(event, organizer, state=PollState.COUNTED, counted_at=NOW)
    favorite = add(PollWinner(poll_id=poll.id, idea_id=idea.id, place=1, votes=3))
    rows = bulk(organizer, Audience.WINNERS)
    assert [find_current(row) for row in rows] == [True, True, True]
    special.revoked_at = NOW
    db.session.delete(favorite)
    db.session.flush()
    assert [find_current(row) for row in rows] == [True, False, False]


def test_the_signed_pdf_is_the_one_served(organizer) -> None:
    climb(actor_of(organizer).event, organizer)
    row = issue(organizer)
    content = b"%PDF-1.7\n%ditandatangani\n%%EOF\n"
    file = ending.SignedFile("ba.pdf", content, 1000)
    with pytest.raises(Refused, match="disusun"):
        ending.upload_signed(actor_of(organizer), row.public_id, file, at=NOW)
    set_all(row)
    first = row.sha256
    ending.upload_signed(actor_of(organizer), row.public_id, file, at=NOW)
    assert storage.read(row.served[0]) == content
    assert row.sha256 == first


def test_papers_issued_at_the_same_moment_are_numbered_without_a_gap(committing_app) -> None:
    with committing_app.app_context(), transaction():
        event = make_event(slug="lomba")
        user = make_user()
        give_role(event, user, Role.ORGANIZER)
        for _ in range(3):
            make_idea(make_team(event), state=IdeaState.ELIGIBLE)
        give_role(event, make_user(), Role.JUROR)
        event_id, user_id = event.id, user.id
    together = threading.Barrier(3)
    wrong: list[BaseException] = []

    def press(audience: Audience) -> None:
        with committing_app.app_context():
            together.wait(30)
            try:
                with transaction():
                    event = issuing.find_event(event_id)
                    certificates.issue_missing(event, audience, site=SITE, actor_id=user_id, at=NOW)
            except BaseException as error:
                wrong.append(error)
                raise

    chosen = (Audience.PARTICIPANTS, Audience.PARTICIPANTS, Audience.JURORS)
    threads = [threading.Thread(target=press, args=(each,)) for each in chosen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not wrong
    with committing_app.app_context():
        rows = db.session.query(Document).order_by(Document.sequence).all()
        assert [row.sequence for row in rows] == [1, 2, 3, 4]
        assert len({row.number for row in rows}) == 4

"""Sheets of paper: prepared, typed by two, confirmed, refused, undone, objected to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.paper.domain.agreement import FromPaper, SheetState
from innovate.paper.models import PaperSheet
from innovate.paper.queries.sheets import count_own_papers, count_states, list_printable, page_of_sheets
from innovate.paper.services import objections
from innovate.paper.services.keying import key_in, undo_entry, why_not
from innovate.paper.services.printing import prepare_sheets
from innovate.results.queries.boards import find_state
from innovate.scoring.domain.receipts import digest_of
from innovate.scoring.domain.rubric import CriterionDraft, Filled
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotState
from innovate.scoring.models.jury import AssignmentState, Conflict, ConflictSource
from innovate.scoring.models.rounds import Rubric
from innovate.scoring.queries.ballots import get_panel_sheet, get_sheet
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.receipts import list_receipts
from innovate.scoring.queries.rounds import list_rounds, raw_totals
from innovate.scoring.queries.seal import say_board_state
from innovate.scoring.services.ballots import reopen_ballot, save_ballot
from innovate.scoring.services.rubrics import save_rubric
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_paper,
    make_round,
    make_team,
    make_user,
)


class Office:
    """A round with a juror on one entry, two clerks and an organizer; the sheets are prepared."""

    def __init__(self) -> None:
        self.event = make_event(shift_days=-17)
        make_round(self.event)
        (self.round,) = list_rounds(self.event.id)
        self.organizer = self.person(Role.ORGANIZER)
        self.ana, self.budi = self.person(Role.SECRETARIAT, "Ana"), self.person(Role.SECRETARIAT, "Budi")
        self.chair, self.juror = self.person(Role.CHAIR, "Citra"), self.person(Role.JUROR, "Hendra")
        self.idea = make_idea(make_team(self.event), state=IdeaState.ELIGIBLE, title="PARIT KITA", number=7)
        self.seat = make_assignment(self.round, self.idea, self.juror.user)
        prepare_sheets(self.ana, self.round, at=NOW)

    def person(self, role: Role, name: str = "Petugas"):
        user = make_user(name=name)
        give_role(self.event, user, role)
        return get_actor(self.event.slug, user)

    @property
    def paper(self) -> PaperSheet:
        return db.session.scalars(
            select(PaperSheet).filter_by(assignment_id=self.seat.id, is_spare=False)
        ).one()

    @property
    def spare(self) -> PaperSheet:
        return db.session.scalars(
            select(PaperSheet).filter_by(is_spare=True, user_id=self.juror.user_id)
        ).one()

    def key(self, who, *values: str, paper=None, at=NOW, **more) -> PaperSheet:
        keys = [row.id for row in list_criteria(self.round.rubric_id)]
        texts = {key: more.pop(key) for key in ("comment_team", "comment_internal") if key in more}
        filled = Filled(0, dict(zip(keys, values, strict=False)), **texts)
        typed = FromPaper(filled, **{"signed": True, **more})
        return key_in(who, paper or self.paper, typed, at=at)

    def ballot(self) -> Ballot | None:
        return db.session.scalar(select(Ballot).filter_by(assignment_id=self.seat.id))


@pytest.fixture
def office(db_session) -> Office:
    return Office()


def test_every_seat_has_a_sheet_and_every_juror_a_spare(office) -> None:
    sheets = list_printable(office.round)
    assert [(s.is_spare, s.number, s.title) for s in sheets] == [
        (False, 7, "PARIT KITA"),
        (True, None, None),
    ]
    assert prepare_sheets(office.budi, office.round, at=NOW) == 0
    other = make_idea(make_team(office.event), state=IdeaState.ELIGIBLE, number=8)
    make_assignment(office.round, other, office.juror.user)
    assert prepare_sheets(office.budi, office.round, at=NOW) == 1
    assert len({sheet.code for sheet in list_printable(office.round)}) == 3
    assert db.session.get_one(Rubric, office.round.rubric_id).locked_at == NOW
    assert list_printable(office.round, "tidak-ada") == []


def test_two_who_type_the_same_make_the_ballot(office) -> None:
    office.key(office.ana, "4", "4", "3", "2", "5", comment_team="Bagus")
    assert office.paper.state is SheetState.KEYED
    assert office.ballot() is None
    assert raw_totals(office.round.id) == {}
    office.key(office.budi, "4", "4", "3", "2,0", "5", comment_team="Bagus", comment_internal="Ragu")
    assert office.paper.state is SheetState.MATCHED
    ballot = office.ballot()
    assert (ballot.state, ballot.total, ballot.submitted_at) == (BallotState.SUBMITTED, 65.0, NOW)
    assert (ballot.user_id, ballot.comment_team, ballot.comment_internal) == (
        office.juror.user_id,
        "Bagus",
        "Ragu",
    )
    assert raw_totals(office.round.id)[office.idea.id].mean == 65.0
    (change,) = db.session.scalars(select(BallotChange).filter_by(ballot_id=ballot.id))
    assert (change.action, change.actor_id) == ("keyed", office.budi.user_id)
    assert office.ana.user.name in change.reason
    assert office.budi.user.name in change.reason
    (mail,) = db.session.scalars(select(OutboxMail))
    assert (mail.template, mail.address) == ("paper_keyed", office.juror.user.email)
    assert "Kebaruan: 4" in mail.context["values"]
    (receipt,) = list_receipts(office.event.id, office.juror.user_id)
    assert (receipt.receipt.total, receipt.stands, mail.context["number"]) == (65.0, True, receipt.number)
    assert receipt.receipt.digest == digest_of(receipt.receipt.content) == mail.context["digest"]
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [a for a in actions if a.startswith(("paper", "ballot"))] == [
        "paper.prepare",
        "paper.key",
        "paper.key",
        "ballot.keyed",
        "paper.confirm",
    ]
    assert count_own_papers(office.event.id, office.juror.user_id) == 1
    sheet = get_sheet(office.event.slug, office.seat.public_id, office.juror.user_id)
    reopened = reopen_ballot(office.juror.user, sheet, version=sheet.version, at=NOW)  # it is the juror's own
    assert reopened.ballot_state is BallotState.DRAFT


def test_the_first_is_never_the_second(office) -> None:
    office.key(office.ana, *"44444")
    with pytest.raises(Refused, match="mengetik pertama"):
        office.key(office.ana, *"44444")
    assert why_not(office.ana, office.paper, office.round, NOW) is not None
    assert why_not(office.budi, office.paper, office.round, NOW) is None
    assert office.ballot() is None


def test_who_differ_decide_by_typing_again(office) -> None:
    office.key(office.ana, *"44444")
    office.key(office.budi, *"44445")
    assert office.paper.state is SheetState.DIFFERING
    office.key(office.ana, *"44444")  # saying the same twice convinces nobody
    assert office.paper.state is SheetState.DIFFERING
    assert office.ballot() is None
    office.key(office.budi, *"44444")
    assert office.paper.state is SheetState.CONFIRMED
    assert office.ballot().total == 75.0
    with pytest.raises(Refused, match="sudah menjadi nilai"):
        office.key(office.organizer, *"55555")


def test_what_was_submitted_online_stands_and_a_draft_is_kept_in_the_history(office) -> None:
    sheet = get_sheet(office.event.slug, office.seat.public_id, office.juror.user_id)
    first = next(iter(sheet.criteria))
    save_ballot(office.juror.user, sheet, Filled(0, {first: "1"}), at=NOW)
    office.key(office.ana, *"44444")
    office.key(office.budi, *"44444")
    ballot = office.ballot()
    assert (ballot.total, ballot.version) == (75.0, 2)
    (change,) = db.session.scalars(select(BallotChange).filter_by(ballot_id=ballot.id, action="keyed"))
    assert {key: float(value) for key, value in change.before["values"].items()} == {str(first): 1.0}
    idea = make_idea(make_team(office.event), state=IdeaState.ELIGIBLE, number=9)
    seat = make_assignment(office.round, idea, office.juror.user)
    make_ballot(seat, [5, 5, 5, 5, 5])
    paper = make_paper(seat)
    with pytest.raises(Refused, match="tidak menggantikannya"):
        office.key(office.ana, *"11111", paper=paper)
    assert "tidak menggantikannya" in str(why_not(office.ana, paper, office.round, NOW).message)
    assert get_panel_sheet(office.event.id, seat.public_id).total == 100.0


def test_what_was_handed_in_online_wants_no_paper(office) -> None:
    make_ballot(office.seat, [4, 4, 4, 4, 4])
    assert [sheet.is_spare for sheet in list_printable(office.round)] == [True]
    assert count_states(office.round).total == 0
    with pytest.raises(Refused, match="Belum ada penugasan"):
        prepare_sheets(office.ana, office.round, at=NOW)


def test_a_conflict_or_a_seat_taken_away_bars_the_sheet(office) -> None:
    office.key(office.ana, *"44444")
    office.seat.state = AssignmentState.REMOVED
    db.session.flush()
    with pytest.raises(Refused, match="dicabut"):
        office.key(office.budi, *"44444")
    assert [s.is_spare for s in list_printable(office.round)] == [True]
    office.seat.state = AssignmentState.ACTIVE
    juror = office.juror.user_id
    said = {
        "source": ConflictSource.DECLARED,
        "declared_by_id": juror,
        "at": NOW,
        "event_id": office.event.id,
    }
    db.session.add(Conflict(idea_id=office.idea.id, user_id=juror, **said))
    db.session.flush()
    with pytest.raises(Refused, match="benturan kepentingan"):
        office.key(office.budi, *"44444")
    assert office.ballot() is None


def test_a_sheet_of_an_older_rubric_is_refused(office) -> None:
    drafts = [CriterionDraft("Kebaruan", 60), CriterionDraft("Manfaat", 40)]
    save_rubric(office.organizer, office.round, drafts, reason="Disederhanakan rapat juri", at=NOW)
    old = office.paper
    with pytest.raises(Refused, match="rubrik versi 1, sedangkan yang berlaku versi 2"):
        office.key(office.ana, "4", "4", paper=old)
    assert list_printable(office.round) == []
    assert prepare_sheets(office.ana, office.round, at=NOW) == 2
    assert {s.code for s in list_printable(office.round)}.isdisjoint({old.code})


def test_a_spare_finds_its_entry_by_number(office) -> None:
    with pytest.raises(Refused) as refusal:
        office.key(office.ana, *"44444", paper=office.spare)
    assert refusal.value.field == "number"
    with pytest.raises(Refused, match="tidak mendapat karya nomor 8"):
        office.key(office.ana, *"44444", paper=office.spare, number=8)
    office.key(office.ana, *"44444", paper=office.spare, number=7)
    spare = office.key(office.budi, *"44444", paper=office.spare, number=7)
    assert (spare.state, spare.assignment_id) == (SheetState.MATCHED, office.seat.id)
    with pytest.raises(Refused, match="tidak menggantikannya"):
        office.key(office.ana, *"44444", paper=office.paper)
    other = make_idea(make_team(office.event), state=IdeaState.ELIGIBLE, number=8)
    make_assignment(office.round, other, office.juror.user)
    assert prepare_sheets(office.ana, office.round, at=NOW) == 2  # its sheet, and a fresh spare


def test_bad_values_change_nothing(office) -> None:
    with pytest.raises(Refused) as refusal:
        office.key(office.ana, "7", "dua", "3", "3", "3")
    assert len(refusal.value.details["errors"]) == 2
    with pytest.raises(Refused, match="tanpa nilai"):
        office.key(office.ana, *"444")
    with pytest.raises(Refused, match="tanda tangan"):
        office.key(office.ana, *"44444", signed=False)
    with pytest.raises(Refused, match="paling panjang"):
        office.key(office.ana, *"44444", comment_team="x" * 5001)
    assert office.paper.state is SheetState.BLANK


def test_after_closing_only_organizers_with_a_reason_and_never_after_freezing(office) -> None:
    late = NOW + timedelta(days=9)
    with pytest.raises(Refused, match="Hanya penyelenggara"):
        office.key(office.ana, *"44444", at=late)
    with pytest.raises(Refused, match="alasannya"):
        office.key(office.organizer, *"44444", at=late)
    office.key(office.organizer, *"44444", at=late, reason="Amplop tiba setelah hari penilaian")
    say_board_state(lambda _round: BoardState.FROZEN)
    other = office.person(Role.ORGANIZER)
    try:
        with pytest.raises(Refused, match="dibekukan"):
            office.key(other, *"44444", at=late, reason="Amplop tiba setelah hari penilaian")
    finally:
        say_board_state(find_state)
    office.key(other, *"44444", at=late, reason="Amplop tiba setelah hari penilaian")
    (change,) = db.session.scalars(select(BallotChange).filter_by(action="keyed"))
    assert "Amplop tiba" in change.reason
    with pytest.raises(Refused, match="belum dibuka"):
        office.key(office.ana, *"44444", paper=office.spare, at=NOW - timedelta(days=9), number=7)


def test_undoing_is_recorded_and_only_before_it_is_confirmed(office) -> None:
    office.key(office.ana, *"44444")
    with pytest.raises(Refused, match="Hanya pengetiknya"):
        undo_entry(office.budi, office.paper, at=NOW)
    undo_entry(office.ana, office.paper, at=NOW)
    assert office.paper.state is SheetState.BLANK
    office.key(office.ana, *"33333")
    undo_entry(office.organizer, office.paper, at=NOW)
    office.key(office.budi, *"44444")
    paper = office.key(office.ana, *"44444")
    assert [entry.undone_at for entry in paper.entries] == [NOW, NOW, None, None]
    with pytest.raises(Refused, match="baru diketik sekali"):
        undo_entry(office.organizer, office.paper, at=NOW)
    assert office.ballot().total == 75.0


def test_who_may(office) -> None:
    for actor in (office.juror, office.chair):
        with pytest.raises(NotAllowed):
            office.key(actor, *"44444")
        with pytest.raises(NotAllowed):
            prepare_sheets(actor, office.round, at=NOW)
    both = office.juror.user
    give_role(office.event, both, Role.SECRETARIAT)
    with pytest.raises(Refused, match="Lembar Anda sendiri"):
        office.key(get_actor(office.event.slug, both), *"44444")


def test_a_juror_objects_and_is_answered(office) -> None:
    office.key(office.ana, *"44444")
    with pytest.raises(NotFound):
        objections.object_to(office.juror, office.paper, words="Bukan nilai saya", at=NOW)
    office.key(office.budi, *"44444")
    with pytest.raises(NotFound):
        objections.object_to(office.chair, office.paper, words="Bukan nilai saya", at=NOW)
    objections.object_to(office.juror, office.paper, words="Manfaat seharusnya 5", at=NOW)
    assert count_states(office.round).objections == 1
    with pytest.raises(Refused, match="menunggu jawaban"):
        objections.object_to(office.juror, office.paper, words="Sekali lagi", at=NOW)
    with pytest.raises(NotAllowed):
        objections.answer_objection(office.ana, office.paper, words="Sudah benar", at=NOW)
    objections.answer_objection(office.chair, office.paper, words="Kertasnya memuat 4", at=NOW)
    assert count_states(office.round).objections == 0
    mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert [(m.template, m.address) for m in mails] == [
        ("paper_keyed", office.juror.user.email),
        ("paper_objection", office.chair.user.email),
        ("paper_answer", office.juror.user.email),
    ]
    assert office.ballot().state is BallotState.SUBMITTED  # objecting changes nothing by itself


def test_the_list_searches_filters_and_counts(office) -> None:
    office.key(office.ana, *"44444")
    found = page_of_sheets(office.round)
    assert [(p.state, p.is_spare) for p in found.items] == [
        (SheetState.KEYED, False),
        (SheetState.BLANK, True),
    ]
    code = office.spare.code
    for search, count in (("parit", 1), ("007", 1), ("8", 0), (code.lower(), 1), ("%", 0), ("hendra", 2)):
        assert page_of_sheets(office.round, search=search).total == count, search
    assert page_of_sheets(office.round, only="blank").total == 1
    assert page_of_sheets(office.round, only="objection").total == 0
    progress = count_states(office.round)
    assert (progress.total, progress.done, progress.of(SheetState.KEYED)) == (1, 0, 1)

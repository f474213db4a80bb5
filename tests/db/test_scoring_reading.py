"""Notes for the jury alone, private notes, and reading time."""

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.errors import Refused
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot, BallotChange
from innovate.scoring.models.reading import ReadingNote
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.services import ballots
from innovate.scoring.services.jottings import MAX_NOTE, keep_note
from tests.factories import build
from tests.factories.build import NOW


@pytest.fixture
def desk(db_session):
    event = build.make_event(shift_days=-17)
    round_ = build.make_round(event)
    juror = build.make_user()
    build.give_role(event, juror, Role.JUROR)
    idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE)
    seat = build.make_assignment(round_, idea, juror)

    class Desk:
        def sheet(self):
            return get_sheet(event.slug, seat.public_id, juror.id)

        def write(self, text, version):
            return keep_note(juror, self.sheet(), text, version=version, at=NOW)

    desk = Desk()
    desk.juror, desk.seat, desk.session = juror, seat, db_session
    return desk


def test_a_criterion_has_one_note_for_the_team_and_one_for_the_jury(desk) -> None:
    first, second = list(desk.sheet().criteria)[:2]
    notes = {"notes": {first: "Bagus"}, "notes_internal": {first: "Data lemah", second: "Cek"}}
    values = dict.fromkeys(desk.sheet().criteria, "4")
    done = ballots.submit_ballot(desk.juror, desk.sheet(), Filled(0, values, **notes), at=NOW)
    sheet = desk.sheet()
    assert (sheet.notes, sheet.notes_internal) == (notes["notes"], notes["notes_internal"])
    receipt = desk.session.query(BallotReceipt).one()
    assert receipt.content["notes_internal"] == {str(first): "Data lemah", str(second): "Cek"}
    ballots.reopen_ballot(desk.juror, sheet, version=done.version, at=NOW)
    changed = Filled(done.version + 1, values, notes=notes["notes"], notes_internal={first: "Kuat"})
    ballots.save_ballot(desk.juror, desk.sheet(), changed, at=NOW)
    assert desk.sheet().notes_internal == {first: "Kuat"}
    last = desk.session.query(BallotChange).order_by(BallotChange.id.desc()).first()
    assert last.before["notes_internal"][str(first)] == "Data lemah"  # nothing is overwritten without a trace


def test_a_note_for_the_jury_is_as_long_as_the_others(desk) -> None:
    key = next(iter(desk.sheet().criteria))
    with pytest.raises(Refused):
        ballots.save_ballot(desk.juror, desk.sheet(), Filled(0, notes_internal={key: "a" * 5001}), at=NOW)
    assert desk.session.query(Ballot).count() == 0


def test_reading_time_only_grows(desk) -> None:
    key = next(iter(desk.sheet().criteria))
    ballots.save_ballot(desk.juror, desk.sheet(), Filled(0, {key: "3"}, read_seconds=400), at=NOW)
    version = desk.sheet().version
    ballots.save_ballot(desk.juror, desk.sheet(), Filled(version, {key: "4"}, read_seconds=5), at=NOW)
    assert desk.sheet().read_seconds == 400


def test_private_notes_are_kept_and_joined(desk) -> None:
    assert desk.write("Tanya biaya", 0).version == 1
    assert desk.write("Tanya biaya perawatan", 1).version == 2
    assert (
        desk.write("Dari ponsel", 1).text == "Tanya biaya perawatan\n\nDari ponsel"
    )  # typed on an older one
    assert desk.write("", 3).text == ""  # their own to empty
    entries = desk.session.query(AuditEntry).filter(AuditEntry.action.like("reading_note%")).all()
    assert [entry.action for entry in entries] == ["reading_note.begin"]


def test_private_notes_are_bounded(desk) -> None:
    desk.write("a" * MAX_NOTE, 0)
    with pytest.raises(Refused):
        desk.write("b" * 10, 0)  # together they are too long
    assert desk.session.query(ReadingNote).one().text == "a" * MAX_NOTE


def test_no_private_notes_before_the_declaration(desk) -> None:
    desk.seat.cleared_at = None
    desk.session.flush()
    with pytest.raises(Refused):
        desk.write("Terlalu dini", 0)

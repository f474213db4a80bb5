"""Saving, handing in, opening again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from innovate.audit.models import AuditEntry
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.rounds import Rubric
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.rounds import raw_totals
from innovate.scoring.services import ballots
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries

SAVED_AT = NOW + timedelta(minutes=12)


@pytest.fixture
def desk(db_session):
    """A juror with one assigned entry in an open round."""
    event = build.make_event(shift_days=-17)
    round_ = build.make_round(event)
    juror = build.make_user(name="Hendra Juri")
    build.give_role(event, juror, Role.JUROR)
    idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE)
    assignment = build.make_assignment(round_, idea, juror)

    class Desk:
        def sheet(self):
            return get_sheet(event.slug, assignment.public_id, juror.id)

        def filled(self, version, *values, **more):
            keys = list(self.sheet().criteria)
            return Filled(version, dict(zip(keys, values, strict=False)), **more)

        def save(self, version, *values, at=SAVED_AT, **more):
            return ballots.save_ballot(juror, self.sheet(), self.filled(version, *values, **more), at=at)

        def submit(self, version, *values, at=SAVED_AT, **more):
            return ballots.submit_ballot(juror, self.sheet(), self.filled(version, *values, **more), at=at)

    desk = Desk()
    desk.event, desk.round, desk.juror, desk.idea, desk.assignment = event, round_, juror, idea, assignment
    desk.session = db_session
    return desk


def changes(desk):
    return [
        (c.version, c.action, c.before["values"])
        for c in desk.session.query(BallotChange).order_by(BallotChange.id)
    ]


def test_the_first_save_makes_the_ballot_pins_the_revision_and_locks_the_rubric(desk):
    saved = desk.save(0, "4", "", "3")
    assert (saved.version, saved.total, str(saved.running.points)) == (1, None, "27.5")
    ballot = desk.session.query(Ballot).one()
    assert (ballot.state, ballot.version, ballot.total) == (BallotState.DRAFT, 1, None)
    assert ballot.revision_id == desk.idea.submitted_revision_id
    rubric = desk.session.get(Rubric, desk.round.rubric_id, populate_existing=True)
    assert rubric.locked_at == SAVED_AT
    assert desk.session.query(AuditEntry.action).all() == [("rubric.lock",)]
    assert raw_totals(desk.round.id) == {}


def test_a_complete_draft_has_its_total_but_does_not_count(desk):
    saved = desk.save(0, "4", "4", "3", "2", "5")
    assert saved.total == 65.0  # 20 x .75 + 25 x .75 + 25 x .5 + 15 x .25 + 15
    assert desk.session.query(Ballot.total).scalar() == saved.total
    assert raw_totals(desk.round.id) == {}


def test_every_save_keeps_what_it_replaced(desk):
    desk.save(0, "1")
    desk.save(1, "2", comment_team="Baik")
    saved = desk.save(2, "", comment_team="Baik sekali")
    assert saved.version == 3
    first, *_ = saved.criteria
    assert changes(desk) == [(1, "save", {str(first): "1.00"}), (2, "save", {str(first): "2.00"})]
    assert desk.session.query(BallotScore.value).filter_by(criterion_id=first).scalar() is None
    assert desk.sheet().comment_team == "Baik sekali"


def test_the_same_request_sent_twice_is_one_save(desk):
    desk.save(0, "4")
    assert desk.save(0, "4").version == 1
    desk.save(1, "5")
    assert desk.save(1, "5").version == 2
    assert len(changes(desk)) == 1


def test_a_second_tab_is_refused_and_shown_what_stands(desk):
    desk.save(0, "4")
    desk.save(1, "5")  # the other tab
    with pytest.raises(Stale) as refusal:
        desk.save(1, "2")
    details = refusal.value.details
    assert details["version"] == 2
    assert list(details["current"]["values"].values()) == ["5.00"]
    assert desk.sheet().values.popitem()[1] == 5


def test_two_tabs_that_both_begin(desk):
    desk.save(0, "4")
    with pytest.raises(Stale):
        desk.save(0, "3")


def test_values_off_the_scale_are_refused_and_named(desk):
    keys = list(desk.sheet().criteria)
    with pytest.raises(Refused) as refusal:
        desk.save(0, "6", "1.234", "2,5", "3")
    assert set(refusal.value.details["errors"]) == {str(key) for key in keys[:3]}
    assert desk.session.query(Ballot).count() == 0


def test_a_comma_is_a_decimal_point(desk):
    desk.session.execute(text("UPDATE criteria SET maximum = 100, minimum = 0, step = 0.5"))
    saved = desk.save(0, "88,5", "88.5", "0", "0", "0")
    assert list(saved.values.values())[:2] == [Decimal("88.5")] * 2
    assert saved.total == pytest.approx(88.5 * 0.45)


def test_handing_in_counts_and_is_audited(desk):
    desk.submit(0, "4", "4", "3", "2", "5")
    assert raw_totals(desk.round.id)[desk.idea.id].mean == 65.0
    assert [a for (a,) in desk.session.query(AuditEntry.action).order_by(AuditEntry.id)] == [
        "rubric.lock",
        "ballot.submit",
    ]
    with pytest.raises(Refused, match="sudah diajukan"):
        desk.save(2, "1")


def test_handing_in_twice_is_one_submission(desk):
    desk.submit(0, "4", "4", "3", "2", "5")
    assert desk.submit(1, "4", "4", "3", "2", "5").ballot_state is BallotState.SUBMITTED
    assert desk.session.query(AuditEntry).filter_by(action="ballot.submit").count() == 1
    with pytest.raises(Refused, match="sudah diajukan"):
        desk.submit(2, "1", "4", "3", "2", "5")


def test_an_incomplete_ballot_cannot_be_handed_in(desk):
    with pytest.raises(Refused, match="Keberlanjutan") as refusal:
        desk.submit(0, "4", "4", "3", "2", "")
    assert refusal.value.details["missing"] == list(desk.sheet().criteria)[4:]
    assert desk.session.query(Ballot).count() == 0


def test_opening_again_takes_it_out_of_the_count(desk):
    done = desk.submit(0, "4", "4", "3", "2", "5")
    again = ballots.reopen_ballot(desk.juror, desk.sheet(), version=done.version, at=SAVED_AT)
    assert (again.ballot_state, again.submitted_at) == (BallotState.DRAFT, None)
    assert raw_totals(desk.round.id) == {}
    assert desk.save(again.version, "5", "4", "3", "2", "5").total == 70.0
    with pytest.raises(Refused, match="belum diajukan"):
        ballots.reopen_ballot(desk.juror, desk.sheet(), version=4, at=SAVED_AT)


@pytest.mark.parametrize(("days", "word"), [(-3, "belum dibuka"), (9, "sudah ditutup")])
def test_only_an_open_round_takes_ballots(desk, days, word):
    with pytest.raises(Refused, match=word):
        desk.save(0, "4", at=NOW + timedelta(days=days))


def test_a_round_closed_early_takes_no_ballots(desk):
    done = desk.submit(0, "4", "4", "3", "2", "5")
    desk.round.closed_at = NOW
    desk.session.flush()
    with pytest.raises(Refused, match="sudah ditutup"):
        ballots.reopen_ballot(desk.juror, desk.sheet(), version=done.version, at=SAVED_AT)


def test_an_entry_that_left_the_competition_is_not_scored(desk):
    desk.idea.state = IdeaState.DISQUALIFIED
    desk.session.flush()
    with pytest.raises(Refused, match="tidak lagi dinilai"):
        desk.save(0, "4")


def test_not_before_the_declaration(desk):
    desk.assignment.cleared_at = None
    desk.session.flush()
    with pytest.raises(Refused, match="benturan"):
        desk.save(0, "4")


def test_only_the_jurors_own_sheet_in_this_event_while_in_the_role(desk):
    other = build.make_user()
    build.give_role(desk.event, other, Role.JUROR)
    elsewhere = build.make_event()
    for slug, user in ((desk.event.slug, other), (elsewhere.slug, desk.juror)):
        with pytest.raises(NotFound):
            get_sheet(slug, desk.assignment.public_id, user.id)
    with pytest.raises(NotAllowed):
        ballots.save_ballot(other, desk.sheet(), desk.filled(0, "1"), at=SAVED_AT)
    desk.session.execute(text("UPDATE event_roles SET revoked_at = :at"), {"at": "2026-11-23 00:00:00"})
    with pytest.raises(NotFound):
        desk.sheet()


def test_a_save_costs_six_statements_besides_the_person(desk):
    desk.save(0, "4")
    with counted_queries() as queries:
        sheet = get_sheet(desk.event.slug, desk.assignment.public_id, desk.juror.id)
        filled = Filled(1, dict.fromkeys(sheet.criteria, "5"))
        ballots.save_ballot(desk.juror, sheet, filled, at=SAVED_AT)
    assert len(queries) <= 6, queries

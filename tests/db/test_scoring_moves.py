"""Moving a juror from entry to entry, and taking the move back: on both databases."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Juror
from innovate.scoring.models.rounds import RoundJuror
from innovate.scoring.services.assignment import assign_juror, remove_assignment
from innovate.scoring.services.moves import move_assignment, undo_move
from tests.factories import build
from tests.factories.build import NOW

LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(hours=2)


@pytest.fixture
def city(db_session):
    """An open round, three entries of a unit, one juror on the first of them."""

    class City:
        def actor(self, user=None):
            return get_actor(self.event.slug, user or self.organizer)

        def move(self, seat=None, idea=1, reason="", at=LATER, by=None):
            seat = seat or self.seat
            return move_assignment(
                self.actor(by), seat.public_id, self.ideas[idea].public_id, reason=reason, at=at
            )

        def undo(self, seat, at=LAST, by=None):
            return undo_move(self.actor(by), seat.public_id, at=at)

        def standing(self):
            rows = db.session.query(Assignment).filter_by(state=AssignmentState.ACTIVE)
            return sorted((row.idea_id, row.user_id) for row in rows)

    city = City()
    city.event = build.make_event(shift_days=-17)
    city.round = build.make_round(city.event)
    city.unit = build.make_unit()
    city.juror, city.organizer, city.chair = (build.make_user() for _ in range(3))
    build.give_role(city.event, city.juror, Role.JUROR)
    build.give_role(city.event, city.organizer, Role.ORGANIZER)
    build.give_role(city.event, city.chair, Role.CHAIR)
    city.ideas = [
        build.make_idea(
            build.make_team(city.event, unit_id=city.unit.id if n == 3 else None),
            state=IdeaState.ELIGIBLE,
            number=n,
            title="PARIT",
        )
        for n in (1, 2, 3)
    ]
    city.seat = build.make_assignment(city.round, city.ideas[0], city.juror)
    return city


def actions():
    return [action for (action,) in db.session.query(AuditEntry.action).order_by(AuditEntry.id)]


def test_a_move_takes_back_and_gives_in_one_act(city):
    new = city.move(by=city.chair)
    assert city.standing() == [(city.ideas[1].id, city.juror.id)]
    assert (new.untold_since, city.seat.state) == (LATER, AssignmentState.REMOVED)
    assert actions() == ["assignment.remove", "assignment.add", "assignment.move"]


@pytest.mark.parametrize("state", [BallotState.DRAFT, BallotState.SUBMITTED])
def test_a_ballot_asks_for_a_reason_and_comes_back_with_the_undo(city, state):
    ballot = build.make_ballot(city.seat, [4, 4, 4, 4, 4], state=state)
    if state is BallotState.DRAFT:
        ballot.submitted_at = ballot.total = None
    db.session.flush()
    with pytest.raises(Refused, match="Tulis alasan memindahkannya") as refused:
        city.move()
    assert refused.value.field == "reason"
    assert city.standing() == [(city.ideas[0].id, city.juror.id)]
    new = city.move(reason="Terlalu dekat dengan bidangnya")
    kept = db.session.query(Ballot).populate_existing().one()
    assert (kept.assignment_id, kept.state) == (city.seat.id, BallotState.EXCLUDED)
    old = city.undo(new)
    assert old.public_id == city.seat.public_id
    assert city.standing() == [(city.ideas[0].id, city.juror.id)]
    assert db.session.query(Ballot).populate_existing().one().state is state
    assert actions()[-1] == "assignment.move_undo"


def test_a_ballot_excluded_before_the_move_stays_out_after_the_undo(city):
    build.make_ballot(city.seat, [4, 4, 4, 4, 4], state=BallotState.EXCLUDED)
    city.undo(city.move())
    assert city.standing() == [(city.ideas[0].id, city.juror.id)]
    assert db.session.query(Ballot).populate_existing().one().state is BallotState.EXCLUDED


def conflict(city):
    city.juror.unit_id = city.unit.id


def elsewhere(city):
    db.session.add(RoundJuror(round_id=city.round.id, user_id=city.chair.id))


def overfull(city):
    db.session.query(Juror).filter_by(user_id=city.juror.id).one().capacity = 0


def there(city):
    build.make_assignment(city.round, city.ideas[2], city.juror)


@pytest.mark.parametrize(
    ("obstacle", "words"),
    [
        (conflict, "bekerja di unit yang sama"),
        (elsewhere, "tidak bertugas pada babak ini"),
        (overfull, "sesuai batasnya"),
        (there, "sudah ditugaskan"),
    ],
)
def test_what_refuses_an_assignment_refuses_the_move_and_nothing_changes(city, obstacle, words):
    obstacle(city)
    db.session.flush()
    before, written = city.standing(), actions()
    with pytest.raises(Refused, match=words):
        city.move(idea=2)
    db.session.expire_all()
    assert (city.standing(), actions()) == (before, written)


def test_a_juror_at_their_limit_still_moves(city):
    db.session.query(Juror).filter_by(user_id=city.juror.id).one().capacity = 1
    db.session.flush()
    city.move()
    assert city.standing() == [(city.ideas[1].id, city.juror.id)]


def test_a_stale_page_and_the_same_entry_are_refused(city):
    with pytest.raises(Refused, match="sudah ditugaskan"):
        city.move(idea=0)
    city.move()
    with pytest.raises(Refused, match="sudah berubah sejak halaman dibuka"):
        city.move(idea=2)


def test_only_who_leads_moves_within_the_event(city):
    with pytest.raises(NotAllowed):
        city.move(by=city.juror)
    with pytest.raises(NotFound):
        move_assignment(city.actor(), "tidak-ada", city.ideas[1].public_id, at=LATER)
    with pytest.raises(NotFound):
        move_assignment(city.actor(), city.seat.public_id, "tidak-ada", at=LATER)
    with pytest.raises(NotAllowed):
        city.undo(city.seat, by=city.juror)
    assert city.standing() == [(city.ideas[0].id, city.juror.id)]


def test_only_a_move_can_be_undone_and_only_before_the_juror_begins(city):
    with pytest.raises(Refused, match="tidak dapat dibatalkan lagi"):
        city.undo(city.seat)
    new = city.move()
    build.make_ballot(new, [4, 4, 4, 4, 4])
    with pytest.raises(Refused, match="sudah mulai menilai"):
        city.undo(new)


def test_an_undo_is_refused_once_the_new_seat_has_ended(city):
    new = city.move()
    remove_assignment(city.actor(), new.public_id, reason="Dicabut lagi", at=LAST)
    with pytest.raises(Refused, match="tidak dapat dibatalkan lagi"):
        city.undo(new)


def test_taking_back_and_giving_by_hand_is_not_a_move(city):
    remove_assignment(city.actor(), city.seat.public_id, reason="Dicabut", at=NOW)
    seat = assign_juror(city.actor(), city.round, city.ideas[1].public_id, city.juror.public_id, at=LATER)
    with pytest.raises(Refused, match="tidak dapat dibatalkan lagi"):
        city.undo(seat)

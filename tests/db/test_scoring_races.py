"""Several hands on the same ballot, or on the same seat, at the same moment."""

import threading
from collections.abc import Callable

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db, transaction
from innovate.core.errors import Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.domain.rubric import CriterionDraft, Filled
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.services import assignment, ballots, rubrics
from tests.factories import build
from tests.factories.build import NOW

HANDS = 8


@pytest.fixture
def world(committing_app):
    with committing_app.app_context(), transaction():
        event = build.make_event(shift_days=-17)
        round_ = build.make_round(event)
        juror, organizer = build.make_user(), build.make_user()
        build.give_role(event, juror, Role.JUROR)
        build.give_role(event, organizer, Role.ORGANIZER)
        ideas = [build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE) for _ in range(HANDS)]
        seats = [build.make_assignment(round_, idea, juror).public_id for idea in ideas[:-1]]
        keys = [c.id for c in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id)]
        return {
            "app": committing_app,
            "slug": event.slug,
            "juror": juror.id,
            "juror_address": juror.public_id,
            "organizer": organizer.id,
            "seats": seats,
            "keys": keys,
            "idea": ideas[-1].public_id,
        }


def together(world, *acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread and a transaction of its own, all begun at once; results or refusals in order."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(n: int) -> None:
        with world["app"].app_context():
            gate.wait()
            try:
                with transaction():
                    results[n] = acts[n]()
            except (Stale, Refused) as refusal:
                results[n] = refusal

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def act(world, seat: int, version: int, value: str, *, submit: bool = False):
    def run():
        juror = db.session.get_one(build.User, world["juror"])
        sheet = get_sheet(world["slug"], world["seats"][seat], juror.id)
        filled = Filled(version, dict.fromkeys(world["keys"], value))
        service = ballots.submit_ballot if submit else ballots.save_ballot
        return service(juror, sheet, filled, at=NOW).version

    return run


def read(world, query: Callable[[], object]):
    with world["app"].app_context():
        found = query()
        db.session.rollback()
        return found


def test_of_two_tabs_that_begin_at_once_one_writes_and_the_other_is_told(world):
    results = together(world, *(act(world, 0, 0, str(1 + n % 5)) for n in range(5)))
    assert [r for r in results if not isinstance(r, Stale)] == [1]
    assert read(world, lambda: db.session.query(Ballot).count()) == 1
    assert len({v for (v,) in read(world, lambda: db.session.query(BallotScore.value).all())}) == 1


def test_of_two_devices_that_save_at_once_one_writes_and_nothing_mixes(world):
    together(world, act(world, 0, 0, "3"))
    results = together(world, *(act(world, 0, 1, str(1 + n)) for n in (0, 1, 3, 4)))
    assert [r for r in results if not isinstance(r, Stale)] == [2]
    assert len({v for (v,) in read(world, lambda: db.session.query(BallotScore.value).all())}) == 1
    assert read(world, lambda: db.session.query(BallotChange).count()) == 1


def test_the_same_submission_sent_many_times_is_one(world):
    results = together(world, *(act(world, 0, 0, "4", submit=True) for _ in range(HANDS)))
    assert not [r for r in results if isinstance(r, Exception)]
    assert read(world, lambda: db.session.query(Ballot.state).all()) == [(BallotState.SUBMITTED,)]
    assert read(world, lambda: db.session.query(AuditEntry).filter_by(action="ballot.submit").count()) == 1


def test_eight_writers_on_their_own_ballots_all_get_through(world):
    rounds = 6
    for version in range(rounds):
        acts = [
            act(world, seat, version, str(1 + (version + seat) % 5)) for seat in range(len(world["seats"]))
        ]
        assert together(world, *acts) == [version + 1] * len(acts)
    changes = read(world, lambda: db.session.query(BallotChange).count())
    assert changes == (rounds - 1) * len(world["seats"])


def test_a_new_rubric_version_and_a_save_never_mix(world):
    together(world, act(world, 0, 0, "3"))

    def change():
        organizer = db.session.get_one(build.User, world["organizer"])
        actor = get_actor(world["slug"], organizer)
        round_ = list_rounds(actor.event.id)[0]
        drafts = [CriterionDraft("Dampak", build.Decimal(100))]
        return rubrics.save_rubric(actor, round_, drafts, reason="Diganti", at=NOW).version

    version, saved = together(world, change, act(world, 0, 1, "5"))
    assert version == 2
    assert saved == 2 or isinstance(saved, Stale)
    rubric_ids = read(
        world, lambda: db.session.query(Ballot.rubric_id, build.Round.rubric_id).join(build.Round).all()
    )
    assert all(of_ballot == of_round for of_ballot, of_round in rubric_ids)


def test_two_hands_that_assign_the_same_juror_make_one_seat(world):
    def assign():
        organizer = db.session.get_one(build.User, world["organizer"])
        actor = get_actor(world["slug"], organizer)
        round_ = list_rounds(actor.event.id)[0]
        seat = assignment.assign_juror(actor, round_, world["idea"], world["juror_address"], at=NOW)
        return seat.state

    results = together(world, *([assign] * 4))
    assert sum(r is AssignmentState.ACTIVE for r in results) == 1
    assert sum(isinstance(r, Refused) for r in results) == 3
    assert read(world, lambda: db.session.query(Assignment).count()) == HANDS


def test_taking_a_seat_back_while_the_juror_saves_leaves_an_excluded_ballot_or_none(world):
    together(world, act(world, 0, 0, "3"))

    def remove():
        organizer = db.session.get_one(build.User, world["organizer"])
        actor = get_actor(world["slug"], organizer)
        return assignment.remove_assignment(actor, world["seats"][0], reason="Ditukar", at=NOW).state

    removed, saved = together(world, remove, act(world, 0, 1, "5"))
    state, seat = read(
        world, lambda: db.session.query(Ballot.state, Assignment.state).join(Assignment.ballot).one()
    )
    if removed is AssignmentState.REMOVED:
        assert (state, seat) == (BallotState.EXCLUDED, AssignmentState.REMOVED)
    else:  # the juror was faster and the organizer is asked to look again
        assert isinstance(removed, Stale)
        assert saved == 2
        assert (state, seat) == (BallotState.DRAFT, AssignmentState.ACTIVE)

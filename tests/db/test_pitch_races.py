"""Two operators at once, and a lock in the very moment of a save."""

import threading
from collections.abc import Callable

import pytest

from innovate.core.db import db, transaction
from innovate.core.errors import DomainError, Refused, Stale
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pitch.domain.timer import Press, Stage
from innovate.pitch.models import PitchDay, PitchSlot, PitchStep
from innovate.pitch.services import stage
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot, BallotScore
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.services import ballots, locks
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.pitch import make_pitch_day


@pytest.fixture
def world(committing_app):
    with committing_app.app_context(), transaction():
        event = build.make_event(shift_days=-26.5)
        round_ = build.make_round(event, PhaseKind.FINAL, takes_all=True)
        ideas = [build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE) for _ in range(2)]
        chair, juror = build.make_user(), build.make_user()
        build.give_role(event, chair, Role.CHAIR)
        build.give_role(event, juror, Role.JUROR)
        seat = build.make_assignment(round_, ideas[0], juror)
        make_pitch_day(round_, *ideas)
        keys = [c.id for c in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id)]
        return {
            "app": committing_app,
            "slug": event.slug,
            "chair": chair.id,
            "juror": juror.id,
            "seat": seat.public_id,
            "idea": ideas[0].id,
            "keys": keys,
        }


def together(world, *acts: Callable[[], object]) -> list[object]:
    """Each act in a thread and a transaction of its own, all begun at once; results or refusals in order."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(n: int) -> None:
        with world["app"].app_context():
            gate.wait()
            try:
                with transaction():
                    results[n] = acts[n]()
            except DomainError as refusal:
                results[n] = refusal

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def read(world, query: Callable[[], object]):
    with world["app"].app_context():
        found = query()
        db.session.rollback()
        return found


def chair_and_round(world):
    actor = get_actor(world["slug"], db.session.get_one(build.User, world["chair"]))
    return actor, list_rounds(actor.event.id)[0]


def test_of_hands_that_press_at_once_one_press_counts(world):
    def call():
        return stage.call_next_team(*chair_and_round(world), version=1, at=NOW).version

    results = together(world, *([call] * 4))
    assert sorted(str(r) for r in results if not isinstance(r, Stale)) == ["2"]
    assert read(world, lambda: db.session.query(PitchStep).count()) == 1

    def start():
        return stage.press_timer(*chair_and_round(world), Press.START, version=2, at=NOW).version

    def skip():
        return stage.undo(*chair_and_round(world), version=2, at=NOW).version

    results = together(world, start, skip)
    assert sum(isinstance(r, Stale) for r in results) == 1
    stages = read(world, lambda: [s for (s,) in db.session.query(PitchSlot.stage)])
    current = read(world, lambda: db.session.query(PitchDay.current_id).scalar())
    assert (Stage.PRESENTATION in stages) is (current is not None)


@pytest.mark.parametrize("begun", [False, True])
def test_a_save_in_the_moment_of_the_lock_comes_before_it_or_not_at_all(world, begun):
    """Whoever is told that it is saved finds it; whoever is refused changed nothing; later saves are refused."""

    def save(value: str):
        def run():
            juror = db.session.get_one(build.User, world["juror"])
            sheet = get_sheet(world["slug"], world["seat"], juror.id)
            filled = Filled(sheet.version, dict.fromkeys(world["keys"], value))
            return ballots.save_ballot(juror, sheet, filled, at=NOW).version

        return run

    def lock():
        actor, round_ = chair_and_round(world)
        return locks.lock_hand_in(actor, round_, world["idea"], at=NOW).locked_at

    if begun:
        together(world, save("2"))
    saved, locked = together(world, save("5"), lock)
    assert locked == NOW
    values = read(world, lambda: {int(v) for (v,) in db.session.query(BallotScore.value)})
    if isinstance(saved, Refused):
        assert values == ({2} if begun else set())
    else:
        assert values == {5}
    (again,) = together(world, save("1"))
    assert isinstance(again, Refused)
    assert read(world, lambda: {int(v) for (v,) in db.session.query(BallotScore.value)}) == values
    assert read(world, lambda: {bool(at) for (at,) in db.session.query(Ballot.locked_at)}) <= {True}

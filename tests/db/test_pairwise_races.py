"""Several hands in one hall at the same moment."""

import threading

import pytest

from innovate.core.db import db, transaction
from innovate.core.errors import Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pairwise.models import ContestJuror, Step, StepKind
from innovate.pairwise.services import voting
from innovate.pairwise.services.voting import Answer
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.contests import make_contest, walk

HANDS = 6


@pytest.fixture
def hall(committing_app):
    with committing_app.app_context(), transaction():
        event = build.make_event(shift_days=-17)
        round_ = build.make_round(event)
        jurors = [build.make_user() for _ in range(HANDS)]
        for juror in jurors:
            build.give_role(event, juror, Role.JUROR)
        ideas = [build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE) for _ in range(2 * HANDS)]
        contest = make_contest(round_, ideas, jurors, cut=3)
        walk(event.slug, contest, jurors[0], 1)
        token = db.session.query(ContestJuror.token).filter_by(user_id=jurors[0].id).scalar()
        return {
            "app": committing_app,
            "slug": event.slug,
            "contest": contest.public_id,
            "jurors": [juror.id for juror in jurors],
            "token": token,
        }


def together(hall, *acts):
    """Each act in a thread and a transaction of its own, all begun at once; refusals are results."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n):
        with hall["app"].app_context():
            gate.wait()
            try:
                with transaction():
                    acts[n]()
            except (Stale, Refused) as refusal:
                found[n] = refusal

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def actor(hall, n):
    return get_actor(hall["slug"], db.session.get_one(build.User, hall["jurors"][n]))


def test_jurors_who_begin_at_once_are_sent_to_different_stands(hall):
    acts = [lambda n=n: voting.take_entry(actor(hall, n), hall["contest"], at=NOW) for n in range(1, HANDS)]
    assert together(hall, *acts) == [None] * len(acts)
    with hall["app"].app_context():
        offered = [key for (key,) in db.session.query(ContestJuror.offered_id)]
        db.session.rollback()
    assert None not in offered
    assert len(set(offered)) == HANDS


def test_one_pair_answered_many_times_at_once_is_one_vote(hall):
    def vote(said):
        return lambda: voting.answer(actor(hall, 0), hall["contest"], token=hall["token"], said=said, at=NOW)

    found = together(hall, *[vote(Answer.BETTER)] * 3, *[vote(Answer.WORSE)] * 3)
    assert sum(isinstance(refusal, Stale) for refusal in found) == 3
    with hall["app"].app_context():
        kept = db.session.query(Step).filter_by(token=hall["token"], kind=StepKind.VOTE).count()
        db.session.rollback()
    assert kept == 1


def test_undo_pressed_many_times_at_once_takes_one_step_back(hall):
    undo = lambda: voting.undo(actor(hall, 0), hall["contest"], token=hall["token"], at=NOW)  # noqa: E731
    assert together(hall, *[undo] * 4) == [None] * 4
    with hall["app"].app_context():
        undone = db.session.query(Step).filter(Step.undone_at.is_not(None)).count()
        db.session.rollback()
    assert undone == 1

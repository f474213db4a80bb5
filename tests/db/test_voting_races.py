"""Several hands on one vote at the same moment."""

import threading

import pytest

from innovate.core.db import db, transaction
from innovate.core.errors import Refused
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.voting.models import Poll, Vote, VoteChoice
from innovate.voting.services import casting, closing
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.votes import entries_of, make_poll, make_request, sender

HANDS = 6


@pytest.fixture
def vote(committing_app):
    with committing_app.app_context(), transaction():
        event = build.make_event(shift_days=-17)
        organizer = build.make_user()
        build.give_role(event, organizer, Role.ORGANIZER)
        ideas = [
            build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, in_gallery=True)
            for _ in range(HANDS)
        ]
        poll = make_poll(event, organizer, *ideas, cap=2)
        entries = entries_of(poll)
        for n in range(HANDS):
            make_request(poll, entries[n : n + 1], "Budi.S@gmail.com", f"kunci{n}")
        return {
            "app": committing_app,
            "slug": event.slug,
            "organizer": organizer.id,
            "poll": poll.id,
            "entries": [entry.public_id for entry in entries],
        }


def together(vote, *acts):
    """Each act in a thread and a transaction of its own, all begun at once; refusals are results."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n):
        with vote["app"].app_context():
            gate.wait()
            try:
                with transaction():
                    acts[n](db.session.get_one(Poll, vote["poll"]))
            except Refused as refusal:
                found[n] = refusal

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def counted(vote) -> tuple[int, int]:
    with vote["app"].app_context():
        found = db.session.query(Vote).count(), db.session.query(VoteChoice).count()
        db.session.rollback()
    return found


def test_one_link_pressed_many_times_at_once_is_one_vote(vote):
    acts = [lambda poll: casting.confirm_vote(poll, "kunci0", None, at=NOW)] * HANDS
    assert together(vote, *acts) == [None] * HANDS
    assert counted(vote) == (1, 1)


def test_links_of_one_mailbox_pressed_at_once_are_one_vote_within_the_cap(vote):
    acts = [lambda poll, n=n: casting.confirm_vote(poll, f"kunci{n}", None, at=NOW) for n in range(HANDS)]
    assert together(vote, *acts) == [None] * HANDS
    assert counted(vote) == (1, 1)


def test_choices_sent_at_once_do_not_add_up_beyond_the_cap(vote):
    keys = vote["entries"]
    acts = [
        lambda poll, n=n: casting.cast_vote(poll, sender("sri@x.example"), keys[n : n + 2], at=NOW)
        for n in range(HANDS - 1)
    ]
    assert together(vote, *acts) == [None] * (HANDS - 1)
    assert counted(vote) == (1, 2)


def test_closing_and_voting_at_once_leave_no_vote_behind_the_closing(vote):
    def close(poll):
        organizer = db.session.get_one(build.User, vote["organizer"])
        closing.close_poll(
            get_actor(vote["slug"], organizer), poll.public_id, reason="Listrik padam di kota.", at=NOW
        )

    acts = [lambda poll, n=n: casting.confirm_vote(poll, f"kunci{n}", None, at=NOW) for n in range(3)]
    found = together(vote, close, *acts)
    assert found[0] is None
    assert counted(vote)[0] == (1 if None in found[1:] else 0)

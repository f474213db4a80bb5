"""Public votes: a poll with entries, and people who voted in it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.voting.domain.marks import Sender, hash_token
from innovate.voting.domain.stages import PollState, Pool
from innovate.voting.models import Poll, PollEntry, PollWinner, Vote, VoteChoice, VoteRequest, VoteVoid
from tests.factories.build import NOW, add

SECRET = "rahasia-uji"
_voters = itertools.count(1)


def make_poll(event: Event, organizer: User, *ideas: Idea, **values: Any) -> Poll:
    """An open vote of one choice, from yesterday till in three days."""
    defaults = {
        "event_id": event.id,
        "name": "Juara Favorit",
        "pool": Pool.CHOSEN,
        "state": PollState.OPEN,
        "opens_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=3),
        "opened_at": NOW - timedelta(days=1),
        "salt": "garam" * 4,
        "created_by_id": organizer.id,
        "created_at": NOW - timedelta(days=2),
    }
    poll = add(Poll(**{**defaults, **values}))
    for idea in ideas:
        add(PollEntry(poll_id=poll.id, idea_id=idea.id))
    return poll


def entries_of(poll: Poll) -> list[PollEntry]:
    return db.session.query(PollEntry).filter_by(poll_id=poll.id).order_by(PollEntry.id).all()


def sender(address: str, network: str = "203.0.113.5", secret: str = SECRET) -> Sender:
    return Sender(address, network, secret)


def make_vote(
    poll: Poll,
    *entries: PollEntry,
    address: str = "",
    network: str = "",
    at: datetime = NOW,
    secret: str = SECRET,
    **values: Any,
) -> Vote:
    """A confirmed vote of a person nobody else is."""
    n = next(_voters)
    address = address or f"warga.{'abcdefghij'[n % 10]}{n}@kantor{n}.example"
    person = sender(address, network or f"10.0.{n // 200}.{n % 200}", secret)
    marks = person.marks(poll.salt)
    kept = {"voter": marks.voter, "network": marks.network, "domain": marks.domain, "stem": marks.stem}
    vote = add(Vote(poll_id=poll.id, confirmed_at=at, **kept, **values))
    for entry in entries:
        add(VoteChoice(vote_id=vote.id, entry_id=entry.id))
    return vote


def make_request(
    poll: Poll,
    entries: Sequence[PollEntry],
    address: str,
    token: str,
    *,
    secret: str = SECRET,
    at: datetime = NOW,
) -> VoteRequest:
    """What a link with this key was sent for."""
    marks = sender(address, secret=secret).marks(poll.salt)
    kept = {"voter": marks.voter, "network": marks.network, "domain": marks.domain, "stem": marks.stem}
    choices = [entry.id for entry in entries]
    return add(VoteRequest(poll_id=poll.id, token_hash=hash_token(token), choices=choices, at=at, **kept))


def make_void(poll: Poll, organizer: User, *votes: Vote) -> VoteVoid:
    """Votes that the organizer does not count."""
    values = {
        "votes": len(votes),
        "reason": "Alamatnya bernomor urut.",
        "made_by_id": organizer.id,
        "made_at": NOW,
    }
    made = add(VoteVoid(poll_id=poll.id, **values))
    for vote in votes:
        vote.void_id = made.id
    db.session.flush()
    return made


def count_by_hand(poll: Poll, idea: Idea, votes: int = 1) -> PollWinner:
    """A vote that was closed and counted, with this winner."""
    poll.state, poll.counted_at, poll.counted_by_id = PollState.COUNTED, NOW, poll.created_by_id
    return add(PollWinner(poll_id=poll.id, idea_id=idea.id, place=1, votes=votes))

"""Reading the votes of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.voting.domain.stages import PollState, is_outcome_public
from innovate.voting.models import Poll, PollEntry, Vote, VoteRequest, VoteVoid
from innovate.voting.queries.laurels import Holders, find_holders

TRAIL_NAMES = {"poll": names_by(Poll.id, Poll.name)}


def counts() -> ColumnElement[bool]:
    """Condition on a vote: neither withdrawn nor voided."""
    return Vote.withdrawn_at.is_(None) & Vote.void_id.is_(None)


class PollRow(NamedTuple):
    """A vote with how many entries stand in it and how many people voted."""

    poll: Poll
    entries: int
    votes: int


def list_polls(event_id: int) -> list[PollRow]:
    """Every vote of the event, the newest first. One statement."""
    entries = select(func.count()).where(PollEntry.poll_id == Poll.id).scalar_subquery()
    votes = select(func.count()).where(Vote.poll_id == Poll.id, counts()).scalar_subquery()
    query = select(Poll, entries, votes).where(Poll.event_id == event_id).order_by(Poll.id.desc())
    return [PollRow(*row) for row in db.session.execute(query)]


def list_public_polls(event_id: int) -> list[Poll]:
    """The votes everybody may know of, oldest first."""
    query = select(Poll).where(Poll.event_id == event_id, Poll.state != PollState.DRAFT)
    return list(db.session.scalars(query.order_by(Poll.opens_at, Poll.id)))


def get_poll(event_id: int, public_id: str) -> Poll:
    """A vote of the event, or NotFound."""
    poll = db.session.scalar(select(Poll).where(Poll.event_id == event_id, Poll.public_id == public_id))
    if poll is None:
        raise NotFound
    return poll


def get_public_poll(event_id: int, public_id: str) -> Poll:
    """A vote that has left its draft, or NotFound."""
    poll = get_poll(event_id, public_id)
    require(poll.state is not PollState.DRAFT, NotFound())
    return poll


def has_begun(poll_id: int) -> bool:
    """Whether anybody has voted or asked to: from then on its rules are locked."""
    asked = exists().where(VoteRequest.poll_id == poll_id)
    voted = exists().where(Vote.poll_id == poll_id)
    return bool(db.session.scalar(select(asked | voted)))


def is_public(poll: Poll, at: datetime, holders: Holders | None = None) -> bool:
    """Whether everybody reads the outcome."""
    if poll.counted_at is None:
        return False
    return is_outcome_public(
        poll.stage(at),
        published=poll.published_at is not None,
        excludes=poll.excludes,
        board=(holders or find_holders(poll.event_id)).stage,
    )


def count_by_day(poll: Poll, zone: ZoneInfo) -> Mapping[date, int]:
    """Confirmed votes by day: all that is told of a vote while it runs."""
    query = select(Vote.confirmed_at).where(Vote.poll_id == poll.id, counts())
    days = Counter(at.astimezone(zone).date() for at in db.session.scalars(query))
    return dict(sorted(days.items()))


def list_voids(poll_id: int) -> list[VoteVoid]:
    """What was voided and why, the newest first, with those who did it. One statement."""
    query = select(VoteVoid).where(VoteVoid.poll_id == poll_id).order_by(VoteVoid.id.desc())
    loaded = (joinedload(VoteVoid.made_by), joinedload(VoteVoid.lifted_by))
    return list(db.session.scalars(query.options(*loaded)))

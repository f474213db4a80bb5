"""Reading one person's vote and the way to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.voting.domain.marks import hash_token
from innovate.voting.models import Poll, Vote, VoteRequest


def get_request(poll: Poll, token: str) -> VoteRequest:
    """What was asked with the link of this key, or NotFound."""
    query = select(VoteRequest).where(
        VoteRequest.poll_id == poll.id, VoteRequest.token_hash == hash_token(token)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def find_vote(poll_id: int, voter: str) -> Vote | None:
    """The person's vote with its choices, withdrawn or not; read again from the database."""
    query = select(Vote).where(Vote.poll_id == poll_id, Vote.voter == voter)
    query = query.options(selectinload(Vote.choices)).execution_options(populate_existing=True)
    return db.session.scalar(query)


def list_chosen(vote: Vote | None) -> frozenset[int]:
    """Keys of the entries the vote is for; none where there is no vote or it was withdrawn."""
    if vote is None or vote.withdrawn_at is not None:
        return frozenset()
    return frozenset(choice.entry_id for choice in vote.choices)


def list_requests(poll_id: int, network: str, since: datetime) -> list[datetime]:
    """When confirmation mails were asked for from a network, in order."""
    query = select(VoteRequest.at).where(
        VoteRequest.poll_id == poll_id, VoteRequest.network == network, VoteRequest.at > since
    )
    return list(db.session.scalars(query.order_by(VoteRequest.at)))

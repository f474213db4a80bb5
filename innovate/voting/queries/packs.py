"""Public votes row by row for the committee's workbook: totals, and what was voided. No address, no hash of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.voting.domain.stages import PollState
from innovate.voting.models import Poll
from innovate.voting.queries.laurels import find_holders
from innovate.voting.queries.polls import is_public, list_voids
from innovate.voting.queries.totals import load_count


def list_told(event_id: int) -> list[Poll]:
    """The votes whose outcome everybody may read, oldest first: the workbook is not the organizer's alone."""
    query = select(Poll).where(Poll.event_id == event_id, Poll.state == PollState.COUNTED).order_by(Poll.id)
    holders = find_holders(event_id)
    return [poll for poll in db.session.scalars(query).all() if is_public(poll, poll.closes_at, holders)]


def find_last_move(event_id: int) -> datetime | None:
    """When an outcome of the event's votes was last counted, taken back, shown or hidden."""
    return db.session.scalar(select(func.max(Poll.moved_at)).where(Poll.event_id == event_id))


def iter_totals(event_id: int) -> Iterator[Sequence[Any]]:
    """(vote, number, title, votes, whether it won, award that kept it out, reason of a tie, people who voted)."""
    for poll in list_told(event_id):
        count = load_count(poll)
        for entrant, row in count.rows:
            won = row.idea_id in count.won
            about = (poll.name, entrant.number, entrant.title, row.votes, won, row.barred)
            yield (*about, poll.tie_reason if won else "", count.voters)


def iter_voids(event_id: int) -> Iterator[Sequence[Any]]:
    """(vote, votes, reason, by whom, at, counted again at, by whom, why) of whatever was left out."""
    for poll in list_told(event_id):
        for each in list_voids(poll.id):
            lifted = each.lifted_by.full_name if each.lifted_by else ""
            about = (poll.name, each.votes, each.reason, each.made_by.full_name, each.made_at)
            yield (*about, each.lifted_at, lifted, each.lifted_reason)

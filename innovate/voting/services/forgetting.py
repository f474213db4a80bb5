"""Forgetting what leads to voters, once nobody needs it any more. The numbers stay."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from innovate.core.db import db, locked
from innovate.notifications.services import forget_mails
from innovate.voting.domain.stages import UNCONFIRMED_FOR, PollState, may_forget
from innovate.voting.models import Poll, Vote, VoteRequest
from innovate.voting.queries.laurels import find_holders
from innovate.voting.queries.polls import is_public
from innovate.voting.services.casting import mail_cause


def forget_voters(*, at: datetime) -> None:
    """Drop requests nobody confirmed; empty the traces of votes that are over and beyond objection."""
    old = VoteRequest.used_at.is_(None) & (VoteRequest.at < at - UNCONFIRMED_FOR)
    db.session.execute(delete(VoteRequest).where(old))
    query = select(Poll).where(
        Poll.state != PollState.DRAFT, Poll.forgotten_at.is_(None), Poll.closes_at <= at
    )
    for poll in db.session.scalars(query).all():
        holders = find_holders(poll.event_id)
        shown = is_public(poll, at, holders)
        if may_forget(poll.closes_at, at, is_public=shown, objections_until=holders.objections_until):
            _forget(locked(Poll, poll.id), at)


def _forget(poll: Poll, at: datetime) -> None:
    db.session.execute(delete(VoteRequest).where(VoteRequest.poll_id == poll.id))
    empty = {"voter": Vote.public_id, "network": "", "domain": "", "stem": ""}
    db.session.execute(update(Vote).where(Vote.poll_id == poll.id).values(empty))
    forget_mails(mail_cause(poll.id))
    poll.salt, poll.forgotten_at = "", at

"""Votes the organizer does not count: with a reason, in the trail, and to be taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.voting import policy
from innovate.voting.domain.stages import Stage
from innovate.voting.models import Poll, Vote, VoteVoid
from innovate.voting.services.closing import SHORT
from innovate.voting.services.setup import hold_poll, note


def void_votes(
    actor: Actor, public_id: str, votes: Collection[str], *, reason: str, at: datetime
) -> VoteVoid:
    """Leave these votes (public ids) out of the count. Their voters may still change them; they stay out."""
    poll = _hold(actor, public_id, reason, at)
    keys = list(
        db.session.scalars(
            select(Vote.id).where(Vote.poll_id == poll.id, Vote.public_id.in_(votes), Vote.void_id.is_(None))
        )
    )
    require(bool(keys), Refused(_l("Pilih suara yang akan dibatalkan."), field="votes"))
    made = VoteVoid(poll_id=poll.id, votes=len(keys), reason=reason, made_by_id=actor.user_id, made_at=at)
    db.session.add(made)
    db.session.flush()
    db.session.execute(update(Vote).where(Vote.id.in_(keys)).values(void_id=made.id))
    note("poll.void", actor, poll, at, after={"votes": len(keys), "reason": reason})
    return made


def lift_void(actor: Actor, public_id: str, void_id: str, *, reason: str, at: datetime) -> VoteVoid:
    """Count votes again that were voided."""
    poll = _hold(actor, public_id, reason, at)
    query = select(VoteVoid.id).where(VoteVoid.poll_id == poll.id, VoteVoid.public_id == void_id)
    key = db.session.scalar(query)
    if key is None:
        raise NotFound
    made = locked(VoteVoid, key)
    require(made.lifted_at is None, Refused(_l("Suara-suara ini sudah dihitung kembali.")))
    made.lifted_at, made.lifted_by_id, made.lifted_reason = at, actor.user_id, reason
    db.session.execute(update(Vote).where(Vote.void_id == made.id).values(void_id=None))
    note("poll.lift", actor, poll, at, after={"votes": made.votes, "reason": reason})
    return made


def _hold(actor: Actor, public_id: str, reason: str, at: datetime) -> Poll:
    require(policy.can_run(actor))
    poll = hold_poll(actor, public_id)
    counted = _l("Suara sudah dihitung. Batalkan penghitungannya lebih dahulu.")
    require(poll.stage(at) is not Stage.COUNTED, Refused(counted))
    require(len(reason.strip()) >= 10, Refused(SHORT, field="reason"))
    return poll

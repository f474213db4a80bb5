"""A juror's word on a conflict with an entry that may not be assigned to them: met in a hall or in a run-off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, ConflictSource
from innovate.scoring.models.rounds import Round
from innovate.scoring.services.conflicts import recuse
from innovate.scoring.services.trail import require_reason


def declare_own_conflict(actor: Actor, idea_public_id: str, *, reason: str, at: datetime) -> None:
    """The entry is an absent edge for the juror from now on; where it was assigned, the juror steps back from it."""
    require(event_policy.can_judge(actor))
    reason = require_reason(reason)
    query = select(Idea.id).where(Idea.public_id == idea_public_id, Idea.event_id == actor.event.id)
    idea_id = db.session.scalar(query)
    if idea_id is None:
        raise NotFound
    for public_id in _list_seats(actor, idea_id):
        recuse(actor, public_id, source=ConflictSource.DECLARED, reason=reason, at=at)
    standing = select(Conflict.id).where(
        Conflict.idea_id == idea_id, Conflict.user_id == actor.user_id, Conflict.ended_at.is_(None)
    )
    if db.session.scalar(standing) is None:
        _keep(actor, idea_id, reason, at)


def _list_seats(actor: Actor, idea_id: int) -> list[str]:
    query = (
        select(Assignment.public_id)
        .join(Round, Round.id == Assignment.round_id)
        .where(
            Round.event_id == actor.event.id,
            Assignment.idea_id == idea_id,
            Assignment.user_id == actor.user_id,
            Assignment.state == AssignmentState.ACTIVE,
        )
    )
    return list(db.session.scalars(query))


def _keep(actor: Actor, idea_id: int, reason: str, at: datetime) -> None:
    conflict = Conflict(
        event_id=actor.event.id,
        idea_id=idea_id,
        user_id=actor.user_id,
        source=ConflictSource.DECLARED,
        reason=reason,
        declared_by_id=actor.user_id,
        at=at,
    )
    db.session.add(conflict)
    db.session.flush()
    record(
        "conflict.declare",
        actor_id=actor.user_id,
        at=at,
        object_type="conflict",
        object_id=conflict.id,
        event_id=actor.event.id,
        after={"source": ConflictSource.DECLARED.value, "idea": idea_id, "reason": reason},
        subject_id=actor.user_id,
    )

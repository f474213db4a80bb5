"""Which entries may be read for judging by whom, beyond the jurors they are assigned to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from innovate.core.db import db
from innovate.events.policy import Actor, can_chair
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Round, RoundEntry


def may_read_as_chair(actor: Actor, idea: Idea) -> bool:
    """The chair reads every entry of every round, and what was given to a juror before it left the competition."""
    if not can_chair(actor) or idea.event_id != actor.event.id:
        return False
    chosen = select(RoundEntry.idea_id).where(RoundEntry.round_id == Round.id, RoundEntry.idea_id == idea.id)
    seat = select(Assignment.id).where(Assignment.round_id == Round.id, Assignment.idea_id == idea.id)
    ways: list[ColumnElement[bool]] = [chosen.exists(), seat.exists()]
    if idea.state is IdeaState.ELIGIBLE:
        ways.append(Round.takes_all.is_(True))
    query = select(Round.id).where(Round.event_id == actor.event.id, or_(*ways))
    return db.session.scalar(query.limit(1)) is not None

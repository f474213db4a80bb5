"""Which entries may be read for judging by whom, beyond the jurors they are assigned to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from innovate.core.db import db
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.scoring import policy
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round, RoundEntry
from innovate.scoring.queries.rounds import list_rounds


def may_read_as_chair(actor: Actor, idea: Idea) -> bool:
    """The chair reads every entry of every round, and what was given to a juror before it left the competition.

    What the chair is to score is read like any juror's: after the pact and the declaration.
    """
    if not event_policy.can_chair(actor) or idea.event_id != actor.event.id or _is_to_score(actor, idea):
        return False
    chosen = select(RoundEntry.idea_id).where(RoundEntry.round_id == Round.id, RoundEntry.idea_id == idea.id)
    seat = select(Assignment.id).where(Assignment.round_id == Round.id, Assignment.idea_id == idea.id)
    ways: list[ColumnElement[bool]] = [chosen.exists(), seat.exists()]
    if idea.state is IdeaState.ELIGIBLE:
        ways.append(Round.takes_all.is_(True))
    query = select(Round.id).where(Round.event_id == actor.event.id, or_(*ways))
    return db.session.scalar(query.limit(1)) is not None


def reads_blind_as_chair(actor: Actor, idea: Idea) -> bool:
    """Whether the chair must not learn whose entry it is: a round is blind for the chair, too."""
    if not event_policy.can_chair(actor) or event_policy.can_read_screening(actor):
        return False
    return not policy.sees_identity(actor, list_rounds(idea.event_id)) and not _is_to_score(actor, idea)


def _is_to_score(actor: Actor, idea: Idea) -> bool:
    query = select(Assignment.id).where(
        Assignment.idea_id == idea.id,
        Assignment.user_id == actor.user_id,
        Assignment.state == AssignmentState.ACTIVE,
    )
    return db.session.scalar(query.limit(1)) is not None

"""How many ideas answer a challenge."""

from __future__ import annotations

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision

_IN = [state for state in IdeaState if state.is_in_competition]


def count_others(idea: Idea, track_id: int | None) -> int:
    """Other ideas in the competition that were handed in for this track."""
    query = (
        select(func.count())
        .select_from(Idea)
        .join(IdeaRevision, Idea.submitted_revision_id == IdeaRevision.id)
        .where(
            Idea.event_id == idea.event_id,
            Idea.id != idea.id,
            Idea.state.in_(_IN),
            IdeaRevision.track_id == track_id,
        )
    )
    return db.session.scalar(query) or 0

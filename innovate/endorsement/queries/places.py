"""Which proposals take a place of their unit's quota."""

from __future__ import annotations

from sqlalchemy import and_, case, or_, select

from innovate.core.db import db
from innovate.endorsement.domain.chain import Stage
from innovate.endorsement.domain.quota import Place, Quotas
from innovate.endorsement.models import Chain, EndorsementRules
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.teams.models import Team

# What an unchanged proposal says: the chain speaks of the present text, files and unit.
SAME = and_(Chain.version == Idea.version, Chain.unit_id.is_not_distinct_from(Team.unit_id))
HANDED_IN = and_(Idea.number.is_not(None), Idea.state != IdeaState.WITHDRAWN)


def list_places(event_id: int, *, except_idea: int = 0) -> list[Place]:
    """What was handed in and not withdrawn, whatever became of it, and what is endorsed and unchanged. One query."""
    endorsed = and_(Chain.stage == Stage.ENDORSED, SAME, Idea.state != IdeaState.WITHDRAWN)
    query = (
        select(
            case((HANDED_IN, Idea.unit_id), else_=Chain.unit_id),
            case((HANDED_IN, IdeaRevision.group_id), else_=Idea.group_id),
        )
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Chain, Chain.idea_id == Idea.id)
        .outerjoin(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .where(Idea.event_id == event_id, Idea.id != except_idea, or_(HANDED_IN, endorsed))
    )
    return [Place(unit, group) for unit, group in db.session.execute(query)]


def read_quotas(event_id: int) -> Quotas:
    """The event's quotas; none where nobody has set any."""
    rules = db.session.get(EndorsementRules, event_id)
    return rules.quotas if rules else Quotas()

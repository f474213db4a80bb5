"""What waits for a person: innovations they report or coordinate, with the latest asking of each."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from innovate.core.db import db
from innovate.endorsement.queries.coordinators import list_reach
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.impact.models import FollowUp, Innovation
from innovate.teams.models import Membership


def list_own(user_id: int) -> list[tuple[Innovation, FollowUp | None]]:
    """Those of the person's teams, adoptions and units, unanswered ones first."""
    latest = (
        select(func.max(FollowUp.id))
        .where(FollowUp.innovation_id == Innovation.id)
        .correlate(Innovation)
        .scalar_subquery()
    )
    member = select(Membership.team_id).where(Membership.user_id == user_id, Membership.left_at.is_(None))
    query = select(Innovation, FollowUp).outerjoin(
        FollowUp, and_(FollowUp.innovation_id == Innovation.id, FollowUp.id == latest)
    )
    query = (
        query.join(Innovation.event)
        .outerjoin(Idea, Idea.id == Innovation.idea_id)
        .where(
            Event.deleted_at.is_(None),
            or_(
                Idea.team_id.in_(member),
                Innovation.owner_id == user_id,
                Innovation.unit_id.in_(list_reach(user_id)),
            ),
        )
    )
    query = query.options(joinedload(Innovation.unit), contains_eager(Innovation.event))
    waits = (FollowUp.id.is_(None), FollowUp.answered_at.is_not(None))
    rows = db.session.execute(query.order_by(*waits, Innovation.title, Innovation.id).limit(200))
    return [(innovation, followup) for innovation, followup in rows]

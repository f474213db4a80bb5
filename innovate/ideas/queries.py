"""Reading ideas."""

from __future__ import annotations

from sqlalchemy import select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.events.models import Group, Track
from innovate.ideas.domain.entries import BoardEntry
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.teams.models import Team


def list_board_entries(event_id: int) -> list[BoardEntry]:
    """All eligible ideas of an event, by number, as their submitted revision says (not the working copy)."""
    query = (
        select(
            Idea.id,
            Idea.public_id,
            Idea.number,
            IdeaRevision.title,
            Group.code,
            Track.code,
            Team.name,
            Unit.name,
            Team.organization,
            Idea.in_gallery,
        )
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Track, Track.id == IdeaRevision.track_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .where(Idea.event_id == event_id, Idea.state == IdeaState.ELIGIBLE)
        .order_by(Idea.number)
    )
    return [
        BoardEntry(key, public_id, number, title, group or "", track or "", team, unit or organization, shown)
        for key, public_id, number, title, group, track, team, unit, organization, shown in db.session.execute(
            query
        )
    ]

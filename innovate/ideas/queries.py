"""Reading ideas."""

from __future__ import annotations

from sqlalchemy import select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.models import FormField, Group, Track
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


def get_judged_revision(idea_id: int) -> tuple[IdeaRevision, list[FormField]]:
    """The submitted revision of an idea and the fields of its form, removed ones too; NotFound without one."""
    query = select(IdeaRevision, Idea.event_id).join(Idea, Idea.submitted_revision_id == IdeaRevision.id)
    found = db.session.execute(query.where(Idea.id == idea_id)).first()
    if found is None:
        raise NotFound
    fields = select(FormField).where(FormField.event_id == found.event_id).order_by(FormField.position)
    return found.IdeaRevision, list(db.session.scalars(fields))

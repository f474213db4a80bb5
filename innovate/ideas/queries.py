"""Reading ideas."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.events.models import Group, Track
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.teams.models import Team


class BoardEntry(NamedTuple):
    """What a ranking shows of an eligible idea."""

    idea_id: int
    public_id: str
    number: int | None
    title: str
    group_code: str
    track_code: str
    team_name: str
    unit_name: str
    in_gallery: bool


def list_board_entries(event_id: int) -> list[BoardEntry]:
    """All eligible ideas of an event, by number."""
    query = (
        select(
            Idea.id,
            Idea.public_id,
            Idea.number,
            Idea.title,
            Group.code,
            Track.code,
            Team.name,
            Unit.name,
            Team.organization,
            Idea.in_gallery,
        )
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Group, Group.id == Idea.group_id)
        .outerjoin(Track, Track.id == Idea.track_id)
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

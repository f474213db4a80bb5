"""How far each team's idea is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from innovate.core.db import db
from innovate.events.models import Event, FormField
from innovate.ideas.domain.completeness import Gap
from innovate.ideas.domain.deadline import Window
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import list_gaps
from innovate.ideas.queries.extensions import map_extensions, window_of
from innovate.ideas.queries.ideas import map_ideas_of_teams
from innovate.teams.models import Team


class TeamStanding(NamedTuple):
    """What a team's home shows of its idea: the idea (None before it is begun), what is missing, until when."""

    team: Team
    idea: Idea | None
    gaps: list[Gap]
    window: Window
    total: int  # how many things the event asks for


def list_team_standings(
    event: Event | None, teams: Sequence[Team], members: dict[int, int]
) -> list[TeamStanding]:
    """For each team its idea and what it lacks; `members` counts people by team. The event's phases must be loaded.

    Without `event` the teams may belong to several; each then carries its own. Three queries in any case.
    """
    ideas = map_ideas_of_teams([team.id for team in teams])
    extensions = map_extensions(event.id if event else None, [team.id for team in teams])
    query = select(FormField).where(FormField.event_id.in_({team.event_id for team in teams}))
    query = query.where(FormField.removed_at.is_(None)).order_by(FormField.position, FormField.id)
    fields = list(db.session.scalars(query))
    rows = []
    for team in teams:
        idea, of = ideas.get(team.id), event or team.event
        asked = [field for field in fields if field.event_id == team.event_id]
        gaps = list_gaps(of, idea, members.get(team.id, 0), asked) if idea else []
        window = window_of(of, idea, extensions.get(team.id, ()))
        rows.append(TeamStanding(team, idea, gaps, window, len(asked) + 1))
    return rows

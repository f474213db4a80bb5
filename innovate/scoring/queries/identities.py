"""Submitted entries with the names that would give away whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.domain.leaks import LeakKind, Name
from innovate.teams.models import Membership, Team

_STATES = (IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE)


class NamedEntry(NamedTuple):
    """An entry, what it handed in, and the names of its unit, team and members."""

    idea: Idea
    revision: IdeaRevision
    names: list[Name]


def list_named_entries(*wanted: ColumnElement[bool]) -> list[NamedEntry]:
    """The submitted entries that are `wanted`, by number. Two statements."""
    query = (
        select(Idea)
        .where(Idea.state.in_(_STATES), Idea.submitted_revision_id.is_not(None), *wanted)
        .options(
            joinedload(Idea.submitted_revision),
            joinedload(Idea.unit),
            joinedload(Idea.team).joinedload(Team.unit),
        )
        .order_by(Idea.number, Idea.id)
    )
    ideas = list(db.session.scalars(query))
    members = _names_by_team([idea.team_id for idea in ideas])
    return [
        NamedEntry(idea, idea.submitted_revision, [*_names_of(idea), *members.get(idea.team_id, ())])
        for idea in ideas
        if idea.submitted_revision is not None
    ]


def _names_of(idea: Idea) -> list[Name]:
    units = {unit for unit in (idea.unit, idea.team.unit) if unit is not None}
    names = [Name(LeakKind.UNIT, text) for unit in units for text in {unit.name, unit.short_name} if text]
    if idea.team.organization:
        names.append(Name(LeakKind.UNIT, idea.team.organization))
    return [*names, Name(LeakKind.TEAM, idea.team.name)]


def _names_by_team(team_ids: Sequence[int]) -> dict[int, list[Name]]:
    query = select(Membership.team_id, User.name).join(User, User.id == Membership.user_id)
    query = query.where(Membership.team_id.in_(team_ids))
    found: dict[int, list[Name]] = {}
    for team_id, name in db.session.execute(query):
        found.setdefault(team_id, []).append(Name(LeakKind.MEMBER, name))
    return found

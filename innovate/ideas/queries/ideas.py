"""Loading ideas, one or by team."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.revisions import format_number
from innovate.ideas.models import Idea, IdeaRevision
from innovate.teams.models import Membership, Team

_WHOLE = (
    joinedload(Idea.team).options(
        joinedload(Team.unit), selectinload(Team.memberships).joinedload(Membership.user)
    ),
    joinedload(Idea.group),
    joinedload(Idea.track),
    joinedload(Idea.unit),
    joinedload(Idea.submitted_revision).joinedload(IdeaRevision.author),
    selectinload(Idea.files),
)


def get_idea(event_id: int, public_id: str) -> Idea:
    """The idea with team, members, group, track, unit, pinned revision and files, or NotFound. Three queries.

    Says nothing about who may see it: pages go through `guard.enter_idea`, others through `get_idea_for`.
    """
    query = select(Idea).where(Idea.event_id == event_id, Idea.public_id == public_id).options(*_WHOLE)
    idea = db.session.scalar(query)
    if idea is None:
        raise NotFound
    return idea


def get_judged_idea(event_id: int, public_id: str) -> Idea:
    """The idea with its pinned revision and nothing that names anybody, or NotFound. One query."""
    query = select(Idea).where(Idea.event_id == event_id, Idea.public_id == public_id)
    idea = db.session.scalar(query.options(joinedload(Idea.submitted_revision)))
    if idea is None:
        raise NotFound
    return idea


def get_idea_for(actor: Actor, public_id: str) -> Idea:
    """The idea as `get_idea` loads it, or NotFound if the actor may not read it."""
    idea = get_idea(actor.event.id, public_id)
    require(policy.can_read(actor, idea), NotFound())
    return idea


def lock_idea(idea_id: int) -> Idea:
    """The idea as it is now, loaded whole, held against other writers until the commit.

    The row is held first and read after: a joined row read while waiting would be the one from before the wait.
    """
    db.session.flush()
    db.session.execute(select(Idea.id).where(Idea.id == idea_id).with_for_update())
    query = select(Idea).where(Idea.id == idea_id).options(*_WHOLE)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def find_idea_of_team(team_id: int) -> Idea | None:
    """The team's living idea, else its last withdrawn one."""
    query = (
        select(Idea)
        .where(Idea.team_id == team_id)
        .order_by(case((Idea.state == IdeaState.WITHDRAWN, 1), else_=0), Idea.id.desc())
    )
    return db.session.scalar(query.limit(1))


def map_ideas_of_teams(team_ids: Sequence[int]) -> dict[int, Idea]:
    """By team key: the team's living idea, else its last withdrawn one. One query."""
    query = select(Idea).where(Idea.team_id.in_(team_ids))
    query = query.options(selectinload(Idea.files), joinedload(Idea.submitted_revision))
    found = sorted(db.session.scalars(query), key=lambda i: (i.state is not IdeaState.WITHDRAWN, i.id))
    return {idea.team_id: idea for idea in found}


def number_of(event: Event, idea: Idea) -> str:
    """The receipt number as printed, with the group it was handed in under; the event's groups must be loaded."""
    pinned = idea.submitted_revision
    group_id = pinned.group_id if pinned else idea.group_id
    code = next((group.code for group in event.groups if group.id == group_id), "")
    return format_number(idea.number, code)

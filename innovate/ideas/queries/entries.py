"""Ideas of a whole event, for the features above."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.events.models import Group, Track
from innovate.ideas.domain.entries import BoardEntry, DraftHolder, Funnel
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.teams.models import Membership, Team


def count_funnel(event_id: int) -> Funnel:
    """Ideas of an event by how far they are. One query."""
    query = select(Idea.state, func.count()).where(Idea.event_id == event_id).group_by(Idea.state)
    by_state: dict[IdeaState, int] = dict(db.session.execute(query).tuples().all())
    handed_in = (IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE, IdeaState.INELIGIBLE)
    return Funnel(
        drafts=by_state.get(IdeaState.DRAFT, 0),
        submitted=sum(by_state.get(state, 0) for state in handed_in),
        waiting=by_state.get(IdeaState.SUBMITTED, 0),
        returned=by_state.get(IdeaState.RETURNED, 0),
        eligible=by_state.get(IdeaState.ELIGIBLE, 0),
        ineligible=by_state.get(IdeaState.INELIGIBLE, 0),
        withdrawn=by_state.get(IdeaState.WITHDRAWN, 0),
        disqualified=by_state.get(IdeaState.DISQUALIFIED, 0),
    )


def list_eligible_ideas(event_id: int) -> list[Idea]:
    """What is judged: eligible ideas by number, with team, group, track, unit and pinned revision. One query."""
    query = (
        select(Idea)
        .where(Idea.event_id == event_id, Idea.state == IdeaState.ELIGIBLE)
        .options(
            joinedload(Idea.team),
            joinedload(Idea.group),
            joinedload(Idea.track),
            joinedload(Idea.unit),
            joinedload(Idea.submitted_revision),
        )
        .order_by(Idea.number)
    )
    return list(db.session.scalars(query))


def list_draft_holders(event_id: int) -> list[DraftHolder]:
    """Everybody in a team with a draft that was never handed in, or returned for mending. One query."""
    query = (
        select(Membership.user_id, Idea.public_id, Idea.title, Team.name, Team.id, Idea.return_until)
        .join(Team, Team.id == Membership.team_id)
        .join(Idea, Idea.team_id == Team.id)
        .where(
            Idea.event_id == event_id,
            Idea.state.in_((IdeaState.DRAFT, IdeaState.RETURNED)),
            Membership.left_at.is_(None),
            Team.disbanded_at.is_(None),
        )
        .order_by(Idea.id, Membership.id)
    )
    return [DraftHolder(*row) for row in db.session.execute(query)]


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

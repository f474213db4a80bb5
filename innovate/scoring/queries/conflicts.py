"""Conflicts of interest: computed from units and teams, and declared."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.ideas.models import Idea
from innovate.scoring.domain.conflicts import EntryTies, JurorTies, Reason, find_all
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.teams.models import Membership, Team

JURY = (Role.JUROR, Role.CHAIR)
_SAID = {
    ConflictSource.DECLARED: Reason.DECLARED,
    ConflictSource.ABSTAINED: Reason.ABSTAINED,
    ConflictSource.UNIT: Reason.OWN_UNIT,
    ConflictSource.TEAM: Reason.TEAM,
}


def find_conflicts(
    event_id: int, *, idea_ids: Collection[int] | None = None, user_ids: Collection[int] | None = None
) -> dict[tuple[int, int], Reason]:
    """Every (idea, juror) of the event that must not be, with why; narrowed to some ideas or jurors if given."""
    return find_all(
        _list_jurors(event_id, user_ids),
        _list_entries(event_id, idea_ids),
        dict(db.session.execute(select(Unit.id, Unit.parent_id)).tuples().all()),
        _list_said(event_id, idea_ids),
    )


def _list_jurors(event_id: int, user_ids: Collection[int] | None) -> list[JurorTies]:
    query = select(User.id, User.unit_id).join(EventRole, EventRole.user_id == User.id).distinct()
    query = query.where(
        EventRole.event_id == event_id, EventRole.role.in_(JURY), EventRole.revoked_at.is_(None)
    )
    if user_ids is not None:
        query = query.where(User.id.in_(user_ids))
    return [JurorTies(*row) for row in db.session.execute(query)]


def _list_entries(event_id: int, idea_ids: Collection[int] | None) -> Iterable[EntryTies]:
    query = select(Idea.id, Idea.team_id, Idea.unit_id, Team.unit_id).join(Team, Team.id == Idea.team_id)
    query = query.where(Idea.event_id == event_id)
    people = select(Membership.team_id, Membership.user_id).where(Membership.event_id == event_id)
    if idea_ids is not None:
        query = query.where(Idea.id.in_(idea_ids))
        people = people.where(Membership.team_id.in_(select(Idea.team_id).where(Idea.id.in_(idea_ids))))
    members: dict[int, set[int]] = {}
    for team_id, user_id in db.session.execute(people):
        members.setdefault(team_id, set()).add(user_id)
    for idea_id, team_id, *units in db.session.execute(query):
        known = frozenset(unit for unit in units if unit is not None)
        yield EntryTies(idea_id, known, frozenset(members.get(team_id, ())))


def _list_said(event_id: int, idea_ids: Collection[int] | None) -> dict[tuple[int, int], Reason]:
    query = select(Conflict.idea_id, Conflict.user_id, Conflict.source).where(
        Conflict.event_id == event_id, Conflict.ended_at.is_(None)
    )
    if idea_ids is not None:
        query = query.where(Conflict.idea_id.in_(idea_ids))
    return {(idea, user): _SAID[source] for idea, user, source in db.session.execute(query)}


@dataclass(frozen=True)
class ConflictRow:
    """A standing declaration, for the people who may dismiss it."""

    public_id: str
    juror: str
    idea_number: int | None
    idea_title: str
    source: ConflictSource
    reason: str
    declared_by_id: int
    declared_by: str
    user_id: int


def list_declared(event_id: int) -> list[ConflictRow]:
    """Standing declarations and abstentions of an event, by juror."""
    declarer = aliased(User)
    query = (
        select(
            Conflict.public_id,
            User.name,
            Idea.number,
            Idea.title,
            Conflict.source,
            Conflict.reason,
            Conflict.declared_by_id,
            declarer.name,
            Conflict.user_id,
        )
        .join(User, User.id == Conflict.user_id)
        .join(declarer, declarer.id == Conflict.declared_by_id)
        .join(Idea, Idea.id == Conflict.idea_id)
        .where(Conflict.event_id == event_id, Conflict.ended_at.is_(None))
        .order_by(User.name, Idea.number)
    )
    return [ConflictRow(*row) for row in db.session.execute(query)]

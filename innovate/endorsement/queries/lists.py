"""Proposals of units: a coordinator's list, and what waits for the secretariat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.core.paging import Page, paginate
from innovate.endorsement.domain.chain import Stage, Standing
from innovate.endorsement.domain.reach import path_up
from innovate.endorsement.models import Chain, PaperProposal
from innovate.endorsement.queries.coordinators import JURY, list_acting, list_reach, map_parents
from innovate.endorsement.queries.places import SAME
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event, EventRole
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.teams.models import Membership, Team

_DECIDED = (IdeaState.SUBMITTED, IdeaState.ELIGIBLE, IdeaState.INELIGIBLE, IdeaState.DISQUALIFIED)
_RETURNED_AFTER = and_(Chain.stage == Stage.SUBMITTED, Idea.state == IdeaState.RETURNED)


def standing_column() -> ColumnElement[str]:
    """`domain.chain.standing_of` as the database computes it; idea, team and (outer) chain must be joined."""
    never = or_(Chain.stage.is_(None), Chain.stage == Stage.TAKEN_BACK)
    plain = case((Idea.state.in_(_DECIDED), Standing.SUBMITTED.value), else_=Standing.WRITING.value)
    by_stage = [(Chain.stage == stage, literal(stage.value)) for stage in (Stage.WAITING, Stage.ENDORSED)]
    return case(
        (Idea.state == IdeaState.WITHDRAWN, literal(Standing.WITHDRAWN.value)),
        (never, plain),
        (or_(Chain.stage == Stage.RETURNED, _RETURNED_AFTER), literal(Standing.RETURNED.value)),
        (~SAME, literal(Standing.CHANGED.value)),
        *by_stage,
        else_=literal(Standing.SUBMITTED.value),
    )


class UnitProposal(NamedTuple):
    """A line of a coordinator's list. `title` as it was shown to the unit; empty as long as nothing was shown."""

    idea_id: str
    title: str
    number: int | None
    team: str
    unit: str
    event: str
    slug: str
    zone: str
    standing: str
    state: IdeaState
    changed_at: datetime
    is_own: bool


@dataclass(frozen=True)
class ListFilter:
    """What of the list is shown; empty: everything."""

    standing: str = ""
    event: str = ""  # slug


_ORDER = [Standing.WAITING, Standing.ENDORSED, Standing.CHANGED, Standing.RETURNED, Standing.WRITING]


def list_unit_proposals(
    user_id: int, shown: ListFilter, *, page: int = 1, size: int = 25
) -> Page[UnitProposal]:
    """Proposals a person answers for, in all competitions that ask for it: what waits first. Four queries."""
    standing = standing_column()
    query = _narrow(_mine(user_id, standing), shown, standing)
    rank = case(*((standing == each.value, place) for place, each in enumerate(_ORDER)), else_=len(_ORDER))
    query = query.order_by(rank, Idea.updated_at.desc(), Idea.id)
    found = paginate(query, page=page, size=size, scalars=False)
    return Page([UnitProposal(*row) for row in found.items], found.page, found.size, found.total)


def count_unit_proposals(user_id: int) -> dict[str, int]:
    """How many of them stand where. Three queries."""
    standing = standing_column()
    rows = _mine(user_id, standing).subquery()
    query = select(rows.c.standing, func.count()).group_by(rows.c.standing)
    return dict(db.session.execute(query).tuples().all())


def list_unit_events(user_id: int) -> list[tuple[str, str]]:
    """Address and name of the competitions in that list. Three queries."""
    rows = _mine(user_id, standing_column()).subquery()
    query = select(rows.c.slug, rows.c.event).distinct().order_by(rows.c.event, rows.c.slug)
    return [(slug, name) for slug, name in db.session.execute(query)]


def count_waiting(user_id: int) -> int:
    """How many wait for the person's act: to be endorsed, or endorsed and not handed in. Their own team's do not."""
    rows = _mine(user_id, standing_column()).subquery()
    due = rows.c.standing.in_((Standing.WAITING.value, Standing.ENDORSED.value))
    return db.session.scalar(select(func.count()).select_from(rows).where(due, ~rows.c.is_own)) or 0


def _mine(user_id: int, standing: ColumnElement[str]) -> Select[Any]:
    """Competitions that ask for it and are public; none that the person judges."""
    own = exists().where(
        Membership.team_id == Team.id, Membership.user_id == user_id, Membership.left_at.is_(None)
    )
    judges = exists().where(
        EventRole.event_id == Event.id,
        EventRole.user_id == user_id,
        EventRole.role.in_(JURY),
        EventRole.revoked_at.is_(None),
    )
    seen = case((Chain.stage != Stage.TAKEN_BACK, Chain.revision_id), else_=Idea.submitted_revision_id)
    return (
        select(
            Idea.public_id,
            func.coalesce(IdeaRevision.title, "").label("title"),
            Idea.number,
            Team.name.label("team"),
            Unit.name.label("unit"),
            Event.name.label("event"),
            Event.slug,
            Event.zone,
            standing.label("standing"),
            Idea.state,
            func.coalesce(Chain.changed_at, Idea.updated_at).label("changed_at"),
            own.label("is_own"),
        )
        .join(Team, Team.id == Idea.team_id)
        .join(Unit, Unit.id == Team.unit_id)
        .join(Event, Event.id == Idea.event_id)
        .outerjoin(Chain, Chain.idea_id == Idea.id)
        .outerjoin(IdeaRevision, IdeaRevision.id == seen)
        .where(
            Team.unit_id.in_(list_reach(user_id)),
            Team.disbanded_at.is_(None),
            Event.asks_endorsement,
            Event.deleted_at.is_(None),
            Event.state != EventState.DRAFT,
            ~judges,
        )
    )


def _narrow(query: Select[Any], shown: ListFilter, standing: ColumnElement[str]) -> Select[Any]:
    if shown.standing in set(Standing):
        query = query.where(standing == shown.standing)
    return query.where(Event.slug == shown.event) if shown.event else query


def map_standings(found: Iterable[Idea]) -> dict[int, Standing]:
    """Where these proposals stand in their units, by key; those of competitions that do not ask are left out."""
    keys = [idea.id for idea in found]
    query = (
        select(Idea.id, standing_column())
        .join(Team, Team.id == Idea.team_id)
        .join(Event, Event.id == Idea.event_id)
        .outerjoin(Chain, Chain.idea_id == Idea.id)
        .where(Idea.id.in_(keys), Event.asks_endorsement)
    )
    return {key: Standing(standing) for key, standing in db.session.execute(query)} if keys else {}


class Vacant(NamedTuple):
    """A proposal that waits for the secretariat because its unit has nobody, or because it came on paper."""

    idea_id: str
    title: str
    team: str
    unit: str
    standing: str
    is_paper: bool
    asked_at: datetime


def list_vacant(event: Event) -> list[Vacant]:
    """What the secretariat stands in for, by how long it has waited. Four queries."""
    standing = standing_column()
    query = (
        select(Idea, Team, Unit.name, standing, PaperProposal.idea_id, Chain.asked_at)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Unit, Unit.id == Team.unit_id)
        .join(Chain, Chain.idea_id == Idea.id)
        .outerjoin(PaperProposal, PaperProposal.idea_id == Idea.id)
        .where(Idea.event_id == event.id, standing.in_((Standing.WAITING.value, Standing.ENDORSED.value)))
        .order_by(Chain.asked_at, Idea.id)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return []
    parents = map_parents()
    acting: dict[int, set[int]] = defaultdict(set)
    for unit, user in list_acting(event.id, {*parents}):
        acting[unit].add(user.id)
    members = _map_members([team.id for _idea, team, *_rest in rows])
    found = []
    for idea, team, unit, state, paper, asked_at in rows:
        people = set().union(*(acting[each] for each in path_up(team.unit_id, parents))) - members[team.id]
        if not people or paper is not None:
            found.append(
                Vacant(
                    idea.public_id,
                    idea.title,
                    team.name,
                    unit or team.organization,
                    state,
                    paper is not None,
                    asked_at,
                )
            )
    return found


class PaperLine(NamedTuple):
    """A proposal that came on paper."""

    idea_id: str
    title: str
    team: str
    unit: str
    standing: str
    received_on: date


def list_papers(event_id: int) -> list[PaperLine]:
    """What came on paper, the latest first. One query."""
    query = (
        select(
            Idea.public_id,
            Idea.title,
            Team.name,
            func.coalesce(Unit.name, ""),
            standing_column(),
            PaperProposal.received_on,
        )
        .join(PaperProposal, PaperProposal.idea_id == Idea.id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Unit, Unit.id == Team.unit_id)
        .outerjoin(Chain, Chain.idea_id == Idea.id)
        .where(Idea.event_id == event_id)
        .order_by(Idea.id.desc())
    )
    return [PaperLine(*row) for row in db.session.execute(query)]


def _map_members(team_ids: list[int]) -> dict[int, set[int]]:
    query = select(Membership.team_id, Membership.user_id)
    found: dict[int, set[int]] = defaultdict(set)
    for team, user in db.session.execute(
        query.where(Membership.team_id.in_(team_ids), Membership.left_at.is_(None))
    ):
        found[team].add(user)
    return found

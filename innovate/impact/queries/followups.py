"""Askings: those that are due, one with what its form needs, and the organizer's list."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from innovate.accounts.models import Unit
from innovate.core.db import db, locked
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Check
from innovate.impact.models import FollowUp, Innovation
from innovate.results.models import Board, StandingRow
from innovate.teams.models import Team

RUNNING = tuple(state for state in IdeaState if state.is_in_competition or state is IdeaState.INELIGIBLE)
_Root, _Entry = aliased(Innovation), aliased(Idea)
PUBLIC = tuple(state for state in BoardState if state.is_public)


def list_announced() -> list[tuple[Event, datetime]]:
    """Events whose every ranking is public, with when the last was announced."""
    query = select(Event, func.max(Board.announced_at)).join(Board, Board.event_id == Event.id)
    query = query.where(Event.deleted_at.is_(None)).group_by(Event.id)
    hidden = func.count().filter(Board.state.not_in(PUBLIC))
    query = query.having(hidden == 0, func.max(Board.announced_at).is_not(None))
    return [(event, at) for event, at in db.session.execute(query)]


def list_unfollowed(event_id: int) -> list[Idea]:
    """Entries of an event whose impact nobody follows yet."""
    query = select(Idea).outerjoin(Innovation, Innovation.idea_id == Idea.id).options(joinedload(Idea.team))
    query = query.where(Idea.event_id == event_id, Idea.number.is_not(None), Idea.state.in_(RUNNING))
    return list(db.session.scalars(query.where(Innovation.id.is_(None)).order_by(Idea.id)))


def find_announced_unit(idea_id: int) -> str:
    """Whose an entry is, in the words of its latest public ranking."""
    query = select(StandingRow.unit_name).join(Board, Board.snapshot_id == StandingRow.snapshot_id)
    query = query.where(StandingRow.idea_id == idea_id, Board.state.in_(PUBLIC))
    return db.session.scalar(query.order_by(Board.id.desc()).limit(1)) or ""


def list_undated(event_id: int) -> list[Innovation]:
    """Innovations begun before the announcement."""
    query = select(Innovation).where(Innovation.event_id == event_id, Innovation.announced_on.is_(None))
    return list(db.session.scalars(query))


def list_to_ask(before: date) -> list[tuple[Innovation, int]]:
    """Innovations announced on or before a day, with the latest months they were asked for (0: never)."""
    last = select(FollowUp.innovation_id, func.max(FollowUp.months).label("months"))
    asked = last.group_by(FollowUp.innovation_id).subquery()
    query = select(Innovation, func.coalesce(asked.c.months, 0)).join(Innovation.event)
    query = query.outerjoin(_Root, _Root.id == Innovation.root_id)
    query = query.join(_Entry, _Entry.id == func.coalesce(Innovation.idea_id, _Root.idea_id))
    query = query.outerjoin(Innovation.idea).outerjoin(asked, asked.c.innovation_id == Innovation.id)
    query = query.where(Innovation.announced_on <= before, Event.deleted_at.is_(None))
    query = query.where(_Entry.state.in_(RUNNING))
    loaded = (
        contains_eager(Innovation.event),
        contains_eager(Innovation.idea).joinedload(Idea.team).load_only(Team.captain_id),
    )
    return [(row, months) for row, months in db.session.execute(query.options(*loaded))]


def list_unanswered(at: datetime) -> list[FollowUp]:
    """Askings that are open and wait for an answer."""
    query = select(FollowUp).join(FollowUp.innovation).join(Innovation.event)
    query = query.outerjoin(_Root, _Root.id == Innovation.root_id)
    query = query.join(Idea, Idea.id == func.coalesce(Innovation.idea_id, _Root.idea_id))
    query = query.where(FollowUp.answered_at.is_(None), FollowUp.closes_at > at)
    query = query.where(Event.deleted_at.is_(None), Idea.state.in_(RUNNING))
    innovation = contains_eager(FollowUp.innovation)
    loaded = (
        innovation.contains_eager(Innovation.event),
        innovation.joinedload(Innovation.idea).joinedload(Idea.team),
    )
    return list(db.session.scalars(query.options(*loaded).order_by(FollowUp.id)))


def get_followup(public_id: str) -> FollowUp:
    """One with its innovation, or NotFound."""
    innovation = joinedload(FollowUp.innovation)
    query = select(FollowUp).join(FollowUp.innovation).join(Innovation.event)
    query = query.where(FollowUp.public_id == public_id, Event.deleted_at.is_(None))
    query = query.options(
        innovation.joinedload(Innovation.event),
        innovation.joinedload(Innovation.unit),
        innovation.joinedload(Innovation.idea).joinedload(Idea.team),
        joinedload(FollowUp.file),
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def lock_followup(followup_id: int) -> FollowUp:
    """The row, held until the transaction ends."""
    return locked(FollowUp, followup_id)


def has_followed(event_id: int) -> bool:
    """Whether the impact of any entry of an event is followed."""
    return bool(db.session.scalar(select(exists().where(Innovation.event_id == event_id))))


def list_room(
    event_id: int, chosen: str, page: int, *, search: str = ""
) -> Page[tuple[Innovation, FollowUp | None]]:
    """Every innovation of an event with its latest asking; `chosen`: unanswered, waiting, verified, returned."""
    latest = (
        select(func.max(FollowUp.id))
        .where(FollowUp.innovation_id == Innovation.id)
        .correlate(Innovation)
        .scalar_subquery()
    )
    query = select(Innovation, FollowUp).outerjoin(
        FollowUp, and_(FollowUp.innovation_id == Innovation.id, FollowUp.id == latest)
    )
    query = query.where(Innovation.event_id == event_id).options(joinedload(Innovation.unit))
    if search:
        query = query.outerjoin(Unit, Unit.id == Innovation.unit_id)
        names = (Innovation.title, Innovation.unit_name, Unit.name)
        query = query.where(or_(*(name.icontains(search, autoescape=True) for name in names)))
    if chosen == "unanswered":
        query = query.where(FollowUp.id.is_not(None), FollowUp.answered_at.is_(None))
    elif chosen in {check.value for check in Check}:
        query = query.where(FollowUp.answered_at.is_not(None), FollowUp.check == Check(chosen))
    return paginate(query.order_by(Innovation.title, Innovation.id), page=page, scalars=False)

"""The secretariat's queue, its checklist and its decisions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from innovate.core.db import db
from innovate.core.numbers import read_number
from innovate.core.paging import Page, paginate
from innovate.events.models import ChecklistItem
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.screening import QUEUE_STATES, QueueFilter
from innovate.ideas.models import Idea, IdeaRevision, Screening
from innovate.teams.models import Team

_SORTS = {
    "number": Idea.number,
    "title": func.lower(IdeaRevision.title),
    "team": func.lower(Team.name),
    "time": Idea.submitted_at,
}


def list_queue(event_id: int, shown: QueueFilter, *, page: int = 1, size: int = 50) -> Page[Idea]:
    """Submitted ideas with team, unit and pinned revision. Two queries."""
    query = _narrow(_queue(event_id), shown)
    return paginate(query.order_by(*_order(shown.sort)), page=page, size=size)


def count_queue(event_id: int) -> dict[IdeaState, int]:
    """How many submitted ideas stand in each state."""
    query = select(Idea.state, func.count()).where(Idea.event_id == event_id, Idea.number.is_not(None))
    return dict(db.session.execute(query.group_by(Idea.state)).tuples().all())


def find_next_in_queue(event_id: int, after: int) -> Idea | None:
    """The next idea to be screened by number, beginning anew after the last; None when none is left."""
    query = select(Idea).where(
        Idea.event_id == event_id, Idea.state == IdeaState.SUBMITTED, Idea.number != after
    )
    return db.session.scalar(query.order_by(case((Idea.number > after, 0), else_=1), Idea.number).limit(1))


def list_screenings(idea_id: int) -> list[Screening]:
    """All decisions about an idea, newest first, with who decided, who undid, and about which revision."""
    query = (
        select(Screening)
        .where(Screening.idea_id == idea_id)
        .options(
            joinedload(Screening.decided_by), joinedload(Screening.undone_by), joinedload(Screening.revision)
        )
        .order_by(Screening.id.desc())
    )
    return list(db.session.scalars(query))


def list_checklist(event_id: int) -> list[ChecklistItem]:
    """What the secretariat checks, in order."""
    query = select(ChecklistItem).where(ChecklistItem.event_id == event_id)
    return list(db.session.scalars(query.order_by(ChecklistItem.position, ChecklistItem.id)))


def _queue(event_id: int) -> Select[Any]:
    return (
        select(Idea)
        .join(Idea.team)
        .join(Idea.submitted_revision)
        .where(Idea.event_id == event_id, Idea.number.is_not(None))
        .options(
            contains_eager(Idea.team).joinedload(Team.unit),
            contains_eager(Idea.submitted_revision),
            joinedload(Idea.unit),
        )
    )


def _narrow(query: Select[Any], shown: QueueFilter) -> Select[Any]:
    if shown.state in set(QUEUE_STATES):
        query = query.where(Idea.state == IdeaState(shown.state))
    if (group := read_number(shown.group)) is not None:
        query = query.where(IdeaRevision.group_id == group)
    if (track := read_number(shown.track)) is not None:
        query = query.where(IdeaRevision.track_id == track)
    if shown.search:
        found = [
            column.icontains(shown.search, autoescape=True) for column in (IdeaRevision.title, Team.name)
        ]
        if (number := read_number(shown.search)) is not None:
            found.append(Idea.number == number)
        query = query.where(or_(*found))
    return query


def _order(sort: str) -> list[Any]:
    column = _SORTS.get(sort.lstrip("-"), Idea.number)
    return [column.desc() if sort.startswith("-") else column.asc(), Idea.id]

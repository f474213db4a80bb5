"""What innovations report of their use, counted by the database: the rules of `impact.queries.summary`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, select
from sqlalchemy.orm import aliased

from innovate.core.db import db
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.domain.schedule import FIRST
from innovate.impact.models import FollowUp, Innovation
from innovate.impact.queries.followups import RUNNING
from innovate.leaders.queries.frame import Frame

_Root = aliased(Innovation)
ALIVE = and_(
    FollowUp.check == Check.VERIFIED,
    FollowUp.is_used.is_(True),
    FollowUp.status.in_([status for status in Status if status.is_alive]),
)


@dataclass(frozen=True)
class Alive:
    """Of the entries of an edition, so many months after: asked, answered, of those verified, of those still in use."""

    year: int
    months: int
    asked: int
    answered: int
    verified: int
    alive: int


@dataclass(frozen=True)
class Totals:
    """By year: people reached (each innovation's largest period), rupiah saved, and innovations that reported."""

    people: Counter[int]
    saved: Counter[int]
    innovations: Counter[int]


def standing(query: Select[Any]) -> Select[Any]:
    """Askings (in the query already) of innovations that count: not of entries withdrawn or disqualified."""
    query = query.join(Innovation, Innovation.id == FollowUp.innovation_id)
    query = query.join(Event, Event.id == Innovation.event_id)
    query = query.outerjoin(_Root, _Root.id == Innovation.root_id)
    query = query.join(Idea, Idea.id == func.coalesce(Innovation.idea_id, _Root.idea_id))
    return query.where(Event.deleted_at.is_(None), Idea.state.in_(RUNNING))


def narrow(frame: Frame, query: Select[Any]) -> Select[Any]:
    """Only innovations of units of the class asked for."""
    return query if frame.unit_ids is None else query.where(Innovation.unit_id.in_(frame.unit_ids))


def say_edition() -> ColumnElement[int]:
    """The year of the announcement."""
    return extract("year", Innovation.announced_on)


def say_period() -> ColumnElement[int]:
    """The year a report is of: that of the last day of its period."""
    return extract("year", FollowUp.last)


def list_alive(frame: Frame) -> list[Alive]:
    """Editions in order, each after 3, 6 and 12 months; replications are of no edition. One statement."""
    edition = say_edition().label("edition")
    query = standing(
        select(
            edition,
            FollowUp.months,
            func.count(FollowUp.id),
            func.count(FollowUp.answered_at),
            func.sum(case((FollowUp.check == Check.VERIFIED, 1), else_=0)),
            func.sum(case((ALIVE, 1), else_=0)),
        )
    )
    query = query.where(
        FollowUp.months.in_(FIRST), Innovation.parent_id.is_(None), Innovation.announced_on.is_not(None)
    )
    rows = db.session.execute(narrow(frame, query).group_by("edition", FollowUp.months))
    found = [Alive(*map(int, row)) for row in rows]
    return sorted((row for row in found if row.year in frame.years), key=lambda row: (row.year, row.months))


def count_totals(frame: Frame) -> Totals:
    """Of verified reports. Somebody reached by two innovations counts with both: nobody can know. One statement."""
    when = say_period().label("period")
    each = standing(
        select(
            FollowUp.innovation_id,
            when,
            func.max(func.coalesce(FollowUp.people, 0)).label("people"),
            func.sum(func.coalesce(FollowUp.saved, 0)).label("saved"),
        )
    )
    each = narrow(frame, each.where(FollowUp.check == Check.VERIFIED))
    inner = each.group_by(FollowUp.innovation_id, "period").subquery()
    query = select(inner.c.period, func.sum(inner.c.people), func.sum(inner.c.saved), func.count())
    totals = Totals(Counter(), Counter(), Counter())
    for year, people, saved, count in db.session.execute(query.group_by(inner.c.period)):
        totals.people[int(year)] = int(people)
        totals.saved[int(year)] = int(saved)
        totals.innovations[int(year)] = int(count)
    return totals

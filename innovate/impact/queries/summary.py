"""The city's numbers of impact, each with the list behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from innovate.core.db import db
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Check
from innovate.impact.domain.schedule import FIRST
from innovate.impact.domain.totals import Report, Total, add_up
from innovate.impact.models import FollowUp, Innovation
from innovate.impact.queries.followups import RUNNING

_Root = aliased(Innovation)


@dataclass(frozen=True)
class Alive:
    """Of one edition year, so many months after its announcement. `followups` is the list behind all of it."""

    year: int
    months: int
    followups: Sequence[FollowUp]

    @property
    def asked(self) -> int:
        """How many innovations were asked."""
        return len(self.followups)

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(row.answered_at is not None for row in self.followups)

    @property
    def verified(self) -> int:
        """How many answers somebody verified: the ones `alive` is counted in."""
        return sum(row.check is Check.VERIFIED for row in self.followups)

    @property
    def alive(self) -> int:
        """How many of the verified say that the innovation is used."""
        return sum(is_alive(row) for row in self.followups)

    @property
    def unanswered(self) -> int:
        """How many are silent. Silence says nothing of the innovation."""
        return self.asked - self.answered


def is_alive(row: FollowUp) -> bool:
    """Whether a verified answer says that the innovation is used."""
    return bool(row.check is Check.VERIFIED and row.is_used and row.status and row.status.is_alive)


def _standing() -> Select[tuple[FollowUp]]:
    """Askings of innovations that count: those of entries that were neither withdrawn nor disqualified."""
    query = select(FollowUp).join(FollowUp.innovation).join(Innovation.event)
    query = query.outerjoin(_Root, _Root.id == Innovation.root_id)
    query = query.join(Idea, Idea.id == func.coalesce(Innovation.idea_id, _Root.idea_id))
    query = query.where(Event.deleted_at.is_(None), Idea.state.in_(RUNNING))
    loaded = contains_eager(FollowUp.innovation)
    return query.options(loaded.contains_eager(Innovation.event), loaded.joinedload(Innovation.unit))


def list_alive() -> list[Alive]:
    """By edition year, the latest first, then 3, 6 and 12 months. Replications are not of an edition: left out."""
    found: dict[tuple[int, int], list[FollowUp]] = defaultdict(list)
    query = _standing().where(FollowUp.months.in_(FIRST), Innovation.parent_id.is_(None))
    for row in db.session.scalars(query.order_by(FollowUp.id)):
        if row.innovation.announced_on:
            found[row.innovation.announced_on.year, row.months].append(row)
    return [Alive(*key, rows) for key, rows in sorted(found.items(), key=lambda kv: (-kv[0][0], kv[0][1]))]


def list_reports(year: int | None = None) -> list[FollowUp]:
    """Every verified answer, of a year the list behind its totals, by innovation."""
    query = _standing().where(FollowUp.check == Check.VERIFIED).order_by(Innovation.title, FollowUp.months)
    rows = db.session.scalars(query)
    return [row for row in rows if year is None or row.last.year == year]


def total_by_year(reports: Sequence[FollowUp]) -> dict[int, Total]:
    """People reached and money saved by year (`domain/totals` says what is counted once)."""
    return add_up(Report(row.innovation_id, row.last.year, row.people, row.saved) for row in reports)


def list_replications() -> list[Innovation]:
    """Every replication of an entry that stands, the latest first."""
    query = (
        select(Innovation)
        .join(Innovation.event)
        .join(_Root, _Root.id == Innovation.root_id)
        .join(Idea, Idea.id == _Root.idea_id)
    )
    query = query.where(Idea.state.in_(RUNNING), Event.deleted_at.is_(None)).options(
        joinedload(Innovation.unit), joinedload(Innovation.event)
    )
    return list(db.session.scalars(query.order_by(Innovation.id.desc())))

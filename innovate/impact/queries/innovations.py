"""Loading innovations and what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.audit.queries import names_by
from innovate.core.db import db, locked
from innovate.core.errors import NotFound
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.impact.domain.indicators import (
    Aim,
    Comparison,
    Gap,
    Guard,
    Period,
    Trend,
    compare,
    find_gaps,
    find_trend,
)
from innovate.impact.domain.kinds import Check
from innovate.impact.domain.reach import Reached, classify
from innovate.impact.models import (
    Actual,
    FollowUp,
    ImpactFile,
    Indicator,
    Innovation,
    Material,
    ReachReport,
    StatusEntry,
)

TRAIL_NAMES: dict[str, Any] = {"innovation": names_by(Innovation.id, Innovation.title)}
_WHOLE = (
    joinedload(Innovation.unit),
    joinedload(Innovation.owner),
    joinedload(Innovation.idea).joinedload(Idea.team),
)


def get_innovation(public_id: str, *, event_id: int | None = None) -> Innovation:
    """One with unit, owner, idea and event, or NotFound. One query."""
    query = select(Innovation).where(Innovation.public_id == public_id)
    if event_id is not None:
        query = query.where(Innovation.event_id == event_id)
    found = db.session.scalar(query.options(*_WHOLE, joinedload(Innovation.event)))
    if found is None:
        raise NotFound
    return found


def find_of_idea(idea_id: int) -> Innovation | None:
    """The innovation of an idea, once its impact is followed."""
    return db.session.scalar(select(Innovation).where(Innovation.idea_id == idea_id).options(*_WHOLE))


def lock_innovation(innovation_id: int) -> Innovation:
    """The row, held until the transaction ends."""
    return locked(Innovation, innovation_id)


def get_event(event_id: int) -> Event:
    """The event of an innovation."""
    return db.session.get_one(Event, event_id)


def list_statuses(innovation_id: int) -> list[tuple[StatusEntry, User]]:
    """Where it stood, the latest first, with who said so."""
    query = select(StatusEntry, User).join(User, User.id == StatusEntry.by_id)
    query = query.where(StatusEntry.innovation_id == innovation_id)
    order = (StatusEntry.since.desc(), StatusEntry.id.desc())
    return [(row, user) for row, user in db.session.execute(query.order_by(*order))]


def list_indicators(innovation_id: int) -> list[Indicator]:
    """Its own indicators, in the order they were named."""
    query = select(Indicator).where(Indicator.innovation_id == innovation_id, Indicator.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Indicator.id)))


def get_indicator(innovation_id: int, public_id: str) -> Indicator:
    """One of its indicators, or NotFound."""
    found = next((row for row in list_indicators(innovation_id) if row.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def get_actual(innovation_id: int, public_id: str) -> Actual:
    """One actual that stands, or NotFound."""
    query = (
        select(Actual).join(Actual.indicator).options(joinedload(Actual.indicator), joinedload(Actual.file))
    )
    query = query.where(Indicator.innovation_id == innovation_id, Actual.public_id == public_id)
    found = db.session.scalar(query.where(Actual.replaced_at.is_(None)))
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Reading:
    """An indicator with its periods, oldest first, and what its last one says."""

    indicator: Indicator
    actuals: Sequence[Actual]
    last: Comparison
    trend: Trend | Guard
    gaps: Sequence[Gap]

    def compare(self, actual: Actual) -> Comparison:
        """One period against baseline and target."""
        return compare(aim_of(self.indicator), actual.value, actual.last)


def aim_of(indicator: Indicator) -> Aim:
    """The indicator as the rules know it."""
    return Aim(indicator.direction, indicator.baseline, indicator.target, indicator.baseline_on)


def read_indicators(innovation_id: int, *, public: bool = False) -> list[Reading]:
    """Every indicator read; `public`: verified periods alone, and no indicator without any. Two queries."""
    query = select(Actual).join(Actual.indicator).options(joinedload(Actual.file))
    query = query.where(Indicator.innovation_id == innovation_id, Actual.replaced_at.is_(None))
    if public:
        query = query.where(Actual.check == Check.VERIFIED)
    actuals: dict[int, list[Actual]] = {}
    for actual in db.session.scalars(query.order_by(Actual.first, Actual.id)):
        actuals.setdefault(actual.indicator_id, []).append(actual)
    rows = [_read(each, actuals.get(each.id, [])) for each in list_indicators(innovation_id)]
    return [row for row in rows if row.actuals or not public]


def _read(indicator: Indicator, actuals: Sequence[Actual]) -> Reading:
    aim = aim_of(indicator)
    periods = [Period(row.first, row.last, row.value) for row in actuals if row.check is not Check.RETURNED]
    final = periods[-1] if periods else None
    last = compare(aim, final.value, final.last) if final else compare(aim, None)
    return Reading(indicator, actuals, last, find_trend(aim, periods), find_gaps(periods))


def list_reaches(innovation_id: int, *, public: bool = False) -> list[tuple[ReachReport, Reached]]:
    """Its measure by year, the latest first, each with its class."""
    query = select(ReachReport).where(
        ReachReport.innovation_id == innovation_id, ReachReport.replaced_at.is_(None)
    )
    if public:
        query = query.where(ReachReport.check == Check.VERIFIED)
    query = query.options(joinedload(ReachReport.file)).order_by(ReachReport.year.desc(), ReachReport.id)
    return [(row, classify(row.measure, row.value, row.before)) for row in db.session.scalars(query)]


def get_reach(innovation_id: int, public_id: str) -> ReachReport:
    """One year's measure, or NotFound."""
    query = select(ReachReport).where(
        ReachReport.innovation_id == innovation_id, ReachReport.public_id == public_id
    )
    query = query.options(joinedload(ReachReport.file))
    found = db.session.scalar(query.where(ReachReport.replaced_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def list_followups(innovation_id: int) -> list[FollowUp]:
    """Every asking, the latest first."""
    query = select(FollowUp).where(FollowUp.innovation_id == innovation_id)
    return list(db.session.scalars(query.options(joinedload(FollowUp.file)).order_by(FollowUp.months.desc())))


def list_materials(innovation_id: int) -> list[Material]:
    """What its owner hands over."""
    query = select(Material).where(Material.innovation_id == innovation_id, Material.removed_at.is_(None))
    return list(db.session.scalars(query.options(joinedload(Material.file)).order_by(Material.id)))


def get_material(innovation_id: int, public_id: str) -> Material:
    """One of them, or NotFound."""
    found = next((row for row in list_materials(innovation_id) if row.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def get_file(innovation_id: int, public_id: str) -> ImpactFile:
    """A file of an innovation, or NotFound."""
    query = select(ImpactFile).where(
        ImpactFile.innovation_id == innovation_id, ImpactFile.public_id == public_id
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def is_material(file_id: int) -> bool:
    """Whether a file is material that is handed over now."""
    query = select(func.count()).select_from(Material)
    return bool(db.session.scalar(query.where(Material.file_id == file_id, Material.removed_at.is_(None))))

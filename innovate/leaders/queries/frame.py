"""Years, units and competitions that every section stands on, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, extract, func, select

from innovate.accounts.models import Unit, UnitKind
from innovate.core.db import db
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event, Phase
from innovate.impact.domain.kinds import Check
from innovate.impact.models import FollowUp, Innovation
from innovate.leaders.domain.classes import UnitClass, class_of
from innovate.leaders.domain.districts import find_district
from innovate.leaders.domain.years import choose_year, choose_years
from innovate.learning.queries.summary import Held, map_held

_ZONE = ZoneInfo("Asia/Pontianak")  # of the city: when its year turns


@dataclass(frozen=True)
class Place:
    """A unit: its class, and the kecamatan it lies in (None: of the whole city)."""

    id: int
    code: str
    name: str
    label: str
    unit_class: UnitClass
    district: int | None
    valid_from: date | None
    valid_until: date | None

    def is_open(self, day: date) -> bool:
        """Whether the unit existed on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class Frame:
    """`events`: the year of every competition that is or was public. `year` None: nothing happened yet."""

    at: datetime
    year: int | None
    years: tuple[int, ...]
    unit_class: UnitClass | None
    events: Mapping[int, int]
    held: Mapping[int, Held]
    units: Mapping[int, Place]

    @property
    def until(self) -> datetime:
        """The end of the year that is shown, or now."""
        return self.at if self.year is None else min(self.at, datetime(self.year + 1, 1, 1, tzinfo=_ZONE))

    @property
    def before(self) -> int | None:
        """The year before the one shown, where it can be compared."""
        return self.year - 1 if self.year is not None and self.year - 1 in self.years else None

    def say_year(self, event_id: Any) -> ColumnElement[int]:
        """The year of a competition as a column named `year`: group by that name, its numbers are bound anew."""
        return case(self.events or {0: 0}, value=event_id, else_=0).label("year")

    def takes(self, unit_id: int | None) -> bool:
        """Whether the unit is of the class asked for; what belongs to no unit is of none."""
        if self.unit_class is None:
            return True
        unit = None if unit_id is None else self.units.get(unit_id)
        return unit is not None and unit.unit_class is self.unit_class

    @property
    def unit_ids(self) -> frozenset[int] | None:
        """The units of the class asked for; None for all."""
        if self.unit_class is None:
            return None
        return frozenset(key for key, unit in self.units.items() if unit.unit_class is self.unit_class)

    def list_open(self, year: int) -> list[Place]:
        """The units of the class that existed when the year ended, or exist now."""
        today = self.at.astimezone(_ZONE).date()
        day = min(date(year, 12, 31), today) if year else today
        return [unit for unit in self.units.values() if self.takes(unit.id) and unit.is_open(day)]


def read_frame(*, year: str = "", unit_class: UnitClass | None = None, at: datetime) -> Frame:
    """The frame an address asks for; a year without anything gives the last one. Four statements."""
    events, held = _map_events(), map_held(at=at)
    found = {*events.values(), *(one.year for one in held.values()), *_list_reported()}
    years = choose_years(found, at.astimezone(_ZONE).year)
    return Frame(at, choose_year(year, years), years, unit_class, events, held, _map_units())


def _list_reported() -> list[int]:
    """The years verified reports are of: people are reached after their competition, also in years without one."""
    year = extract("year", FollowUp.last)
    query = select(year).join(Innovation, Innovation.id == FollowUp.innovation_id)
    query = query.join(Event, Event.id == Innovation.event_id)
    query = query.where(FollowUp.check == Check.VERIFIED, Event.deleted_at.is_(None)).distinct()
    return [int(each) for each in db.session.scalars(query)]


def _map_events() -> dict[int, int]:
    """A competition belongs to the year in which its first phase began, in its own zone."""
    query = (
        select(Event.id, Event.zone, func.min(Phase.starts_at))
        .join(Phase, Phase.event_id == Event.id)
        .where(Event.deleted_at.is_(None), Event.state != EventState.DRAFT)
        .group_by(Event.id, Event.zone)
    )
    return {key: at.astimezone(ZoneInfo(zone)).year for key, zone, at in db.session.execute(query)}


def _map_units() -> dict[int, Place]:
    units = list(db.session.scalars(select(Unit).order_by(Unit.name)))
    parents = {unit.id: unit.parent_id for unit in units}
    districts = frozenset(unit.id for unit in units if unit.kind is UnitKind.KECAMATAN)
    return {
        unit.id: Place(
            unit.id,
            unit.code,
            unit.name,
            unit.label,
            class_of(unit.kind.value),
            find_district(unit.id, parents, districts),
            unit.valid_from,
            unit.valid_until,
        )
        for unit in units
    }

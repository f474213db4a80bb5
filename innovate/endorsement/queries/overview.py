"""How far the units of an event are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import func, select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.core.paging import Page
from innovate.endorsement.domain.chain import Standing
from innovate.endorsement.models import Chain
from innovate.endorsement.queries.coordinators import list_acting, map_parents
from innovate.endorsement.queries.lists import standing_column
from innovate.endorsement.queries.places import list_places, read_quotas
from innovate.ideas.models import Idea
from innovate.teams.models import Team

PAGE = 50


class UnitLine(NamedTuple):
    """A unit's proposals by where they stand. `taken`: places used, of `quota` (None: no limit).

    `coordinators` counts those of this very unit; a unit above may answer for it as well.
    """

    unit_id: int | None
    unit: str
    writing: int = 0
    waiting: int = 0
    returned: int = 0
    changed: int = 0
    endorsed: int = 0
    submitted: int = 0
    withdrawn: int = 0
    taken: int = 0
    quota: int | None = None
    coordinators: int = 0

    @property
    def total(self) -> int:
        """All that were not withdrawn."""
        return self.writing + self.waiting + self.returned + self.changed + self.endorsed + self.submitted


_NUMBERS = frozenset(UnitLine._fields) - {"unit", "unit_id", "quota"}


def _order(sort: str) -> Callable[[UnitLine], Any]:
    name = sort.lstrip("-")
    return attrgetter(name) if name in _NUMBERS else lambda line: line.unit.casefold()


def list_units(event_id: int) -> list[UnitLine]:
    """Every unit with a proposal in the event, by name; those without a unit as one line. Five queries."""
    counts = _count(event_id)
    quotas = read_quotas(event_id)
    taken: dict[int | None, int] = defaultdict(int)
    for place in list_places(event_id):
        taken[place.unit_id] += 1
    acting: dict[int, int] = defaultdict(int)
    for unit, _user in list_acting(event_id, {*map_parents()}):
        acting[unit] += 1
    lines = [
        UnitLine(
            key,
            name,
            **by_standing,
            taken=taken[key],
            quota=quotas.per_unit if key is not None else None,
            coordinators=acting[key or 0],
        )
        for (key, name), by_standing in counts.items()
    ]
    return sorted(lines, key=_order("unit"))


def _count(event_id: int) -> dict[tuple[int | None, str], dict[str, int]]:
    standing = standing_column().label("standing")
    query = (
        select(Team.unit_id, Unit.name, standing, func.count())
        .select_from(Idea)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Unit, Unit.id == Team.unit_id)
        .outerjoin(Chain, Chain.idea_id == Idea.id)
        .where(Idea.event_id == event_id, Team.disbanded_at.is_(None))
        .group_by(Team.unit_id, Unit.name, standing)
    )
    counts: dict[tuple[int | None, str], dict[str, int]] = defaultdict(dict)
    for key, name, state, number in db.session.execute(query):
        counts[key, name or ""][Standing(state).value] = number
    return counts


def page_of(lines: Sequence[UnitLine], sort: str, number: int) -> Page[UnitLine]:
    """One page of the units, in the order asked for."""
    ordered = sorted(lines, key=_order(sort), reverse=sort.startswith("-"))
    pages = max(1, -(-len(ordered) // PAGE))
    number = max(1, min(number, pages))
    return Page(ordered[(number - 1) * PAGE : number * PAGE], number, PAGE, len(ordered))

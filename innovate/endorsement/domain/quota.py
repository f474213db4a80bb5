"""How many proposals a unit may send. Each unit counts by itself; its sub-units have quotas of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

MOST = 999


class Place(NamedTuple):
    """A proposal that takes a place: whose it is and in which group it stands."""

    unit_id: int | None
    group_id: int | None


@dataclass(frozen=True)
class Quotas:
    """At most so many proposals of one unit, and of one unit in a group; None and absent: as many as it likes."""

    per_unit: int | None = None
    per_group: Mapping[int, int] = field(default_factory=dict)

    @property
    def limits(self) -> bool:
        """Whether there is any limit."""
        return self.per_unit is not None or bool(self.per_group)


class Full(NamedTuple):
    """The limit a proposal runs into: how many, and in which group (None: in all groups together)."""

    limit: int
    group_id: int | None


def find_full(quotas: Quotas, taken: Iterable[Place], wanted: Place) -> Full | None:
    """The limit that keeps one more proposal out, None if there is room. Without a unit there is no quota."""
    if wanted.unit_id is None:
        return None
    own = [place for place in taken if place.unit_id == wanted.unit_id]
    if quotas.per_unit is not None and len(own) >= quotas.per_unit:
        return Full(quotas.per_unit, None)
    limit = quotas.per_group.get(wanted.group_id or 0)
    if limit is not None and sum(place.group_id == wanted.group_id for place in own) >= limit:
        return Full(limit, wanted.group_id)
    return None

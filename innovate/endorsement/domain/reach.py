"""Whose proposals a coordinator answers for, and whom a proposal waits for, in the tree of units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from innovate.accounts.domain.tree import ancestors

Person = TypeVar("Person")


def units_below(coordinated: Collection[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    """These units and everything below them."""
    own = frozenset(coordinated)
    return own | {unit for unit in parents if any(above in own for above in ancestors(unit, parents))}


def path_up(unit: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and those above it, nearest first."""
    return [] if unit is None else [unit, *ancestors(unit, parents)]


def nearest(path: Iterable[int], held: Mapping[int, Sequence[Person]]) -> Sequence[Person]:
    """The people at the first unit of the path where there are any."""
    return next((people for unit in path if (people := held.get(unit))), ())

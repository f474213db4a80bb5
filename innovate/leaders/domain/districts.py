"""The six kecamatan as a small map of tiles, and which kecamatan a unit lies in."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS, ROWS = 3, 3
# Where each lies beside the others: north is up, the rivers run between the first and second row and before Timur.
_TILES = {
    "utara": (1, 0),
    "barat": (0, 1),
    "kota": (1, 1),
    "timur": (2, 1),
    "selatan": (1, 2),
    "tenggara": (2, 2),
}


def find_tile(name: str) -> tuple[int, int] | None:
    """Column and row of a kecamatan by the last word of its name; None where the map has no such place."""
    words = name.casefold().split()
    return _TILES.get(words[-1]) if words else None


def find_district(unit_id: int, parents: Mapping[int, int | None], districts: frozenset[int]) -> int | None:
    """The kecamatan that a unit is or lies below; None for units of the whole city. Circles end the search."""
    seen: set[int] = set()
    here: int | None = unit_id
    while here is not None and here not in seen:
        if here in districts:
            return here
        seen.add(here)
        here = parents.get(here)
    return None

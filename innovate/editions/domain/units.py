"""Which unit of the tree a written name means, and what it may have meant where none fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

NO_UNIT = "-"  # chosen: the name stays as it is written
_SHORT = {"dinas", "kelurahan", "kecamatan", "kota", "pontianak", "badan", "upt", "puskesmas"}


@dataclass(frozen=True)
class UnitName:
    """A unit as it can be called."""

    id: int
    code: str
    name: str
    short_name: str = ""


class UnitNames:
    """All units by code, name and short name. A name that two units have fits neither."""

    def __init__(self, units: Sequence[UnitName]) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self._by_name: dict[str, UnitName | None] = {}
        for unit in units:
            for name in {plain(unit.code), plain(unit.name), plain(unit.short_name)} - {""}:
                known = self._by_name.get(name, unit)
                self._by_name[name] = unit if known is unit else None

    def find(self, written: str) -> UnitName | None:
        """The one unit that is called so."""
        return self._by_name.get(plain(written))

    def suggest(self, written: str, most: int = 5) -> list[UnitName]:
        """Units whose name looks like it or holds its words, the likeliest first."""
        wanted = plain(written)
        close = get_close_matches(wanted, [n for n, unit in self._by_name.items() if unit], most, 0.6)
        words = set(wanted.split()) - _SHORT
        alike = [
            name for name, unit in self._by_name.items() if unit and words and words <= set(name.split())
        ]
        found = dict.fromkeys(self._by_name[name] for name in [*close, *sorted(alike, key=len)])
        return [unit for unit in found if unit][:most]


def plain(name: str) -> str:
    """A name without case, signs and doubled spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())

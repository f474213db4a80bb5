"""Finding what a cell names, however it is written there: entries, jurors, criteria."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from innovate.results.domain.sheets.table import plain_name

Key = TypeVar("Key", bound=Hashable)
_TITLES = {
    "dr",
    "drs",
    "dra",
    "ir",
    "h",
    "hj",
    "prof",
    "apt",
    "drg",
    "ns",
    "kh",
    "bapak",
    "ibu",
    "sdr",
    "sdri",
}
_NUMBER = re.compile(r"(?:(?:no|nomor|karya|peserta|entry)\b[.:]?\s*)*#?\s*0*([0-9]{1,9})")
_ENUMERATED = re.compile(r"(?:[0-9]{1,2}|[a-z])[.)]\s*")
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


class Names(Generic[Key]):
    """Keys by the names that stand for them; a name of two keys stands for none."""

    def __init__(self, names: Mapping[Key, Iterable[str]]) -> None:
        self._known: dict[str, set[Key]] = {}
        for key, written in names.items():
            for name in written:
                if plain := plain_name(name):
                    self._known.setdefault(plain, set()).add(key)

    def find(self, *written: str) -> Key | None:
        """The key of the first of these names that stands for exactly one."""
        for name in written:
            found = self._known.get(plain_name(name), set())
            if len(found) == 1:
                return next(iter(found))
        return None


def entry_names(number: int | None, group: str, title: str, team: str) -> list[str]:
    """How a sheet may call an entry: `7`, `007`, `A-007`, its title, its team."""
    numbers = [f"{number}", f"{number:03d}", f"{group}-{number:03d}", f"{group}{number}"] if number else []
    return [*numbers, title, team]


def entry_ways(text: str) -> tuple[str, ...]:
    """How a cell that names an entry may be read: as it is, and `No. 007` as 7."""
    found = _NUMBER.fullmatch(plain_name(text))
    return (text, found[1]) if found else (text,)


def bare_name(name: str) -> str:
    """A person's name without what stands before and after it: `Dr. Hj. Siti Aminah, M.T.` is `siti aminah`."""
    words = plain_name(name.split(",", maxsplit=1)[0]).split()
    while len(words) > 1 and words[0].rstrip(".") in _TITLES:
        words = words[1:]
    return " ".join(word.strip(".") for word in words)


def bare_criterion(name: str) -> str:
    """A criterion's name without its number before and its weight behind: `2. Manfaat (30%)` is `manfaat`."""
    plain = _IN_BRACKETS.sub("", plain_name(name))
    return _ENUMERATED.sub("", plain, count=1).strip(" :*")


def criterion_names(place: int, name: str) -> list[str]:
    """How a sheet may call the criterion at `place` (from 1): its name, `K1`, `C1`, `Kriteria 1`."""
    return [name, bare_criterion(name), f"k{place}", f"c{place}", f"kriteria {place}", f"criterion {place}"]

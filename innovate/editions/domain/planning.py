"""A sheet of past entries turned into entries, or every cell that is wrong. All or nothing."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from innovate.editions.domain.columns import LENGTHS
from innovate.editions.domain.units import NO_UNIT, UnitName, UnitNames

MOST_ROWS = 5000
MOST_COLUMNS = 60
FIRST_YEAR, LAST_YEAR = 1990, 2100
_RANK = re.compile(r"(?:juara\s+|peringkat\s+)?(\d{1,4})", re.IGNORECASE)
_LINED = {"summary"}  # texts that keep their line breaks

Row = tuple[int, Sequence[str]]
Key = tuple[str, int, str]  # edition and title in small letters, year


class Code(enum.StrEnum):
    """What is wrong with one cell or the whole sheet."""

    EMPTY = "empty"
    NO_COLUMN = "no_column"
    MISSING = "missing"
    LONG = "long"
    YEAR = "year"
    RANK = "rank"
    UNKNOWN_UNIT = "unknown_unit"
    TWICE = "twice"
    KNOWN = "known"


@dataclass(frozen=True)
class CellFault:
    """A fault with its place: the row as a spreadsheet counts it, the column from 0 (None: no column)."""

    row: int
    column: int | None
    code: Code
    value: str = ""


@dataclass(frozen=True)
class Reading:
    """How a sheet is to be read: meanings by column, what holds for every row, and units chosen for written names."""

    columns: Mapping[int, str]
    edition: str = ""
    year: str = ""
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """One entry as it would be saved."""

    row: int
    edition: str
    year: int
    title: str
    expansion: str = ""
    unit_id: int | None = None
    unit_name: str = ""
    group: str = ""
    track: str = ""
    people: str = ""
    rank: int | None = None
    award: str = ""
    summary: str = ""

    @property
    def key(self) -> Key:
        """What makes it the same entry."""
        return self.edition.casefold(), self.year, self.title.casefold()


@dataclass(frozen=True)
class Plan:
    """What saving would do; with `faults` nothing is saved. `strange`: names of units that fit none, with rows."""

    entries: Sequence[Draft] = ()
    faults: Sequence[CellFault] = ()
    strange: Mapping[str, int] = field(default_factory=dict)


def make_plan(rows: Sequence[Row], reading: Reading, names: UnitNames, known: Collection[Key] = ()) -> Plan:
    """`rows` begin with the titles of the columns. `known`: entries that were saved before."""
    if len(rows) < 2:
        return Plan(faults=[CellFault(1, None, Code.EMPTY)])
    given = {"edition": reading.edition, "year": reading.year}
    have = set(reading.columns.values()) | {key for key, value in given.items() if value}
    if missing := [meaning for meaning in ("edition", "year", "title") if meaning not in have]:
        return Plan(faults=[CellFault(rows[0][0], None, Code.NO_COLUMN, meaning) for meaning in missing])
    reader = _Reader(reading, names)
    drafts = [reader.read(number, cells) for number, cells in rows[1:]]
    faults = reader.faults + _repeated(drafts, reader.places.get("title"), set(known))
    return Plan(drafts, sorted(faults, key=lambda each: (each.row, each.column or 0)), reader.strange)


def _repeated(drafts: Sequence[Draft], column: int | None, known: set[Key]) -> list[CellFault]:
    faults, seen = [], set[Key]()
    for draft in drafts:
        if draft.key in seen or draft.key in known:
            code = Code.TWICE if draft.key in seen else Code.KNOWN
            faults.append(CellFault(draft.row, column, code, draft.title))
        seen.add(draft.key)
    return faults


class _Reader:
    """Reads rows, collecting what is wrong with single cells."""

    def __init__(self, reading: Reading, names: UnitNames) -> None:
        self.faults: list[CellFault] = []
        self.strange: dict[str, int] = {}
        self.places = {meaning: index for index, meaning in reading.columns.items()}
        self._reading, self._names = reading, names

    def read(self, number: int, cells: Sequence[str]) -> Draft:
        said = {meaning: self._said(meaning, cells) for meaning in (*LENGTHS, "year", "rank")}
        for meaning, most in LENGTHS.items():
            if len(said[meaning]) > most:
                self._fault(number, meaning, Code.LONG, str(most))
        for meaning in ("edition", "title"):
            if not said[meaning]:
                self._fault(number, meaning, Code.MISSING)
        unit = self._unit(number, said["unit"])
        return Draft(
            number,
            said["edition"],
            self._year(number, said["year"]),
            said["title"],
            said["expansion"],
            unit.id if unit else None,
            said["unit"],
            said["group"],
            said["track"],
            said["people"],
            self._rank(number, said["rank"]),
            said["award"],
            said["summary"],
        )

    def _said(self, meaning: str, cells: Sequence[str]) -> str:
        index = self.places.get(meaning)
        text = cells[index] if index is not None and index < len(cells) else ""
        text = text.strip() if meaning in _LINED else " ".join(text.split())
        return text or {"edition": self._reading.edition, "year": self._reading.year}.get(meaning, "")

    def _fault(self, number: int, meaning: str, code: Code, value: str = "") -> None:
        self.faults.append(CellFault(number, self.places.get(meaning), code, value))

    def _year(self, number: int, text: str) -> int:
        if not text:
            self._fault(number, "year", Code.MISSING)
            return 0
        year = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            self._fault(number, "year", Code.YEAR, text)
        return year

    def _rank(self, number: int, text: str) -> int | None:
        found = _RANK.fullmatch(text)
        if text in ("", "-") or (found and int(found[1]) > 0):
            return int(found[1]) if found else None
        self._fault(number, "rank", Code.RANK, text)
        return None

    def _unit(self, number: int, text: str) -> UnitName | None:
        chosen = self._reading.units.get(text)
        unit = self._names.by_code.get(chosen or "") or self._names.find(text)
        if text and unit is None:
            self.strange[text] = self.strange.get(text, 0) + 1
            if chosen != NO_UNIT:
                self._fault(number, "unit", Code.UNKNOWN_UNIT, text)
        return None if chosen == NO_UNIT else unit

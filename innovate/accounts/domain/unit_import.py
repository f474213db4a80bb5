"""Reading a table of work units: what it would change, or every place where it is wrong. All or nothing."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from innovate.accounts.domain.tree import find_circle

MOST_ROWS = 5000
_HEADS = {
    "code": ("code", "kode"),
    "name": ("name", "nama", "nama unit", "nama unit kerja"),
    "short_name": ("short_name", "short name", "nama singkat", "nama_singkat", "singkatan"),
    "kind": ("kind", "jenis", "tipe"),
    "parent": ("parent", "induk", "kode induk", "kode_induk"),
    "valid_from": ("valid_from", "berlaku sejak", "berlaku_sejak", "mulai"),
    "valid_until": ("valid_until", "berlaku sampai", "berlaku_sampai", "selesai"),
}
COLUMNS = tuple(_HEADS)
_NEEDED = ("code", "name", "kind")
_LENGTHS = {"code": 60, "name": 200, "short_name": 80}
_QUOTED = re.compile(r"^'(?=[=+\-@])")  # how texts are kept from being run as formulas
_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")


class Fault(enum.StrEnum):
    """What is wrong with one cell."""

    EMPTY_FILE = "empty_file"
    NO_COLUMN = "no_column"
    TOO_MANY = "too_many"
    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_CODE = "bad_code"
    DUPLICATE = "duplicate"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_PARENT = "unknown_parent"
    CIRCLE = "circle"
    BAD_DATE = "bad_date"
    DATES_REVERSED = "dates_reversed"


@dataclass(frozen=True)
class CellFault:
    """A fault with its place: the row as a spreadsheet counts it (1 is the head), the column as the file calls it."""

    row: int
    column: str
    fault: Fault
    value: str = ""


@dataclass(frozen=True)
class UnitRow:
    """One unit as the table has it."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True)
class Plan:
    """What an import would do; with `faults` it may not be carried out."""

    rows: Sequence[UnitRow] = ()
    faults: Sequence[CellFault] = ()
    added: Collection[str] = field(default_factory=frozenset)
    changed: Collection[str] = field(default_factory=frozenset)


def plan_import(
    table: Sequence[Sequence[str]], existing: Mapping[str, UnitRow], kinds: Collection[str]
) -> Plan:
    """Compare a table (its first row names the columns) with the units there are."""
    lines = [(number, line) for number, line in enumerate(table, 1) if any(cell.strip() for cell in line)]
    if len(lines) < 2:
        return Plan(faults=[CellFault(1, "", Fault.EMPTY_FILE)])
    if len(lines) > MOST_ROWS + 1:
        return Plan(faults=[CellFault(MOST_ROWS + 2, "", Fault.TOO_MANY, str(MOST_ROWS))])
    heads = _find_columns(lines[0][1])
    if missing := [column for column in _NEEDED if column not in heads]:
        return Plan(faults=[CellFault(1, column, Fault.NO_COLUMN) for column in missing])
    reader = _Reader(heads, kinds)
    rows = [(number, _keep_absent(reader.read(number, line), existing, heads)) for number, line in lines[1:]]
    faults = reader.faults + list(_check_together(rows, existing, reader.names))
    found = [row for _, row in rows]
    return Plan(
        rows=found,
        faults=sorted(faults, key=lambda each: each.row),
        added={row.code for row in found if row.code not in existing},
        changed={row.code for row in found if row.code in existing and existing[row.code] != row},
    )


def _find_columns(heads: Sequence[str]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for index, head in enumerate(heads):
        plain = " ".join(head.split()).casefold()
        for column, names in _HEADS.items():
            if plain in names:
                found.setdefault(column, (index, head.strip()))
    return found


def _keep_absent(row: UnitRow, existing: Mapping[str, UnitRow], heads: Collection[str]) -> UnitRow:
    """What the table has no column for stays as it is."""
    if row.code not in existing:
        return row
    return replace(row, **{c: getattr(existing[row.code], c) for c in COLUMNS if c not in heads})


class _Reader:
    """Reads lines, collecting what is wrong with single cells."""

    def __init__(self, heads: Mapping[str, tuple[int, str]], kinds: Collection[str]) -> None:
        self.names = {column: name for column, (_, name) in heads.items()}
        self.faults: list[CellFault] = []
        self._at = {column: index for column, (index, _) in heads.items()}
        self._kinds = kinds

    def read(self, number: int, line: Sequence[str]) -> UnitRow:
        cells = {column: self._cell(line, column) for column in COLUMNS}
        cells["code"] = cells["code"].casefold()
        cells["kind"] = re.sub(r"[\s-]+", "_", cells["kind"].casefold())
        for column in _NEEDED:
            self._refuse_if(not cells[column], number, column, Fault.MISSING)
        for column, most in _LENGTHS.items():
            self._refuse_if(len(cells[column]) > most, number, column, Fault.TOO_LONG, str(most))
        code, kind = cells["code"], cells["kind"]
        self._refuse_if(bool(code) and not _CODE.fullmatch(code), number, "code", Fault.BAD_CODE, code)
        self._refuse_if(bool(kind) and kind not in self._kinds, number, "kind", Fault.UNKNOWN_KIND, kind)
        start, end = (self._date(number, column, cells[column]) for column in ("valid_from", "valid_until"))
        self._refuse_if(
            bool(start and end and end < start),
            number,
            "valid_until",
            Fault.DATES_REVERSED,
            cells["valid_until"],
        )
        parent = cells["parent"].casefold() or None
        return UnitRow(code, cells["name"], cells["short_name"], kind, parent, start, end)

    def _cell(self, line: Sequence[str], column: str) -> str:
        index = self._at.get(column)
        text = " ".join(line[index].split()) if index is not None and index < len(line) else ""
        return _QUOTED.sub("", text)

    def _refuse_if(self, wrong: bool, number: int, column: str, fault: Fault, value: str = "") -> None:
        if wrong:
            self.faults.append(CellFault(number, self.names.get(column, column), fault, value))

    def _date(self, number: int, column: str, text: str) -> date | None:
        found = parse_date(text)
        self._refuse_if(bool(text) and found is None, number, column, Fault.BAD_DATE, text)
        return found


def parse_date(text: str) -> date | None:
    """`2026-01-31`, `31-01-2026`, `31/1/2026`, `31.1.2026`; None for anything else."""
    for pattern, order in (
        (r"(\d{4})-(\d\d?)-(\d\d?)", (1, 2, 3)),
        (r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", (3, 2, 1)),
    ):
        if match := re.fullmatch(pattern, text):
            try:
                return date(*(int(match.group(n)) for n in order))
            except ValueError:
                return None
    return None


def _check_together(
    rows: Sequence[tuple[int, UnitRow]], existing: Mapping[str, UnitRow], names: Mapping[str, str]
) -> Iterator[CellFault]:
    seen: set[str] = set()
    codes = {row.code for _, row in rows} | set(existing)
    for number, row in rows:
        if row.code and row.code in seen:
            yield CellFault(number, names["code"], Fault.DUPLICATE, row.code)
        seen.add(row.code)
        if row.parent and row.parent not in codes:
            yield CellFault(number, names["parent"], Fault.UNKNOWN_PARENT, row.parent)
    parents = {code: unit.parent for code, unit in existing.items()} | {
        row.code: row.parent for _, row in rows
    }
    if circle := find_circle(parents):
        number = next((number for number, row in rows if row.code == circle), 1)
        yield CellFault(number, names.get("parent", "parent"), Fault.CIRCLE, circle)

"""A table's head and rows, whatever file they came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from innovate.results.domain.sheets.faults import BadTable, Fault, FaultCode, Faults
from innovate.results.domain.sheets.numbers import Cell, read_number

Row = tuple[int, Sequence[Cell]]  # its number as a spreadsheet counts, and its cells


@dataclass(frozen=True)
class Table:
    """`columns` as the file calls them, by plain name, in order; the `place` of each; the `rows` that hold anything."""

    columns: dict[str, str]
    place: dict[str, int]
    rows: list[Row]
    head: int

    def cell(self, row: Row, column: str) -> Cell:
        """One cell; None if empty."""
        index = self.place[column]
        value = row[1][index] if index < len(row[1]) else None
        return (value.strip() or None) if isinstance(value, str) else value

    def name(self, row: Row, column: str, faults: Faults) -> str:
        """A cell that must hold a name; a spreadsheet's number 12 is the name `12`."""
        name = say_cell(self.cell(row, column))
        if not name:
            faults.add(FaultCode.MISSING, row[0], self.columns[column])
        return name

    def number(self, row: Row, column: str, faults: Faults) -> float | None:
        """A cell that may hold a number; None if it is empty or, with a fault, is none."""
        cell = self.cell(row, column)
        if cell is None:
            return None
        value = read_number(cell)
        if isinstance(value, FaultCode):
            faults.add(value, row[0], self.columns[column], say_cell(cell))
            return None
        return value


def read_table(rows: Iterable[Row], faults: Faults, needed: Collection[str]) -> Table:
    """Find the head (the first row that holds anything) and what is below it. BadTable where columns are missing."""
    filled = (row for row in rows if any(say_cell(cell) for cell in row[1]))
    head = next(filled, None)
    if head is None:
        raise BadTable([Fault(FaultCode.EMPTY, 1, next(iter(needed)))])
    columns: dict[str, str] = {}
    place: dict[str, int] = {}
    for index, cell in enumerate(head[1]):
        shown = say_cell(cell)
        name = plain_name(shown)
        if name in columns:
            faults.add(FaultCode.COLUMN_TWICE, head[0], shown)
        elif name:
            columns[name], place[name] = shown, index
    for column in needed:
        if column not in columns:
            faults.add(FaultCode.NO_COLUMN, head[0], column, ", ".join(columns.values()))
    faults.stop()
    below = list(_within(filled, len(head[1]), faults))
    if not below and not faults.found:
        faults.add(FaultCode.EMPTY, head[0] + 1, next(iter(columns.values())))
    faults.stop()
    return Table(columns, place, below, head[0])


def _within(rows: Iterator[Row], width: int, faults: Faults) -> Iterator[Row]:
    for row in rows:
        extra = next((cell for cell in row[1][width:] if say_cell(cell)), None)
        if extra is not None:
            faults.add(FaultCode.EXTRA_CELL, row[0], str(width + 1), say_cell(extra))
        else:
            yield row


def plain_name(name: str) -> str:
    """A name to compare: one spelling of letters and spaces, no case."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def say_cell(cell: Cell) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFC", str(cell).strip())

"""Entries, jurors and pairs as tables in files, for a draw without a database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from innovate.scoring.domain.assignment.places import DrawInputs, EntryPlace, JurorPlace, Pair

IDEAS = ("idea", "track", "unit")
JURORS = ("juror", "tracks", "unit", "capacity")
PAIRS = ("idea", "juror")
MAX_CAPACITY = 1_000_000


class TableError(ValueError):
    """A file cannot be understood; the message names file, row and column."""


@dataclass(frozen=True)
class Line:
    """One row of a file, where it stands, and its cells by column."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, column: str, what: str) -> TableError:
        """An error at one of its cells."""
        return TableError(f"{self.file}: row {self.number}, column {column}: {what}")


def read_table(data: bytes, file: str, columns: Sequence[str]) -> list[Line]:
    """The rows of a CSV file with these columns (others are passed over), separated by comma, semicolon or tab.

    UTF-8 with or without a byte order mark, any line ends, empty lines passed over. TableError otherwise.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise TableError(f"{file}: row {row}: not UTF-8 text") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = _split(text, file, _separator(text))
    first = next(rows, None)
    if first is None:
        raise TableError(f"{file}: row 1: the file is empty; its first row must be {','.join(columns)}")
    place = _find_columns(first[1], first[0], file, columns)
    return [_line(cells, number, file, place, len(first[1])) for number, cells in rows]


def _separator(text: str) -> str:
    head = text.lstrip("\n").partition("\n")[0]
    return next((sign for sign in (",", ";", "\t") if sign in head), ",")


def _split(text: str, file: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
            number = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"{file}: row {number}: {error}") from None


def _find_columns(head: list[str], number: int, file: str, columns: Sequence[str]) -> dict[str, int]:
    names = [name.casefold() for name in head]
    for column in columns:
        if names.count(column) != 1:
            what = "is missing" if column not in names else "stands there twice"
            raise TableError(f"{file}: row {number}, column {column}: {what} (found: {', '.join(head)})")
    return {column: names.index(column) for column in columns}


def _line(cells: list[str], number: int, file: str, place: Mapping[str, int], width: int) -> Line:
    if len(cells) > width:
        raise TableError(f"{file}: row {number}, column {width + 1}: more cells than the first row has")
    for column, index in place.items():
        if index >= len(cells):
            raise TableError(f"{file}: row {number}, column {column}: the cell is missing")
    return Line(file, number, {column: cells[index] for column, index in place.items()})


def _keyed(lines: Iterable[Line], column: str) -> dict[str, Line]:
    found: dict[str, Line] = {}
    for line in lines:
        name = line[column]
        if not name:
            raise line.fault(column, "is empty")
        if name in found:
            raise line.fault(column, f"{name!r} stands in row {found[name].number} already")
        found[name] = line
    return found


@dataclass(frozen=True)
class Files:
    """The inputs of a draw, and the names behind their keys (the places in these lists)."""

    inputs: DrawInputs
    ideas: list[str]
    jurors: list[str]

    def name_pairs(self, pairs: Iterable[Pair]) -> str:
        """A table of pairs as a file."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(PAIRS)
        writer.writerows((self.ideas[idea], self.jurors[juror]) for idea, juror in pairs)
        return out.getvalue()


def read_files(
    ideas: tuple[str, bytes], jurors: tuple[str, bytes], conflicts: tuple[str, bytes] | None, k: int
) -> Files:
    """The inputs of a draw out of files, each given as its name and content.

    Who works in an entry's unit has a conflict; an empty unit has none with anybody.
    """
    entries = _keyed(read_table(ideas[1], ideas[0], IDEAS), "idea")
    people = _keyed(read_table(jurors[1], jurors[0], JURORS), "juror")
    known = {name: n for n, name in enumerate(entries)}, {name: n for n, name in enumerate(people)}
    forbidden = set(_same_unit(list(entries.values()), list(people.values())))
    if conflicts is not None:
        forbidden.update(_read_pairs(read_table(conflicts[1], conflicts[0], PAIRS), *known))
    inputs = DrawInputs(
        ideas=[EntryPlace(n, line["track"]) for n, line in enumerate(entries.values())],
        jurors=[
            JurorPlace(n, _capacity(line), frozenset(_tracks(line["tracks"])))
            for n, line in enumerate(people.values())
        ],
        k=k,
        forbidden=frozenset(forbidden),
    )
    return Files(inputs, list(entries), list(people))


def _tracks(cell: str) -> list[str]:
    return [track for track in map(str.strip, cell.split(";")) if track]


def _capacity(line: Line) -> int | None:
    cell = line["capacity"]
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", cell) or int(cell) > MAX_CAPACITY:
        raise line.fault("capacity", f"{cell!r} is not a whole number from 0 to {MAX_CAPACITY}")
    return int(cell)


def _same_unit(ideas: Sequence[Line], jurors: Sequence[Line]) -> Iterator[Pair]:
    at: dict[str, list[int]] = {}
    for number, juror in enumerate(jurors):
        at.setdefault(juror["unit"], []).append(number)
    for number, idea in enumerate(ideas):
        if unit := idea["unit"]:
            yield from ((number, juror) for juror in at.get(unit, ()))


def _read_pairs(lines: Iterable[Line], ideas: Mapping[str, int], jurors: Mapping[str, int]) -> Iterator[Pair]:
    for line in lines:
        for column, known in (("idea", ideas), ("juror", jurors)):
            if line[column] not in known:
                raise line.fault(column, f"{line[column]!r} is not among the {column}s")
        yield ideas[line["idea"]], jurors[line["juror"]]

"""The rows of a CSV or XLSX file, each with its number; what they mean is for others to say."""

from __future__ import annotations

import csv
import enum
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Cell = str | int | float | None
Row = tuple[int, Sequence[Cell]]

LARGEST = 50 * 1024 * 1024
MOST_ROWS = 1_000_000
LARGEST_UNPACKED = 300 * 1024 * 1024
WIDEST = 64  # cells a row may have on average: one cell at the edge of a sheet fills its row with empty ones
_SEPARATORS = (",", ";", "\t")
_PACKED = b"PK\x03\x04"
_QUOTED = re.compile(r'"[^"]*"')
# No part of it looks beyond the next cell: an archive of two megabytes may hold millions of cells that never end.
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*[^<>/])?>((?:[^<]|<(?!/?c[ >]))*+)</c>', re.DOTALL
)
_VALUE = re.compile(rb"<v>[^<]")
_SAID = re.compile(r"sep=([,;\t])\n")  # how Excel names the separator in the first line


class Reason(enum.StrEnum):
    """Why a file cannot be read."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    NOT_TEXT = "not_text"  # neither UTF-8 nor UTF-16
    NOT_CSV = "not_csv"
    NOT_XLSX = "not_xlsx"
    NO_RESULT = (
        "no_result"  # a formula that was never computed: the program that wrote the file left its value out
    )


class Unreadable(ValueError):
    """The file is no table; `row` and `column` (counted from 1) say where it broke."""

    def __init__(self, reason: Reason, row: int = 1, column: int = 1) -> None:
        super().__init__(f"row {row}, column {column}: {reason}")
        self.reason, self.row, self.column = reason, row, column


def read_rows(
    content: bytes,
    *,
    most_rows: int = MOST_ROWS,
    largest_unpacked: int = LARGEST_UNPACKED,
    needs_results: bool = True,
) -> list[Row]:
    """Every row of the first sheet or of the text; numbers of a spreadsheet stay numbers. Unreadable if it is neither.

    Text is UTF-8, with or without its mark, or UTF-16 with one; cells are separated by comma, semicolon or tab, by
    whichever makes most of the head. Without `needs_results` a formula that was never computed is an empty cell.
    """
    if len(content) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE)
    is_packed = content.startswith(_PACKED)
    rows = (
        _read_xlsx(content, largest_unpacked, needs_results=needs_results)
        if is_packed
        else _read_csv(_decode(content))
    )
    found: list[Row] = []
    cells = 0
    for row in rows:
        cells += len(row[1])
        if len(found) >= most_rows:
            raise Unreadable(Reason.TOO_MANY_ROWS, row[0])
        if cells > most_rows * WIDEST:
            raise Unreadable(Reason.TOO_WIDE, row[0])
        found.append(row)
    return found


@dataclass(frozen=True)
class Look:
    """What a workbook holds besides the values of its first sheet: the names of its sheets, and the cells (row and
    column from 1) of the first whose formula was never computed. Of a text there is nothing.
    """

    sheets: list[str] = field(default_factory=list)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)


def look_into_workbook(content: bytes, *, largest_unpacked: int = LARGEST_UNPACKED) -> Look:
    """What `read_rows` does not tell. Unreadable as there."""
    if not content.startswith(_PACKED):
        return Look()
    from openpyxl import load_workbook

    with _unpacked(content, largest_unpacked) as packed:
        book = load_workbook(io.BytesIO(content), read_only=True)
        names = [sheet.title for sheet in book.worksheets]
        return Look(names, sorted(_find_uncomputed(_first_sheet(packed, book))))


def unfolds_too_far(content: bytes, largest: int = LARGEST_UNPACKED) -> bool:
    """Whether the parts of a workbook become too large together; told from its list of parts, before any is unpacked.

    BadZipFile if it is no archive.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sum(part.file_size for part in packed.infolist()) > largest


def _decode(content: bytes) -> str:
    try:
        is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Reason.NOT_TEXT, *_find(content[: error.start].decode("latin-1"))) from None
    if "\0" in text:
        raise Unreadable(Reason.NOT_TEXT, *_find(text[: text.index("\0")]))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find(before: str) -> tuple[int, int]:
    """Row and column of the place after a text."""
    line = before.rpartition("\n")[2]
    return before.count("\n") + 1, 1 + max(map(line.count, _SEPARATORS))


def _read_csv(text: str) -> Iterator[Row]:
    said = _SAID.match(text)
    before = 1 if said else 0  # lines above
    text = text[said.end() :] if said else text
    head = _QUOTED.sub("", text.lstrip("\n").partition("\n")[0])
    separator = said[1] if said else max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = before + 1
    try:
        for cells in reader:
            yield number, cells
            number = before + reader.line_num + 1
    except csv.Error:
        raise Unreadable(Reason.NOT_CSV, number) from None


def _read_xlsx(content: bytes, largest_unpacked: int, *, needs_results: bool) -> Iterator[Row]:
    from openpyxl import load_workbook

    with _unpacked(content, largest_unpacked) as packed:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for place in _find_uncomputed(_first_sheet(packed, book)) if needs_results else ():
            raise Unreadable(Reason.NO_RESULT, *place)
        for number, values in _iter_rows(book.worksheets[0]):
            yield number, [_cell(value) for value in values]


def _first_sheet(packed: zipfile.ZipFile, book: Any) -> bytes:
    return packed.read(book.worksheets[0]._worksheet_path)  # noqa: SLF001 - the part behind it


@contextmanager
def _unpacked(content: bytes, largest: int) -> Iterator[zipfile.ZipFile]:
    """The archive of a workbook, once it is known not to be too large; Unreadable for whatever is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > largest:
                raise Unreadable(Reason.TOO_LARGE)
            yield packed
    except (zipfile.BadZipFile, zlib.error, KeyError, IndexError, TypeError, SyntaxError, OSError) as error:
        raise Unreadable(Reason.NOT_XLSX) from error
    except ValueError as error:
        raise error if isinstance(error, Unreadable) else Unreadable(Reason.NOT_XLSX) from error


def _find_uncomputed(sheet: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of formulas that were never computed: their cell has no value, and is not one whose result is an
    empty text.
    """
    for column, row, about, inside in _FORMULA.findall(sheet) if b"<f" in sheet else ():
        if b"<f" in inside and b't="str"' not in about and not _VALUE.search(inside):
            number = 0
            for letter in column:
                number = 26 * number + letter - 64
            yield int(row), number


def _iter_rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    sheet.reset_dimensions()
    yield from enumerate(sheet.iter_rows(values_only=True), 1)


def _cell(value: Any) -> Cell:
    return value if value is None or isinstance(value, str | int | float) else str(value)

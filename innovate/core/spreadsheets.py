"""The rows of a CSV or XLSX file, each with its number; what they mean is for others to say."""

from __future__ import annotations

import csv
import enum
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

Cell = str | int | float | None
Row = tuple[int, Sequence[Cell]]

LARGEST = 50 * 1024 * 1024
MOST_ROWS = 1_000_000
LARGEST_UNPACKED = 300 * 1024 * 1024
WIDEST = 64  # cells a row may have on average: one cell at the edge of a sheet fills its row with empty ones
_SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile(r'"[^"]*"')
_FORMULA = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*[^/])?>(.*?)</c>', re.DOTALL)
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
    content: bytes, *, most_rows: int = MOST_ROWS, largest_unpacked: int = LARGEST_UNPACKED
) -> list[Row]:
    """Every row of the first sheet or of the text; numbers of a spreadsheet stay numbers. Unreadable if it is neither.

    Text is UTF-8, with or without its mark, or UTF-16 with one; cells are separated by comma, semicolon or tab, by
    whichever makes most of the head.
    """
    if len(content) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE)
    is_packed = content.startswith(b"PK\x03\x04")
    rows = _read_xlsx(content, largest_unpacked) if is_packed else _read_csv(_decode(content))
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


def _read_xlsx(content: bytes, largest_unpacked: int) -> Iterator[Row]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > largest_unpacked:
                raise Unreadable(Reason.TOO_LARGE)
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet: Any = book.worksheets[0]
            _require_results(packed.read(sheet._worksheet_path))  # noqa: SLF001 - the part behind the first sheet
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [_cell(value) for value in values]
    except (zipfile.BadZipFile, KeyError, IndexError, TypeError, SyntaxError, OSError) as error:
        raise Unreadable(Reason.NOT_XLSX) from error
    except ValueError as error:
        raise error if isinstance(error, Unreadable) else Unreadable(Reason.NOT_XLSX) from error


def _require_results(sheet: bytes) -> None:
    """Refuse a formula that was never computed: its cell has no value, and is not one whose result is an empty text."""
    for column, row, about, inside in _FORMULA.findall(sheet) if b"<f" in sheet else ():
        if b"<f" in inside and b't="str"' not in about and not _VALUE.search(inside):
            number = 0
            for letter in column:
                number = 26 * number + letter - 64
            raise Unreadable(Reason.NO_RESULT, int(row), number)


def _cell(value: Any) -> Cell:
    return value if value is None or isinstance(value, str | int | float) else str(value)

"""Tables of work units as files: CSV as any spreadsheet writes it, XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.domain.unit_import import COLUMNS, MOST_ROWS, UnitRow
from innovate.core.errors import Refused, require
from innovate.core.spreadsheets import unfolds_too_far

LARGEST_UNPACKED = 40 * 1024 * 1024  # of a workbook
_MOST_COLUMNS = 40
_DELIMITERS = ",;\t|"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_table(content: bytes, filename: str) -> list[list[str]]:
    """The cells of the first sheet as text, at most MOST_ROWS + 2 rows; Refused if it is no table."""
    if content.startswith(b"PK") or filename.lower().endswith(".xlsx"):
        return _read_xlsx(content)
    return _read_csv(content)


def _read_csv(content: bytes) -> list[list[str]]:
    text = _decode(content)
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [line[:_MOST_COLUMNS] for line in islice(lines, MOST_ROWS + 2)]
    except csv.Error as error:
        raise Refused(_l("Berkas ini tidak dapat dibaca sebagai CSV."), field="file") from error


def _decode(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else what Windows spreadsheets write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\x00" in text:
        raise Refused(_l("Berkas ini tidak dapat dibaca sebagai CSV."), field="file")
    return text


def _read_xlsx(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    try:
        large = Refused(_l("Berkas ini menjadi terlalu besar ketika dibuka."), field="file")
        require(not unfolds_too_far(content, LARGEST_UNPACKED), large)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS, values_only=True)
        return [_without_tail([_cell(value) for value in row]) for row in rows]
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, SyntaxError, OSError) as error:
        raise Refused(_l("Berkas ini tidak dapat dibaca sebagai XLSX."), field="file") from error


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def write_csv(rows: Iterable[UnitRow]) -> str:
    """The units as a table that `read_table` reads back, with a mark so that spreadsheets see UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_safe(getattr(row, column)) for column in COLUMNS])
    return "\ufeff" + target.getvalue()


def _safe(value: object) -> str:
    """A text that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def rows_from_yaml(entries: Sequence[dict[str, Any]]) -> list[list[str]]:
    """The seed file as a table."""
    return [list(COLUMNS), *([str(entry.get(column) or "") for column in COLUMNS] for entry in entries)]

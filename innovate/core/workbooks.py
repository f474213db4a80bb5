"""Workbooks of several sheets: numbers as numbers, text as text, never a formula or a link."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.core import clock

LONGEST_CELL = 32_767  # characters that a spreadsheet keeps
_WIDTHS = (10, 60)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot hold


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its column titles, and rows of None, text, numbers and local date-times."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file; each sheet with the title above, its heads kept in view and a filter."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": clock.now().replace(tzinfo=None)})
        bold, large = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"bold": True, "font_size": 14}),
        )
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for sheet in sheets:
            page = book.add_worksheet(_FORBIDDEN.sub(" ", sheet.name)[:31])
            page.write_string(0, 0, title, large)
            for column, head in enumerate(sheet.heads):
                page.write_string(2, column, head, bold)
            widths = [len(head) for head in sheet.heads]
            line = 2
            for line, row in enumerate(sheet.rows, 3):
                for column, value in enumerate(row):
                    _write(page, line, column, value, instant)
                    widths[column] = max(widths[column], len(str(value)) if value is not None else 0)
            page.freeze_panes(3, 0)
            page.autofilter(2, 0, line, len(sheet.heads) - 1)
            for column, width in enumerate(widths):
                page.set_column(column, column, min(max(width + 2, _WIDTHS[0]), _WIDTHS[1]))
    return out.getvalue()


def _write(page: Any, line: int, column: int, value: Any, instant: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        page.write_datetime(line, column, value.replace(tzinfo=None), instant)
    elif isinstance(value, int | float):
        page.write_number(line, column, value)
    else:
        page.write_string(line, column, _INVISIBLE.sub("", str(value))[:LONGEST_CELL])

"""A file of questions read and planned; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.core.spreadsheets import Cell, Reason, Unreadable, read_rows
from innovate.learning.policy import Guest
from innovate.quizzes.domain.sheet import MOST_ROWS, Plan, make_plan
from innovate.quizzes.queries.bank import list_bank

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024


def plan_sheet(guest: Guest, content: bytes, *, for_site: bool) -> Plan:
    """What saving the sheet would bring, or every wrong cell. Refused if it is no sheet."""
    large = _l(
        "Berkas ini terlalu besar; paling banyak %(size)s MB dan %(rows)s baris.",
        size=LARGEST_FILE // (1024 * 1024),
        rows=MOST_ROWS,
    )
    require(len(content) <= LARGEST_FILE, Refused(large, field="file"))
    try:
        rows = read_rows(
            content, most_rows=MOST_ROWS + 2, largest_unpacked=LARGEST_UNPACKED, needs_results=False
        )
    except Unreadable as error:
        if error.reason in (Reason.TOO_LARGE, Reason.TOO_MANY_ROWS, Reason.TOO_WIDE):
            raise Refused(large, field="file") from error
        raise Refused(_l("Berkas ini tidak dapat dibaca sebagai CSV atau XLSX."), field="file") from error
    lines = [(number, [_text(cell) for cell in cells]) for number, cells in rows]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    known = [row.question.version.text for row in list_bank(None if for_site else guest.activity.id)]
    return make_plan(_from_head(lines), known)


def _from_head(lines: Sequence[tuple[int, list[str]]]) -> Sequence[tuple[int, list[str]]]:
    """The rows from the titles of the columns on: our own sample has its name above them."""
    for index, (_number, cells) in enumerate(lines[:5]):
        if sum(bool(cell) for cell in cells) > 1:
            return lines[index:]
    return lines


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\x00", "").replace("\r\n", "\n").strip()

"""The organizer's overview as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.endorsement.queries.overview import UnitLine

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def heads() -> list[str]:
    """Column titles in the reader's language."""
    return [
        _("Unit"),
        _("Masih ditulis"),
        _("Menunggu unit"),
        _("Perlu perbaikan"),
        _("Berubah"),
        _("Disahkan"),
        _("Diajukan"),
        _("Ditarik"),
        _("Kuota terpakai"),
        _("Kuota"),
        _("Koordinator"),
    ]


def cells(line: UnitLine) -> list[Any]:
    """One unit."""
    return [
        line.unit or _("Tanpa unit"),
        line.writing,
        line.waiting,
        line.returned,
        line.changed,
        line.endorsed,
        line.submitted,
        line.withdrawn,
        line.taken,
        line.quota,
        line.coordinators,
    ]


def as_csv(lines: Sequence[UnitLine]) -> bytes:
    """UTF-8 with a byte order mark. Text that a spreadsheet would run is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads())
    for line in lines:
        writer.writerow([_harmless(cell) for cell in cells(line)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def as_xlsx(title: str, lines: Sequence[UnitLine]) -> bytes:
    """A workbook with one sheet."""
    return write_workbook(title, [Sheet(_("Unit"), heads(), [cells(line) for line in lines])])

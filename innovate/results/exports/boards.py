"""Boards as files: CSV for machines, XLSX for the office."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from innovate.results.domain.standing import Row
from innovate.results.models import StandingRow

AnyRow = Row | StandingRow
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def heads(*, scores: bool) -> list[str]:
    """Column titles in the reader's language."""
    titles = [
        _("Kelompok"),
        _("Peringkat"),
        _("Peringkat dalam kategori"),
        _("Kategori"),
        _("Nomor"),
        _("Judul"),
    ]
    titles += [_("Tim"), _("Unit kerja tim"), _("Penghargaan"), _("Jumlah penilaian")]
    return [*titles, _("Nilai akhir")] if scores else titles


def cells(row: AnyRow, *, scores: bool, names: bool = True) -> list[Any]:
    """One row; the score rounded to the two decimals that are published, and none where there is no rank.

    Without `names` team and unit stay empty.
    """
    values: list[Any] = [row.group_code, row.rank, row.track_rank, row.track_code, row.number, row.title]
    values += [row.team_name if names else "", row.unit_name if names else "", row.award, row.ballots]
    published = None if row.score is None or row.rank is None else round(row.score, 2)
    return [*values, published] if scores else values


def as_csv(rows: Iterable[AnyRow], *, scores: bool, names: bool = True) -> bytes:
    """UTF-8 with a byte order mark, commas, decimal points. Text that a spreadsheet would run is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads(scores=scores))
    for row in rows:
        writer.writerow([harmless(value) for value in cells(row, scores=scores, names=names)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(value: Any) -> Any:
    """A text that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def as_xlsx(title: str, rows: Sequence[AnyRow], *, scores: bool, names: bool = True) -> bytes:
    """A workbook with one sheet, headings kept in view, numbers as numbers and text never as a formula."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Peringkat"))
        bold, two = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.00"})
        sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_row(2, 0, heads(scores=scores), bold)
        for n, row in enumerate(rows, 3):
            for column, value in enumerate(cells(row, scores=scores, names=names)):
                sheet.write(n, column, value, two if isinstance(value, float) else None)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, max(2, len(rows) + 2), len(heads(scores=scores)) - 1)
        sheet.set_column(0, 4, 12)
        sheet.set_column(5, 8, 34)
        sheet.set_column(9, 10, 14)
    return out.getvalue()

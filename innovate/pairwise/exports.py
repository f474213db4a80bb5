"""A contest's outcome as files: CSV for machines, XLSX for the office."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask_babel import gettext as _

from innovate.core import clock
from innovate.pairwise.queries.outcome import Outcome, OutcomeRow

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def heads(cut: int) -> list[str]:
    """Column titles in the reader's language."""
    return [
        _("Peringkat banding"),
        _("Terbaik"),
        _("Terburuk"),
        _("Kemungkinan masuk %(cut)s besar (%%)", cut=cut),
        _("Nomor"),
        _("Judul"),
        _("Tim"),
        _("Stan"),
        _("Kekuatan"),
        _("Galat baku"),
        _("Jumlah perbandingan"),
        _("Rata-rata rubrik"),
        _("Peringkat rubrik"),
        _("Jumlah penilaian"),
    ]


def cells(row: OutcomeRow) -> list[Any]:
    """One row; ability and error in logits, three decimals."""
    stall, place = row.stall, row.place
    return [
        place.rank,
        place.rank_low,
        place.rank_high,
        round(100 * place.chance),
        stall.number,
        stall.title,
        stall.team,
        stall.stand,
        round(place.ability, 3),
        round(place.error, 3),
        row.compared,
        None if row.raw is None else round(row.raw, 2),
        row.raw_rank,
        row.ballots,
    ]


def as_csv(outcome: Outcome, cut: int) -> bytes:
    """UTF-8 with a byte order mark, commas, decimal points. Text that a spreadsheet would run is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads(cut))
    for row in outcome.rows:
        writer.writerow([_harmless(value) for value in cells(row)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def as_xlsx(title: str, outcome: Outcome, cut: int) -> bytes:
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
        book.set_properties({"created": clock.now().replace(tzinfo=None)})
        sheet = book.add_worksheet(_("Banding"))
        sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_row(2, 0, heads(cut), book.add_format({"bold": True, "bottom": 1}))
        for n, row in enumerate(outcome.rows, 3):
            sheet.write_row(n, 0, cells(row))
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, max(2, len(outcome.rows) + 2), len(heads(cut)) - 1)
        sheet.set_column(0, 4, 12)
        sheet.set_column(5, 6, 34)
        sheet.set_column(7, 13, 14)
    return out.getvalue()

"""Boards as files: CSV for machines, XLSX for the office."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.numbers import round_half_up
from innovate.results.domain.placing import read_decision
from innovate.results.domain.standing import Row
from innovate.results.models import StandingRow
from innovate.results.words.places import say_decision

AnyRow = Row | StandingRow
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Look:
    """What of a board a file shows: scores, names of teams and units; `criteria` name decisions of ties."""

    scores: bool
    names: bool = True
    criteria: Sequence[str] = ()


def heads(look: Look) -> list[str]:
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
    sure = [_("Peringkat terbaik yang wajar"), _("Peringkat terendah yang wajar"), _("Penentu peringkat")]
    if not look.scores:
        return [*titles, *sure]
    points = [_("Nilai akhir"), _("Rata-rata"), _("Peringkat menurut rata-rata"), _("Galat baku")]
    return [*titles, *points, _("Nilai paling rendah"), _("Nilai paling tinggi"), *sure]


def cells(row: AnyRow, look: Look) -> list[Any]:
    """One row; scores rounded to the two decimals that are published, and none where there is no rank.

    Without names team and unit stay empty.
    """
    values: list[Any] = [row.group_code, row.rank, row.track_rank, row.track_code, row.number, row.title]
    shown = (row.team_name, row.unit_name) if look.names else ("", "")
    values += [*shown, row.award, row.ballots]
    decision = read_decision(row.tie)
    sure = [row.rank_low, row.rank_high, say_decision(decision, look.criteria) if decision else ""]
    if not look.scores:
        return [*values, *sure]
    points = [row.score, row.raw, row.raw_rank, row.se, row.low, row.high]
    published = [_round(value) if row.rank is not None else None for value in points]
    return [*values, *published, *sure]


def _round(value: float | None) -> float | None:
    return float(round_half_up(value, 2)) if isinstance(value, float) else value


def as_csv(rows: Iterable[AnyRow], look: Look) -> bytes:
    """UTF-8 with a byte order mark, commas, decimal points. Text that a spreadsheet would run is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads(look))
    for row in rows:
        writer.writerow([harmless(value) for value in cells(row, look)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(value: Any) -> Any:
    """A text that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def as_xlsx(title: str, rows: Sequence[AnyRow], look: Look) -> bytes:
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
        sheet = book.add_worksheet(_("Peringkat"))
        bold, two = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.00"})
        sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_row(2, 0, heads(look), bold)
        for n, row in enumerate(rows, 3):
            for column, value in enumerate(cells(row, look)):
                sheet.write(n, column, value, two if isinstance(value, float) else None)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, max(2, len(rows) + 2), len(heads(look)) - 1)
        sheet.set_column(0, 4, 12)
        sheet.set_column(5, 8, 34)
        sheet.set_column(9, 18, 14)
    return out.getvalue()

"""Files the upload page hands out: a sheet to fill in, and the list of what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.intake.domain.cells import address
from innovate.intake.domain.faults import CellFault
from innovate.intake.domain.world import Pair, World
from innovate.intake.words import say_fault
from innovate.scoring.models.rounds import Round

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_example(round_: Round, world: World, pairs: Sequence[Pair]) -> bytes:
    """A wide sheet with a row for each pair, to be filled in."""
    criteria = list(world.criteria.values())
    heads = [_("Nomor karya"), _("Judul"), _("Nama juri"), _("Surel juri"), *(c.name for c in criteria)]
    rows = []
    for idea, juror in pairs:
        entry, judge = world.entries[idea], world.jurors[juror]
        rows.append([entry.number, entry.title, judge.full_name, judge.email])
    sheet = Sheet(_("Nilai"), [*heads, _("Catatan untuk tim"), _("Catatan internal")], rows)
    return write_workbook(_("Nilai %(round)s", round=round_.phase.name), [sheet])


def write_faults(names: Sequence[str], faults: Sequence[CellFault]) -> bytes:
    """Every fault as a line of CSV: file, cell, what stands there, what is wrong."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_("Berkas"), _("Sel"), _("Isi"), _("Kesalahan")])
    for fault in faults:
        cells = (names[fault.file], address(fault.row, fault.column), fault.value, say_fault(fault))
        writer.writerow([_plain(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

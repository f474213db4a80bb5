"""The conflict board as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.queries.board import Edge

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def conflicts_as_csv(edges: Iterable[Edge], texts: Mapping[Reason, Any]) -> bytes:
    """UTF-8 with a byte order mark. Text that a spreadsheet would run is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    heads = [_("Juri"), _("Unit juri"), _("Nomor"), _("Judul"), _("Tim"), _("Unit pengusul")]
    writer.writerow([*heads, _("Sumber"), _("Sebab"), _("Keterangan"), _("Keadaan")])
    for edge in edges:
        writer.writerow([_harmless(value) for value in _cells(edge, texts)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(edge: Edge, texts: Mapping[Reason, Any]) -> list[Any]:
    juror, entry = edge.juror, edge.entry
    source = _("terdeteksi") if edge.reason.is_detected else _("dinyatakan")
    state = _("berlaku")
    if edge.is_lifted:
        state = _("dikecualikan")
    elif edge.is_proposed:
        state = _("berlaku, pengecualian diusulkan")
    said = edge.said or (edge.dismissal.proposed_reason if edge.dismissal else "")
    names = [juror.name, juror.unit, entry.number, entry.title, entry.team, entry.unit]
    return [*names, source, str(texts[edge.reason]), said, state]


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value

"""The trail as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from innovate.audit.exports.lines import Change, Line, Row, read_lines
from innovate.audit.exports.values import PRIVATE

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_csv(chunks: Iterable[list[Row]], zone: str | None = None) -> bytes:
    """UTF-8 with a byte order mark; the words of the page, the code of the action, and the values as they are kept.

    Text that a spreadsheet would run is made harmless.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    heads = [_("Nomor"), _("Waktu"), _("Pelaku"), _("Tindakan"), _("Menyangkut"), _("Jenis"), _("Perubahan")]
    writer.writerow([*heads, _("Kode tindakan"), _("Nilai tersimpan")])
    for chunk in chunks:
        for line in read_lines(chunk, zone):
            writer.writerow([_harmless(cell) for cell in _cells(line, zone)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(line: Line, zone: str | None) -> list[Any]:
    changes = "; ".join(_say(change) for change in line.changes)
    if line.is_erased:
        changes = _("dihapus atas permintaan pemilik data")
    kept = json.dumps(_masked(line.values), ensure_ascii=False) if line.values else ""
    at = line.at.astimezone(ZoneInfo(zone) if zone else UTC).isoformat(" ", "seconds")
    return [
        line.number,
        at,
        line.actor,
        line.sentence,
        line.subject,
        line.kind,
        changes,
        line.action,
        kept,
    ]


def _say(change: Change) -> str:
    if change.before is None or change.after is None:
        return f"{change.label}: {change.before or change.after}"
    return f"{change.label}: {change.before} → {change.after}"


def _masked(values: Any) -> Any:
    """Without anybody's NIP and telephone: a file is passed on."""
    if isinstance(values, dict):
        return {key: "•••" if key in PRIVATE and kept else _masked(kept) for key, kept in values.items()}
    return values


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value

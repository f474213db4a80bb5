"""Files of partners."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from innovate.partners.models.teams import StatementAcceptance

_HEAD = ("pernyataan", "jenis", "versi", "berlaku_sejak", "tim", "anggota", "disetujui", "isi")


def write_acceptances(rows: Sequence[tuple[StatementAcceptance, str]], zone: str) -> str:
    """CSV of acceptances with the text that was accepted; no value is read as a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(_HEAD)
    clock = ZoneInfo(zone)
    for row, team in rows:
        statement = row.statement
        values = (
            statement.title,
            statement.kind.value,
            str(statement.version),
            statement.written_at.astimezone(clock).isoformat(timespec="minutes"),
            team,
            row.user.full_name,
            row.accepted_at.astimezone(clock).isoformat(timespec="seconds"),
            statement.text,
        )
        writer.writerow([f"'{value}" if value[:1] in "=+-@\t\r" else value for value in values])
    return "\ufeff" + target.getvalue()

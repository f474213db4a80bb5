"""Rekapitulasi nilai: each group's ranking with what every juror gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from innovate.documents.queries.given import map_totals
from innovate.documents.services.letters import Table, write_table
from innovate.documents.services.rows import show_number, show_rank, show_score
from innovate.events.models import Event
from innovate.results.models import StandingRow
from innovate.results.queries.boards import BoardView
from innovate.results.queries.packs import name_groups
from innovate.results.queries.snapshots import list_all_rows
from innovate.scoring.queries.jury import JurorRow

MOST_JURORS = 12  # columns that a page still holds
_NARROW = 6


def write_recap(event: Event, view: BoardView, jury: Sequence[JurorRow]) -> dict[str, Any]:
    """The tables of a recapitulation. With a larger jury the columns of jurors stay in the committee's workbook."""
    shown = list(jury) if len(jury) <= MOST_JURORS else []
    totals = map_totals(view.round.id)
    names = name_groups(event.id)
    groups: dict[str, list[StandingRow]] = {}
    for row in list_all_rows(view.board.snapshot_id or 0) if view.board else ():
        groups.setdefault(row.group_code, []).append(row)
    return {
        "rankings": [
            _write_group(names.get(code, code), rows, shown, totals) for code, rows in groups.items()
        ],
        "legend": write_table(
            ["Kolom", "Nama", "Kedudukan"],
            [
                [f"J{n}", juror.user.full_name, "Ketua" if juror.is_chair else "Anggota"]
                for n, juror in enumerate(shown, 1)
            ],
            ["auto", "3", "2"],
            "lll",
        ),
    }


def _write_group(
    title: str,
    rows: Sequence[StandingRow],
    jury: Sequence[JurorRow],
    totals: dict[tuple[int, int], float],
) -> Table:
    jurors = [f"J{n}" for n in range(1, len(jury) + 1)]
    heads = ["Peringkat", "No.", "Inovasi dan tim", "Perangkat daerah", *jurors, "Rata-rata", "Nilai akhir"]
    lines = [
        [
            show_rank(row),
            show_number(row.number),
            f"{row.title} ({row.team_name})",
            row.unit_name,
            *(show_score(totals.get((row.idea_id, juror.user.id))) for juror in jury),
            show_score(row.raw),
            show_score(row.score),
        ]
        for row in rows
    ]
    widths = ["auto", "auto", "4", "3", *["auto"] * len(jurors), "auto", "auto"]
    table = write_table(heads, lines, widths, "rrll" + "r" * (len(jurors) + 2), title)
    return table | {"size": 7 if len(jurors) > _NARROW else 8}

"""Comparisons out of a table `winner,loser[,count][,juror]`."""

from __future__ import annotations

from collections.abc import Iterable

from innovate.results.domain.sheets.faults import FaultCode, Faults
from innovate.results.domain.sheets.table import Row, read_table

COLUMNS = ("winner", "loser")


def read_votes(rows: Iterable[Row]) -> list[tuple[str, str, float]]:
    """(winner, loser, count) of each row, the count 1 where none is given. BadTable names every cell that is wrong."""
    faults = Faults()
    table = read_table(rows, faults, COLUMNS)
    votes = []
    for row in table.rows:
        winner, loser = (table.name(row, column, faults) for column in COLUMNS)
        count = table.number(row, "count", faults) if "count" in table.columns else None
        if winner and winner == loser:
            faults.add(FaultCode.ITSELF, row[0], table.columns["loser"], loser)
        if count is not None and count < 0:
            faults.add(FaultCode.BAD_COUNT, row[0], table.columns["count"], f"{count:g}")
        votes.append((winner, loser, 1.0 if count is None else count))
    faults.stop()
    return votes

"""Criteria out of a table `criterion,weight,min,max`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from innovate.results.domain.sheets.faults import FaultCode, Faults
from innovate.results.domain.sheets.table import Row, Table, plain_name, read_table

COLUMNS = ("criterion", "weight", "min", "max")


@dataclass(frozen=True)
class Criterion:
    """One criterion: its weight (>= 0, any scale) and the range of its scores (`least` < `most`)."""

    name: str
    weight: float
    least: float
    most: float

    def share(self, score: float) -> float:
        """Where a score lies in the range, 0..1."""
        return (score - self.least) / (self.most - self.least)


def read_rubric(rows: Iterable[Row]) -> tuple[Criterion, ...]:
    """The criteria in the order of the file. BadTable names every cell that is wrong."""
    faults = Faults()
    table = read_table(rows, faults, COLUMNS)
    found: dict[str, Criterion] = {}
    for row in table.rows:
        name = table.name(row, "criterion", faults)
        weight, least, most = (_needed(table, row, column, faults) for column in ("weight", "min", "max"))
        if plain_name(name) in found:
            faults.add(FaultCode.TWICE, row[0], table.columns["criterion"], name)
        if weight is not None and weight < 0:
            faults.add(FaultCode.BAD_WEIGHT, row[0], table.columns["weight"], weight)
        if least is not None and most is not None and least >= most:
            faults.add(FaultCode.BAD_RANGE, row[0], table.columns["max"], f"{most:g}", f"{least:g}")
        found[plain_name(name)] = Criterion(name, weight or 0.0, least or 0.0, most or 0.0)
    if not any(each.weight > 0 for each in found.values()):
        faults.add(FaultCode.BAD_WEIGHT, table.head + 1, table.columns["weight"], 0)
    faults.stop()
    return tuple(found.values())


def _needed(table: Table, row: Row, column: str, faults: Faults) -> float | None:
    if table.cell(row, column) is None:
        faults.add(FaultCode.MISSING, row[0], table.columns[column])
    return table.number(row, column, faults)

"""Where a jury disagrees. Prose with a worked table: docs/algorithms/deliberation.md."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDE = 1.5  # times the panel's median spread


@dataclass(frozen=True)
class Disagreement:
    """The totals (0..100) of one entry. `width` is highest minus lowest; `deviation` the sample standard deviation
    (n - 1); both None below two totals. `wide` says that it lies well above the panel's median spread.
    """

    key: int
    totals: tuple[float, ...]
    width: float | None
    deviation: float | None
    wide: bool = False


@dataclass(frozen=True)
class Panel:
    """All entries, the widest apart first, and the median of their standard deviations (None where none has one)."""

    entries: list[Disagreement]
    median: float | None


def rank_disagreements(totals: Mapping[int, Sequence[float]]) -> Panel:
    """Entries by standard deviation, then by width, both falling, then by key; those below two totals come last."""
    found = [_measure(key, given) for key, given in totals.items()]
    spreads = [each.deviation for each in found if each.deviation is not None]
    median = statistics.median(spreads) if spreads else None
    marked = [Disagreement(e.key, e.totals, e.width, e.deviation, _is_wide(e, median)) for e in found]
    return Panel(sorted(marked, key=_order), median)


def _measure(key: int, given: Sequence[float]) -> Disagreement:
    totals = tuple(sorted(given))
    if len(totals) < 2:
        return Disagreement(key, totals, None, None)
    return Disagreement(key, totals, totals[-1] - totals[0], statistics.stdev(totals))


def _is_wide(entry: Disagreement, median: float | None) -> bool:
    if entry.deviation is None or median is None:
        return False
    return entry.deviation > 0 and entry.deviation >= WIDE * median


def _order(entry: Disagreement) -> tuple[bool, float, float, int]:
    return entry.deviation is None, -(entry.deviation or 0), -(entry.width or 0), entry.key

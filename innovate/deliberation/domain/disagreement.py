"""Where a jury disagrees. Prose with a worked table: docs/algorithms/deliberation.md."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

WIDE = 1.5  # times the panel's median spread


@dataclass(frozen=True)
class Disagreement:
    """How far the totals (0..100) of one entry lie apart. `width` is highest minus lowest; `deviation` the sample
    standard deviation (n - 1); both None below two totals. `wide` says that it lies well above the panel's median.
    """

    width: float | None
    deviation: float | None
    wide: bool = False


def measure(totals: Sequence[float], median: float | None) -> Disagreement:
    """The spread of one entry beside the panel's `median` standard deviation (None where no entry has one)."""
    if len(totals) < 2:
        return Disagreement(None, None)
    deviation = statistics.stdev(totals)
    wide = median is not None and deviation > 0 and deviation >= WIDE * median
    return Disagreement(max(totals) - min(totals), deviation, wide)


def middle_of(count: int) -> tuple[int, int]:
    """Which of `count` ordered values their median is made of: how many to pass over, and how many to take."""
    return max(count - 1, 0) // 2, 2 - count % 2 if count else 0


def median_deviation(variances: Sequence[float]) -> float | None:
    """The median standard deviation from the variances in the middle, as `middle_of` says; None for none."""
    return statistics.median(math.sqrt(max(v, 0.0)) for v in variances) if variances else None

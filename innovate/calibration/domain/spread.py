"""How far apart a jury is on one number. Prose with a worked table: docs/algorithms/calibration.md."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Spread:
    """What a jury gave on one scale.

    `values` rise. `deviation` is the sample standard deviation (n - 1), None below two values. `own` is the reader's
    value and `away` its distance from the mean of the *others*, positive where the reader gave more; both None where
    the reader gave nothing, `away` also where nobody else did.
    """

    values: tuple[float, ...]
    mean: float
    deviation: float | None
    own: float | None = None
    away: float | None = None

    @property
    def low(self) -> float:
        """The smallest value given."""
        return self.values[0]

    @property
    def high(self) -> float:
        """The largest value given."""
        return self.values[-1]

    @property
    def counts(self) -> list[tuple[float, int]]:
        """Each value with how many gave it, rising."""
        return sorted(Counter(self.values).items())


def spread_of(values: Sequence[float | Decimal], own: float | Decimal | None = None) -> Spread | None:
    """The spread of the values given; None for none. `own` must be one of `values` (the reader's)."""
    given = sorted(float(value) for value in values)
    if not given:
        return None
    mean = math.fsum(given) / len(given)
    deviation = None
    if len(given) > 1:
        deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in given) / (len(given) - 1))
    mine = None if own is None else float(own)
    away = None
    if mine is not None and len(given) > 1:
        away = mine - (math.fsum(given) - mine) / (len(given) - 1)
    return Spread(tuple(given), mean, deviation, mine, away)

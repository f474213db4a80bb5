"""Before and after: the difference of two means with its 95 % interval (docs/algorithms/before-after.md)."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

LEVEL = 0.95
ENOUGH = 5  # people on each side before anything is said
LOW_RATE = 0.6


@dataclass(frozen=True)
class Comparison:
    """`low` and `high` are None where an interval cannot be computed. `rate`: the lower share that answered, 0 to 1."""

    paired: bool
    n_before: int
    n_after: int
    before: float
    after: float
    difference: float
    low: float | None
    high: float | None
    rate: float | None = None

    @property
    def direction(self) -> str:
        """rose, fell, or open: an interval that holds 0 (or none) tells no direction."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return "open"
        return "rose" if self.low > 0 else "fell"

    @property
    def limits(self) -> tuple[str, ...]:
        """Codes of what cannot be claimed, each with its sentence in `words.LIMITS`."""
        found = ["no_control", "self_reported"]
        if not self.paired:
            found.append("other_people")
        if self.rate is not None and self.rate < LOW_RATE:
            found.append("low_rate")
        if self.low is None:
            found.append("no_interval")
        if min(self.n_before, self.n_after) < 30:
            found.append("few")
        return tuple(found)


def compare_paired(
    before: Mapping[Hashable, float], after: Mapping[Hashable, float], *, rate: float | None = None
) -> Comparison | None:
    """Of people with both values, by their key: mean of the differences with a t interval. None for nobody."""
    both = [key for key in before if key in after]
    if not both:
        return None
    differences = [after[key] - before[key] for key in both]
    n, mean = len(both), _mean(differences)
    reach = _quantile(n - 1) * math.sqrt(_variance(differences) / n) if n > 1 else None
    return Comparison(
        paired=True,
        n_before=n,
        n_after=n,
        before=_mean([before[key] for key in both]),
        after=_mean([after[key] for key in both]),
        difference=mean,
        low=None if reach is None else mean - reach,
        high=None if reach is None else mean + reach,
        rate=rate,
    )


def compare_groups(
    before: Sequence[float], after: Sequence[float], *, rate: float | None = None
) -> Comparison | None:
    """Of two groups that cannot be matched: difference of means with Welch's interval. None if one is empty."""
    if not before or not after:
        return None
    first, second = _mean(before), _mean(after)
    reach = _welch(before, after) if min(len(before), len(after)) > 1 else None
    difference = second - first
    return Comparison(
        paired=False,
        n_before=len(before),
        n_after=len(after),
        before=first,
        after=second,
        difference=difference,
        low=None if reach is None else difference - reach,
        high=None if reach is None else difference + reach,
        rate=rate,
    )


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    mean = _mean(values)
    return math.fsum((each - mean) ** 2 for each in values) / (len(values) - 1)


def _welch(before: Sequence[float], after: Sequence[float]) -> float:
    first, second = _variance(before) / len(before), _variance(after) / len(after)
    if first + second == 0:
        return 0.0
    freedom = (first + second) ** 2 / (first**2 / (len(before) - 1) + second**2 / (len(after) - 1))
    return _quantile(freedom) * math.sqrt(first + second)


def _quantile(freedom: float) -> float:
    """Of Student's t, two-sided."""
    from innovate.core.scientific import special

    return float(special.stdtrit(freedom, 0.5 + LEVEL / 2))

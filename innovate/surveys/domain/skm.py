"""The index of satisfaction (IKM) of PermenPANRB 14/2017, computed with exact fractions (docs/algorithms/skm.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ELEMENTS = tuple(f"u{n}" for n in range(1, 10))
WEIGHT = Fraction(1, 9)
_CLASSES = (("A", Decimal("88.31")), ("B", Decimal("76.61")), ("C", Decimal("65.00")))


@dataclass(frozen=True)
class Index:
    """The index from 25 to 100 at two decimals, its class, the mean of each element (1 to 4), and how many answered.

    `least`: of the element that was answered least often.
    """

    value: Decimal
    grade: str
    means: Mapping[str, Fraction]
    n: int
    least: int

    @property
    def shown(self) -> dict[str, Decimal]:
        """The means at two decimals."""
        return {key: half_up(mean) for key, mean in self.means.items()}


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """A fraction of 0 or more at `places` decimals, half up."""
    scaled = value * 10**places + Fraction(1, 2)
    return Decimal(scaled.numerator // scaled.denominator).scaleb(-places)


def classify(value: Decimal) -> str:
    """A from 88.31, B from 76.61, C from 65.00, D below; of the index already rounded."""
    return next((grade for grade, least in _CLASSES if value >= least), "D")


def compute(answers: Iterable[Mapping[str, int]]) -> Index | None:
    """The index of answers {"u1": 1…4, …}; each element's mean is of those who answered it. None if one has none."""
    rows = list(answers)
    given: dict[str, Sequence[int]] = {key: [row[key] for row in rows if key in row] for key in ELEMENTS}
    if not all(given.values()):
        return None
    means = {key: Fraction(sum(values), len(values)) for key, values in given.items()}
    value = half_up(sum(means.values(), Fraction()) * WEIGHT * 25)
    n = sum(1 for row in rows if any(key in row for key in ELEMENTS))
    return Index(value, classify(value), means, n, min(map(len, given.values())))

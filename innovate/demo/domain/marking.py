"""How invented jurors mark: what an entry is worth, how strict the juror is, and chance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Protocol

# Where on the scale an entry of strength 0 lies, what one unit of strength adds, and how much is chance.
_MIDDLE, _REACH, _CHANCE = 0.66, 0.15, 0.11


class Scale(Protocol):
    """A criterion's numbers."""

    @property
    def minimum(self) -> Decimal: ...

    @property
    def maximum(self) -> Decimal: ...

    @property
    def step(self) -> Decimal: ...


def draw_severity(draw: Random) -> float:
    """How much a juror gives more or less than others, in units of strength."""
    return draw.gauss(0, 0.35)


def draw_values(
    draw: Random, scales: Mapping[int, Scale], *, strength: float, severity: float
) -> dict[int, Decimal]:
    """A value for every criterion, on its scale."""
    return {key: _value(draw, scale, strength - severity) for key, scale in scales.items()}


def _value(draw: Random, scale: Scale, strength: float) -> Decimal:
    share = min(1.0, max(0.0, _MIDDLE + _REACH * strength + draw.gauss(0, _CHANCE)))
    steps = round(share * float((scale.maximum - scale.minimum) / scale.step))
    return scale.minimum + scale.step * steps

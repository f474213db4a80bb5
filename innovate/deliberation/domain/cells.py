"""What one square of the coverage grid says, and a juror's mean and spread from sums."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass


class Cell(enum.StrEnum):
    """An entry and a juror: nothing between them, work in some state, or in the way of each other."""

    NONE = "none"
    WAITING = "waiting"
    DRAFT = "draft"
    DONE = "done"
    EXCLUDED = "excluded"
    CONFLICT = "conflict"


def cell_of(*, active: bool, ballot: str, past: bool, conflict: bool) -> Cell:
    """`ballot` is the state of the pair's ballot ("" for none); `past` a seat that was given up or taken back."""
    if active and ballot != "excluded":
        return {"submitted": Cell.DONE, "draft": Cell.DRAFT}.get(ballot, Cell.WAITING)
    if conflict:
        return Cell.CONFLICT
    return Cell.EXCLUDED if active or past else Cell.NONE


@dataclass(frozen=True)
class Moments:
    """How many totals, their mean, and their sample standard deviation (None below two)."""

    count: int
    mean: float
    deviation: float | None


def moments_of(count: int, total: float, squares: float) -> Moments | None:
    """From the number, the sum and the sum of squares of values in 0..100; None for no value."""
    if not count:
        return None
    mean = total / count
    if count < 2:
        return Moments(count, mean, None)
    return Moments(count, mean, math.sqrt(max(0.0, squares - count * mean * mean) / (count - 1)))

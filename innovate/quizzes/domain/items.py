"""How single questions behaved: how many had them right before and after, and whether they tell the able apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

LEAST = 10  # sheets; below, a discrimination says nothing
WEAK = 0.2


class Mark(NamedTuple):
    """One answer: the share of its points (a scale: its step from 1), and the share of the rest of the sheet."""

    share: Fraction
    rest: Fraction | None


def mean_share(marks: Sequence[Mark]) -> Fraction | None:
    """The mean share, None without answers."""
    return sum((mark.share for mark in marks), Fraction(0)) / len(marks) if marks else None


def discrimination(marks: Sequence[Mark]) -> float | None:
    """The correlation of a question with the rest of its sheet (-1 to 1); None below `LEAST` sheets or where
    everybody did alike.
    """
    pairs = [(mark.share, mark.rest) for mark in marks if mark.rest is not None]
    if len(pairs) < LEAST:
        return None
    mean_x = sum((x for x, _y in pairs), Fraction(0)) / len(pairs)
    mean_y = sum((y for _x, y in pairs), Fraction(0)) / len(pairs)
    spread = math.sqrt(sum((x - mean_x) ** 2 for x, _y in pairs) * sum((y - mean_y) ** 2 for _x, y in pairs))
    together = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return max(-1.0, min(1.0, float(together) / spread)) if spread else None

"""Between which values a score lies, and which neighbours cannot be told apart.

Ranks depend on differences alone, and severity that a whole group shares cancels in them. So what is shown is each
idea against the mean of its group, with Student's t: small complete panels are covered as promised, which plain errors
do not do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from innovate.core.scientific import special
from innovate.results.domain.fair.ballots import Index, Vector, square_rows
from innovate.results.domain.fair.estimate import Estimate

CONFIDENCE = 0.95
_AT_ONCE = 32
Places = Index | int | slice


@dataclass(frozen=True)
class Interval:
    """`low` and `high` (m, points) hold the true score against its group 95 times of 100; NaN where unknown."""

    low: Vector
    high: Vector


@cache  # asked for each place of a ranking
def reach(degrees: int) -> float:
    """Student's t for 95 %: how many standard errors an interval reaches to each side; NaN without degrees."""
    return float(special.stdtrit(degrees, (1 + CONFIDENCE) / 2)) if degrees > 0 else math.nan


def contrast_error(estimate: Estimate, members: Index) -> Vector:
    """Standard errors (m, points) of `theta_i - mean theta` within a group of ideas `members` (m).

    `Var = v_i (1 - 2/m) + mean(v)/m + |row_i - mean row|^2` with v the noise.
    """
    noise, rows = estimate.noise[members], estimate.rows[members]
    size = len(members)
    own = noise * (1 - 2 / size) + noise.mean() / size
    shared = square_rows(rows - rows.mean(axis=0))
    return np.sqrt(np.maximum(own + shared, 0.0))


def between(estimate: Estimate, members: Index) -> float:
    """The variance of the ideas of a group themselves, st2 (square points, >= 0; NaN where unknown or of one idea).

    By moments: the scores scatter by it and by their errors, `SS = (m - 1) st2 + sum Var_i`.
    """
    if len(members) < 2:
        return math.nan
    score, errors = estimate.score[members], contrast_error(estimate, members) ** 2
    surplus = float(((score - score.mean()) ** 2).sum() - errors.sum()) / (len(members) - 1)
    return surplus if math.isnan(surplus) else max(0.0, surplus)


def interval(estimate: Estimate, members: Index) -> Interval:
    """The interval of each idea of a group, in the order of `members`; one alone has that of its own score."""
    is_alone = len(members) == 1
    error = estimate.error[members] if is_alone else contrast_error(estimate, members)
    half = reach(estimate.degrees) * error
    score = estimate.score[members]
    return Interval(score - half, score + half)


def difference_error(estimate: Estimate, a: Places, b: Places) -> Vector:
    """Standard errors (m, points) of `theta_a - theta_b`: `sqrt(v_a + v_b + |row_a - row_b|^2)`."""
    shared = square_rows(estimate.rows[a] - estimate.rows[b])
    return np.sqrt(estimate.noise[a] + estimate.noise[b] + shared)


def are_apart(estimate: Estimate, a: Places, b: Places) -> NDArray[np.bool_]:
    """Which pairs of ideas differ by more than `t se(difference)` (m, bool); none where uncertainty is unknown."""
    far = np.abs(estimate.score[a] - estimate.score[b])
    return far > reach(estimate.degrees) * difference_error(estimate, a, b)


def find_brackets(estimate: Estimate, order: Index) -> list[tuple[int, int]]:
    """Runs of places, as (first, last) positions in `order`, whose first and last idea cannot be told apart.

    `order` lists a group from best to last. Every neighbouring pair that is not separated lies in a run; runs overlap,
    none lies inside another.
    """
    score, noise, rows = estimate.score[order], estimate.noise[order], estimate.rows[order]
    ranked = replace(estimate, score=score, noise=noise, rows=rows)

    def find_apart(first: int, start: int) -> int:
        """The next place from `start` on that differs from `first`, looked for a few at a time."""
        for begin in range(start, len(order), _AT_ONCE):
            apart = are_apart(ranked, first, slice(begin, begin + _AT_ONCE))
            if apart.any():
                return begin + int(apart.argmax())
        return len(order)

    runs: list[tuple[int, int]] = []
    last = 0
    for first in range(len(order)):
        last = find_apart(first, max(last, first) + 1) - 1
        if last > first and (not runs or last > runs[-1][1]):
            runs.append((first, last))
    return runs

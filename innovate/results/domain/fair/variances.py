"""Many variances, each from few numbers: drawn towards what they have in common.

Source: G. K. Smyth, Statistical Applications in Genetics and Molecular Biology 3 (2004), section 6.2.
"""

from __future__ import annotations

import math

import numpy as np

from innovate.core.scientific import special
from innovate.results.domain.fair.ballots import Vector

FLOOR = 1e-5  # of the median variance: a logarithm of 0 says nothing


def squeeze(squares: Vector, degrees: Vector) -> Vector:
    """The posterior variances (m) of sums of `squares` (m, >= 0) with `degrees` (m, >= 0) of freedom.

    `(d0 s0^2 + squares) / (d0 + degrees)`, with d0 and s0^2 by the moments of the logarithms; where the variances
    differ no more than chance, d0 is infinite and all are the common one.
    """
    used = degrees > 0.5
    if used.sum() < 2 or not squares[used].any():
        return np.ones(len(squares))
    variance = squares[used] / degrees[used]
    variance = np.maximum(variance, FLOOR * max(float(np.median(variance)), FLOOR * float(variance.max())))
    half = degrees[used] / 2
    level = np.log(variance) - special.digamma(half) + np.log(half)
    scatter = float(np.var(level, ddof=1) - special.polygamma(1, half).mean())
    if scatter <= 0:
        return np.full(len(squares), squares[used].sum() / degrees[used].sum())
    prior = 2 * trigamma_inverse(scatter)
    common = math.exp(float(level.mean()) + float(special.digamma(prior / 2)) - math.log(prior / 2))
    return (prior * common + squares) / (prior + degrees)


def trigamma_inverse(value: float) -> float:
    """The x > 0 with trigamma(x) = `value` > 0, by Newton's method on 1/trigamma."""
    x = 0.5 + 1 / value
    for _step in range(50):
        there = float(special.polygamma(1, x))
        move = there * (1 - there / value) / float(special.polygamma(2, x))
        x += move
        if abs(move) < 1e-10 * x:
            break
    return x

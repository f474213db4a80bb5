"""How different jurors are in strictness: restricted maximum likelihood over one number.

The model: `y_ij = theta_i + b_j + e_ij`, ideas fixed, severities `b_j ~ N(0, sb2)`, `e_ij ~ N(0, s2)`. All of REML
depends on `t = s2 / sb2` alone (Bates, Mächler, Bolker & Walker, Journal of Statistical Software 67 (2015), profiled
deviance); one eigendecomposition of the jurors' Laplacian makes every evaluation cost J.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from innovate.results.domain.fair.ballots import Vector

LOWEST, HIGHEST = -10.0, 14.0  # of log t
STEPS = 97
EXACT = 1e-12  # of log t
LEVEL = 1e-9  # a difference of deviances that is rounding: where nothing is known the profile is flat
NOTHING = 1e-24  # squares below this share of the scores' square are rounding


@dataclass(frozen=True)
class Profile:
    """-2 log REML as a function of `t`, up to a constant.

    `values` (J) are the Laplacian's eigenvalues l_k, `pull` (J, points) the jurors' sums of deviations from the ideas'
    means in its eigenvectors, (U'r)_k. `within` is the within-idea sum of squares RSS0, `degrees` = n - N > 0.
    """

    values: Vector
    pull: Vector
    within: float
    degrees: int

    @cached_property
    def _squares(self) -> tuple[Vector, Vector, float]:
        """Of the directions with l_k > 0: l_k, (U'r)_k^2 / l_k, and what is left of RSS0 when severities are free."""
        real = self.values > 0
        explained = self.pull[real] ** 2 / self.values[real]
        return self.values[real], explained, max(0.0, self.within - float(explained.sum()))

    def q(self, t: Any) -> Any:
        """The penalised residual sum of squares, `RSS0 - sum_k (U'r)_k^2 / (l_k + t)`, written without cancellation."""
        values, explained, rest = self._squares
        t = np.asarray(t)[..., None]
        return rest + (explained * (t / (values + t))).sum(axis=-1)

    def deviance(self, log_t: Any) -> Any:
        """`(n-N) log(q/(n-N)) + sum_k log(l_k + t) - J log t`."""
        t = np.exp(log_t)
        spread = np.log1p(self.values / t[..., None]).sum(axis=-1)
        return self.degrees * np.log(self.q(t) / self.degrees) + spread

    @property
    def limit(self) -> float:
        """The deviance of equally strict jurors, t -> infinity."""
        return self.degrees * math.log(self.within / self.degrees)

    def slope(self, log_t: float) -> float:
        """The deviance's derivative by log t."""
        values, explained, _rest = self._squares
        t = math.exp(log_t)
        falling = float((explained * values * t / (values + t) ** 2).sum()) / float(self.q(t))
        return self.degrees * falling - float((values / (values + t)).sum())

    def find_ratio(self) -> float:
        """The `t` of the smallest deviance over log t in (-10, 14); `inf` where that is not below the limit.

        At `inf` jurors are equally strict: severities are 0 and the fair score is the raw mean.
        """
        grid = np.linspace(LOWEST, HIGHEST, STEPS)
        best = int(np.argmin(self.deviance(grid)))
        low, high = grid[max(0, best - 1)], grid[min(STEPS - 1, best + 1)]
        turns = self.slope(low) < 0 < self.slope(high)
        found = self._bisect(float(low), float(high)) if turns else float(grid[best])
        is_below = self.deviance(np.float64(found)) < self.limit - LEVEL
        return math.exp(found) if is_below else math.inf

    def _bisect(self, low: float, high: float) -> float:
        """Where the slope turns from falling (at `low`) to rising (at `high`). Some forty halvings of a cheap function:
        a library's root finder is quicker by less than a millisecond and holds 13 MB in every web worker.
        """
        while high - low > EXACT:
            middle = (low + high) / 2
            if not low < middle < high:
                break
            low, high = (middle, high) if self.slope(middle) < 0 else (low, middle)
        return (low + high) / 2

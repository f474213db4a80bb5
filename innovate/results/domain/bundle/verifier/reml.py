"""Restricted maximum likelihood: how different jurors are in strictness, and the scores that follow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import eigh
from scipy.optimize import brentq
from scipy.sparse import csr_matrix

from innovate.results.domain.bundle.verifier.proofs import Row, must

NEAR_RATIO = 1e-4  # relative: what is found here and what is published


@dataclass
class Fit:
    """`y_ij = theta_i + b_j + e_ij`, jurors `b_j ~ N(0, s2 / t)`, ballots `e_ij ~ N(0, s2 / w_ij)`: everything REML
    needs, for any t = lambda.
    """

    y: Any
    idea: Any
    juror: Any
    weight: Any
    whole: Any  # weight of each idea
    means: Any
    share: Any  # (D^-1 C), ideas x jurors
    values: Any  # eigenvalues and vectors of the jurors' Laplacian
    vectors: Any
    pull: Any  # U'r
    within: float  # RSS0

    @classmethod
    def of(cls, y: Any, idea: Any, juror: Any, weight: Any = None) -> Fit:
        """From ballots' totals and the indices of their ideas and jurors; without weights all count alike."""
        weight = np.ones(len(y)) if weight is None else weight
        whole = np.bincount(idea, weight)
        cells = csr_matrix((weight, (idea, juror)))
        means = np.bincount(idea, weight * y) / whole
        away = weight * (y - means[idea])
        share = csr_matrix((weight / whole[idea], (idea, juror)))
        values, vectors = eigh(np.diag(np.bincount(juror, weight)) - (cells.T @ share).toarray())
        values[values < 1e-9 * max(1.0, values[-1])] = 0.0
        within = float((away**2 / weight).sum())
        if within < 1e-20 * max(1.0, float(weight @ y**2)):
            within = 0.0  # every idea got the same from all its jurors: rounding alone
        pull = vectors.T @ np.bincount(juror, away)
        return cls(y, idea, juror, weight, whole, means, share, values, vectors, pull, within)

    @property
    def free(self) -> int:
        """What is left once every idea has its mean: n - N."""
        return len(self.y) - len(self.means)

    @property
    def degrees(self) -> int:
        """What is left once every juror has a severity too: n - N - J + groups."""
        return self.free - int((self.values > 0).sum())

    def deviance(self, log_t: float) -> float:
        """-2 log REML up to a constant, falling to `limit` as t grows."""
        t = math.exp(log_t)
        return self.free * math.log(self.q(t) / self.free) + float(np.log1p(self.values / t).sum())

    def q(self, t: float) -> float:
        """What is left of RSS0 for a given t."""
        return max(self.within - float((self.pull**2 / (self.values + t)).sum()), 1e-300)

    def _slope(self, log_t: float) -> float:
        t = math.exp(log_t)
        rise = t * float((self.pull**2 / (self.values + t) ** 2).sum()) / self.q(t)
        return self.free * rise - float((self.values / (self.values + t)).sum())

    def optimum(self) -> float:
        """The t of the smallest deviance, log t in (-10, 14); inf: jurors equally strict, or nothing known."""
        if self.free == 0 or self.within == 0:
            return math.inf
        grid = np.linspace(-10, 14, 241)
        best = int(np.argmin([self.deviance(x) for x in grid]))
        low, high = float(grid[max(0, best - 1)]), float(grid[min(240, best + 1)])
        found = (
            brentq(self._slope, low, high) if self._slope(low) < 0 < self._slope(high) else float(grid[best])
        )
        limit = self.free * math.log(self.within / self.free)
        return math.exp(found) if self.deviance(found) < limit - 1e-9 else math.inf

    def severities(self, t: float) -> Any:
        """The jurors' b for a given t; 0 where it is inf."""
        return self.vectors @ (self.pull / (self.values + t))

    def solve(self, t: float) -> Any:
        """The ideas' theta for a given t."""
        return self.means - self.share @ self.severities(t)


def check_ratio(fit: Fit, chosen: Row) -> float:
    """The published lambda of a round; Differs where it is not the optimum."""
    said, own = chosen["lambda"], fit.optimum()
    published = math.inf if said == "inf" else float(said)
    near = own == published or abs(own / published - 1) <= NEAR_RATIO
    must(near, f"manifest.json: lambda of round {chosen['number']} is {said}, recomputed {own:g}")
    return published

"""From ballots to the scores of a round."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

import numpy as np
from scipy.linalg import eigh
from scipy.optimize import brentq
from scipy.sparse import csr_matrix

from innovate.results.domain.bundle.verifier.proofs import Row, must

RATIO_NEAR = 1e-4  # relative: own REML optimum and published lambda
BEYOND = {"fair-spread"}  # methods whose scores are not recomputed here


@dataclass
class Ballot:
    """One ballot: its total 0..100 and its share of each criterion's range, exact."""

    idea: str
    juror: str
    total: Fraction
    shares: dict[int, Fraction]


def read_ballots(lines: Sequence[tuple[bytes, Row]], manifest: Row) -> dict[int, list[Ballot]]:
    """The ballots that count, by round, each round's by idea and juror."""
    rubrics = {each["id"]: Rubric({c["id"]: c for c in each["criteria"]}) for each in manifest["rubrics"]}
    excluded = {each["ballot"] for each in manifest["exclusions"]}
    known = {row["ballot"] for _line, row in lines}
    must(len(known) == len(lines), "ballots.ndjson: a ballot occurs twice")
    missing = excluded - known
    must(not missing, f"manifest.json: excluded ballot {min(missing, default='')} is not among the ballots")
    found: dict[int, list[Ballot]] = {each["id"]: [] for each in manifest["rounds"]}
    for n, (_line, row) in enumerate(lines, 1):
        place = f"ballots.ndjson line {n} (ballot {row['ballot']})"
        must(row["rubric"] in rubrics, f"{place}: of no rubric of this result")
        must(row["round"] in found, f"{place}: of no round of this result")
        if row["ballot"] not in excluded:
            total, shares = rubrics[row["rubric"]].read(row["scores"], place)
            found[row["round"]].append(Ballot(row["idea"], row["juror"], total, shares))
    return {key: sorted(each, key=lambda b: (b.idea, b.juror)) for key, each in found.items()}


class Rubric:
    """Criteria by id; remembers what it has read."""

    def __init__(self, criteria: dict[int, Row]) -> None:
        self.criteria = criteria
        whole = sum((Fraction(c["weight"]) for c in criteria.values()), Fraction(0))
        self.weights = {key: 100 * Fraction(c["weight"]) / whole for key, c in criteria.items()}
        self.names = {str(key): key for key in criteria}
        self.known: dict[tuple[str, ...], tuple[Fraction, dict[int, Fraction]]] = {}

    def read(self, scores: dict[str, str], place: str) -> tuple[Fraction, dict[int, Fraction]]:
        """The total 0..100 of a ballot's values and each one's share; Differs named by `place`."""
        must(scores.keys() == self.names.keys(), f"{place}: not the criteria of its rubric")
        values = tuple(scores[name] for name in self.names)
        if values not in self.known:
            shares = {key: self._share(key, scores[name], place) for name, key in self.names.items()}
            total = sum((self.weights[key] * share for key, share in shares.items()), Fraction(0))
            self.known[values] = total, shares
        return self.known[values]

    def _share(self, key: int, value: str, place: str) -> Fraction:
        criterion = self.criteria[key]
        low, high = Fraction(criterion["minimum"]), Fraction(criterion["maximum"])
        outside = f"{place}: {value} is outside the range of {criterion['name']}"
        must(low <= Fraction(value) <= high, outside)
        return (Fraction(value) - low) / (high - low)


def score_round(ballots: Sequence[Ballot], chosen: Row) -> dict[str, float]:
    """Each idea's score in a round; Differs where the published lambda is not the optimum."""
    ideas, jurors = sorted({b.idea for b in ballots}), sorted({b.juror for b in ballots})
    if not ideas:
        return {}
    at, by = {key: n for n, key in enumerate(ideas)}, {key: n for n, key in enumerate(jurors)}
    idea, juror = np.array([at[b.idea] for b in ballots]), np.array([by[b.juror] for b in ballots])
    fit = Fit.of(np.array([float(b.total) for b in ballots]), idea, juror)
    published = math.inf if chosen["lambda"] == "inf" else float(chosen["lambda"])
    if chosen["method"] == "fair":
        own = fit.optimum()
        near = own == published or abs(own / published - 1) <= RATIO_NEAR
        must(near, f"manifest.json: lambda of round {chosen['number']} is {published:g}, recomputed {own:g}")
    else:
        must(chosen["method"] == "raw", f"manifest.json: unknown method {chosen['method']}")
        must(math.isinf(published), f"manifest.json: lambda of raw round {chosen['number']} is not inf")
    if math.isinf(published):
        return {key: float(mean_of([b.total for b in each])) for key, each in split_by_idea(ballots).items()}
    return dict(zip(ideas, fit.solve(published).tolist(), strict=True))


def split_by_idea(ballots: Sequence[Ballot]) -> dict[str, list[Ballot]]:
    """Ballots sorted by idea, as a list for each."""
    return {key: list(each) for key, each in groupby(ballots, key=lambda b: b.idea)}


def mean_of(values: Sequence[Fraction]) -> Fraction:
    """The exact mean of at least one value."""
    return sum(values, Fraction(0)) / len(values)


@dataclass
class Fit:
    """`y_ij = theta_i + b_j + e_ij`, jurors `b_j ~ N(0, s2 / t)`: everything REML needs, for any t = lambda."""

    free: int  # n - N
    means: Any
    share: Any  # (D^-1 C), ideas x jurors
    values: Any  # eigenvalues and vectors of the jurors' Laplacian
    vectors: Any
    pull: Any  # U'r
    within: float  # RSS0

    @classmethod
    def of(cls, y: Any, idea: Any, juror: Any) -> Fit:
        """From ballots' totals and the indices of their ideas and jurors."""
        counts = np.bincount(idea)
        cells = csr_matrix((np.ones(len(y)), (idea, juror)))
        means = np.bincount(idea, y) / counts
        away = y - means[idea]
        share = csr_matrix((1 / counts[idea], (idea, juror)))
        values, vectors = eigh(np.diag(np.bincount(juror)) - (cells.T @ share).toarray())
        values[values < 1e-9 * max(1.0, values[-1])] = 0.0
        within = float(away @ away)
        if within < 1e-20 * max(1.0, float(y @ y)):
            within = 0.0  # every idea got the same from all its jurors: rounding alone
        return cls(
            len(y) - len(counts), means, share, values, vectors, vectors.T @ np.bincount(juror, away), within
        )

    def deviance(self, log_t: float) -> float:
        """-2 log REML up to a constant, falling to `limit` as t grows."""
        t = math.exp(log_t)
        return self.free * math.log(self._q(t) / self.free) + float(np.log1p(self.values / t).sum())

    def _q(self, t: float) -> float:
        return max(self.within - float((self.pull**2 / (self.values + t)).sum()), 1e-300)

    def _slope(self, log_t: float) -> float:
        t = math.exp(log_t)
        rise = t * float((self.pull**2 / (self.values + t) ** 2).sum()) / self._q(t)
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

    def solve(self, t: float) -> Any:
        """The ideas' theta for a given t."""
        return self.means - self.share @ (self.vectors @ (self.pull / (self.values + t)))

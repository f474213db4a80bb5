"""From ballots to the scores of a round."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np

from innovate.results.domain.bundle.verifier.proofs import Row, must
from innovate.results.domain.bundle.verifier.reml import Fit, check_ratio
from innovate.results.domain.bundle.verifier.spread import score_spread


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
    """Each idea's score in a round; Differs where what is published of its jurors is not what its ballots say."""
    ideas, jurors = sorted({b.idea for b in ballots}), sorted({b.juror for b in ballots})
    if not ideas:
        return {}
    method, number = chosen["method"], chosen["number"]
    must(method in {"fair", "fair-spread", "raw"}, f"manifest.json: unknown method {method}")
    unasked = chosen["spread"] is not None and method != "fair-spread"
    must(not unasked, f"manifest.json: method {method} of round {number} knows no spread")
    if method == "raw":
        must(chosen["lambda"] == "inf", f"manifest.json: lambda of raw round {number} is not inf")
    at, by = {key: n for n, key in enumerate(ideas)}, {key: n for n, key in enumerate(jurors)}
    idea, juror = np.array([at[b.idea] for b in ballots]), np.array([by[b.juror] for b in ballots])
    total = np.array([float(b.total) for b in ballots])
    if method == "fair-spread":
        return dict(zip(ideas, score_spread(total, idea, juror, jurors, chosen).tolist(), strict=True))
    fit = Fit.of(total, idea, juror)
    ratio = check_ratio(fit, chosen) if method == "fair" else math.inf
    if math.isinf(ratio):
        return {key: float(mean_of([b.total for b in each])) for key, each in split_by_idea(ballots).items()}
    return dict(zip(ideas, fit.solve(ratio).tolist(), strict=True))


def split_by_idea(ballots: Sequence[Ballot]) -> dict[str, list[Ballot]]:
    """Ballots sorted by idea, as a list for each."""
    return {key: list(each) for key, each in groupby(ballots, key=lambda b: b.idea)}


def mean_of(values: Sequence[Fraction]) -> Fraction:
    """The exact mean of at least one value."""
    return sum(values, Fraction(0)) / len(values)

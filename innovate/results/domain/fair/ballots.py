"""Ballots as arrays: which juror gave which idea how much."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class Ballots:
    """`n` ballots of `N` ideas by `J` jurors; every idea and every juror has at least one.

    `ideas` (N) and `jurors` (J) are the keys behind the indices, rising. `idea` (n, 0..N-1) and `juror` (n, 0..J-1)
    say whose ballot it is, by idea, then juror; no pair twice. `total` (n) is the score in points. `weight` (n, > 0)
    is the precision of a ballot relative to the others, 1 for all unless the spread-aware method says otherwise.
    """

    ideas: tuple[Any, ...]
    jurors: tuple[Any, ...]
    idea: Index
    juror: Index
    total: Vector
    weight: Vector

    @property
    def n(self) -> int:
        """How many ballots there are."""
        return len(self.total)

    @property
    def per_idea(self) -> Index:
        """Ballots of each idea (N, >= 1)."""
        return np.bincount(self.idea, minlength=len(self.ideas))

    @property
    def per_juror(self) -> Index:
        """Ballots of each juror (J, >= 1)."""
        return np.bincount(self.juror, minlength=len(self.jurors))

    @property
    def is_complete(self) -> bool:
        """Whether every juror scored every idea."""
        return self.n == len(self.ideas) * len(self.jurors)

    @property
    def raw(self) -> Vector:
        """The plain mean of each idea's ballots (N, points)."""
        return sum_by(self.idea, self.total, len(self.ideas)) / self.per_idea

    def table(self) -> Matrix:
        """Totals as ideas x jurors (N x J), NaN where there is no ballot."""
        cells = np.full((len(self.ideas), len(self.jurors)), np.nan)
        cells[self.idea, self.juror] = self.total
        return cells

    def replace(self, total: Vector, weight: Vector) -> Ballots:
        """The same ballots with other numbers on them."""
        return Ballots(self.ideas, self.jurors, self.idea, self.juror, total, weight)


def collect(rows: Iterable[tuple[Hashable, Hashable, float]]) -> Ballots:
    """Ballots out of (idea, juror, total) rows, in any order; the same rows in another order give the same arrays.

    Keys are all of one sortable kind. ValueError for no row at all, a pair given twice, or a total that is not finite.
    """
    given = list(rows)
    if not given:
        raise ValueError("no ballots")
    ideas, jurors = _sorted_keys(row[0] for row in given), _sorted_keys(row[1] for row in given)
    at, by = {key: n for n, key in enumerate(ideas)}, {key: n for n, key in enumerate(jurors)}
    idea = np.fromiter((at[row[0]] for row in given), np.intp, len(given))
    juror = np.fromiter((by[row[1]] for row in given), np.intp, len(given))
    total = np.fromiter((row[2] for row in given), float, len(given))
    return arrange(ideas, jurors, idea, juror, total)


def arrange(ideas: Iterable[Any], jurors: Iterable[Any], idea: Index, juror: Index, total: Vector) -> Ballots:
    """Ballots out of arrays of indices (n) into the keys, sorted by idea, then juror. ValueError as in `collect`."""
    keys, names = tuple(ideas), tuple(jurors)
    place = idea * len(names) + juror
    order = np.argsort(place, kind="stable")
    if (np.diff(place[order]) == 0).any():
        raise ValueError("two ballots of one juror for one idea")
    if not np.isfinite(total).all():
        raise ValueError("a total is not a number")
    return Ballots(keys, names, idea[order], juror[order], total[order].astype(float), np.ones(len(total)))


def sum_by(index: Index, values: Vector, size: int) -> Vector:
    """The sum of the values (n) at each index (n, 0..size-1): `size` sums."""
    return np.bincount(index, values, minlength=size).astype(float)


def square_rows(matrix: Matrix) -> Vector:
    """The squared length of each row (of N x Q: N), without a copy of the matrix."""
    return np.einsum("ij,ij->i", matrix, matrix)


def _sorted_keys(keys: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(set(keys)))

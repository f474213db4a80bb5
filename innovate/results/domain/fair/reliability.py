"""How far the ballots of one idea agree, and what more of them would buy. Idea juries usually reach .2 to .5."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from innovate.core.scientific import special
from innovate.results.domain.fair.ballots import Index, Matrix, Vector
from innovate.results.domain.fair.estimate import estimate_fair
from innovate.results.domain.fair.fit import Fit
from innovate.results.domain.fair.intervals import between

NOT_DEFINED = math.nan


@dataclass(frozen=True)
class Icc:
    """Intraclass correlations of a complete table (at most 1; below 0 where jurors agree less than chance).

    `_1` of one ballot, `_k` of the mean of k. First number: 1 jurors as if different for each idea, 2 jurors as a
    sample whose severity counts as error, 3 these jurors, severity left out.
    Source: P. E. Shrout & J. L. Fleiss, Psychological Bulletin 86 (1979) 420-428.
    """

    icc_1_1: float
    icc_2_1: float
    icc_3_1: float
    icc_1_k: float
    icc_2_k: float
    icc_3_k: float


def icc(table: Matrix) -> Icc:
    """Of a complete table (N ideas x k jurors); all NaN where it is smaller than 2 x 2 or has no variation."""
    n, k = table.shape
    if n < 2 or k < 2:
        return Icc(*[NOT_DEFINED] * 6)
    grand = table.mean()
    ideas, jurors = table.mean(axis=1), table.mean(axis=0)
    rows = k * float(((ideas - grand) ** 2).sum()) / (n - 1)
    columns = n * float(((jurors - grand) ** 2).sum()) / (k - 1)
    within = float(((table - ideas[:, None]) ** 2).sum()) / (n * (k - 1))
    left = float(((table - ideas[:, None] - jurors + grand) ** 2).sum()) / ((n - 1) * (k - 1))
    shift = (columns - left) / n
    return Icc(
        _ratio(rows - within, rows + (k - 1) * within),
        _ratio(rows - left, rows + (k - 1) * left + k * shift),
        _ratio(rows - left, rows + (k - 1) * left),
        _ratio(rows - within, rows),
        _ratio(rows - left, rows + shift),
        _ratio(rows - left, rows),
    )


@dataclass(frozen=True)
class Components:
    """Reliability from variance components, for any design (0..1; NaN where unknown).

    `single` of one ballot, `mean` of the mean of `k`, `adjusted` of the fair score of `k`; k is the harmonic mean of
    the ballots of an idea.
    """

    single: float
    mean: float
    adjusted: float
    k: float


def components(fit: Fit) -> Components:
    """`st2/(st2+sb2+s2)`, `st2/(st2+(sb2+s2)/k)`, `st2/(st2+s2/k)`, with st2 the variance of ideas by moments."""
    k = len(fit.score) / float((1 / fit.ballots.per_idea).sum())
    st2 = between(estimate_fair(fit), np.arange(len(fit.score)))
    return Components(
        _ratio(st2, st2 + fit.sb2 + fit.s2),
        _ratio(st2, st2 + (fit.sb2 + fit.s2) / k),
        _ratio(st2, st2 + fit.s2 / k),
        k,
    )


def predict_reliability(single: float, k: float) -> float:
    """The reliability of a mean of k ballots out of that of a single one (Spearman 1910, Brown 1910)."""
    return k * single / (1 + (k - 1) * single)


def alpha_interval(unit: Index, value: Vector) -> float:
    """Krippendorff's alpha for numbers: `value` (n) of the observed `unit` (n, indices); NaN where it is not defined.

    Units with one value say nothing and are left out. `1 - D_o/D_e` with squared differences needs no table of pairs:
    `D_o = sum_u m_u SS_u / (m_u - 1) / n`, `D_e = SS / (n - 1)`.
    Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    return _alpha(*_pairable(unit, value))


def alpha_ordinal(unit: Index, value: Vector) -> float:
    """The same for levels, of which only the order counts.

    The ordinal distance, all values between two counted, is the distance of their mean ranks.
    """
    unit, value = _pairable(unit, value)
    return _alpha(unit, mean_ranks(value))


def _alpha(unit: Index, value: Vector) -> float:
    n = len(value)
    if n == 0 or np.ptp(value) == 0:
        return NOT_DEFINED
    _units, unit, size = np.unique(unit, return_inverse=True, return_counts=True)
    mean = np.bincount(unit, value) / size
    inside = np.bincount(unit, (value - mean[unit]) ** 2)
    observed = float((size * inside / (size - 1)).sum()) / n
    return 1 - observed / (float(((value - value.mean()) ** 2).sum()) / (n - 1))


def _pairable(unit: Index, value: Vector) -> tuple[Index, Vector]:
    paired = np.bincount(unit)[unit] > 1 if len(unit) else np.zeros(0, bool)
    return unit[paired], value[paired]


def mean_ranks(value: Vector) -> Vector:
    """Ranks from 1 (n), the smallest first; equal values share the mean of theirs."""
    _values, place, count = np.unique(value, return_inverse=True, return_counts=True)
    ranks: Vector = (np.cumsum(count) - (count - 1) / 2)[place]
    return ranks


@dataclass(frozen=True)
class Concordance:
    """Kendall's `w` (0..1) and the chance `p` of one as high among jurors who rank at random."""

    w: float
    p: float


def kendall_w(table: Matrix) -> Concordance:
    """Of a complete table (N ideas x k jurors), corrected for ties; NaN where a table says nothing.

    `W = 12 S / (k^2 (N^3 - N) - k sum T)`, T = sum(t^3 - t) over each juror's ties; k (N - 1) W is chi-square.
    Source: M. G. Kendall, Rank Correlation Methods (1948), chapter 6.
    """
    n, k = table.shape
    if n < 2 or k < 2:
        return Concordance(NOT_DEFINED, NOT_DEFINED)
    ranks = np.column_stack([mean_ranks(column) for column in table.T])
    ties = sum(float((count**3 - count).sum()) for count in map(_tie_sizes, table.T))
    sums = ranks.sum(axis=1)
    w = _ratio(12 * float(((sums - sums.mean()) ** 2).sum()), k**2 * (n**3 - n) - k * ties)
    return Concordance(w, float(special.chdtrc(n - 1, k * (n - 1) * w)))


def _tie_sizes(column: Vector) -> Vector:
    return np.unique(column, return_counts=True)[1].astype(float)


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else NOT_DEFINED

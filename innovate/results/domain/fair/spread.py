"""The spread-aware fair score: for juries in which some use the whole scale and some only the middle of it.

The model: `y_ij = mu + s_j theta_i + b_j + sig_j e_ij`. Spread s_j and noise sig_j of each juror are estimated and
drawn towards those of the jury (empirical Bayes), so the method switches itself off where jurors use the scale alike.
They are then taken as known: ideas are fitted as always, on `(y - mu) / s_j` with weights `s_j^2 / sig_j^2`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innovate.results.domain.fair.ballots import Ballots, Vector, sum_by
from innovate.results.domain.fair.estimate import Estimate, estimate_fair
from innovate.results.domain.fair.fit import Fit, fit_fair
from innovate.results.domain.fair.intervals import between
from innovate.results.domain.fair.residuals import leverage, predict_without, residuals
from innovate.results.domain.fair.variances import squeeze

ROUNDS = 6
ENOUGH = 8  # ballots before a juror has a spread of their own
LARGEST = 0.15  # the variance of spreads, at most: beyond it is something else than taste
NARROWEST = 0.25


@dataclass(frozen=True)
class SpreadFit:
    """`fit` is on the common scale around `mu`. `spread` (J, about 1) and `noise` (J, > 0, variance, 1 on average) are
    the jurors' s and sig^2; `few` (J, bool) says who had too few ballots for a spread of their own.
    """

    fit: Fit
    mu: float
    spread: Vector
    noise: Vector
    few: NDArray[np.bool_]

    @property
    def estimate(self) -> Estimate:
        """The scores in points of the ballots, as sure as if spreads were known."""
        return Estimate(self.mu + self.fit.score, self.fit.noise, self.fit.rows, self.fit.degrees)

    @property
    def is_off(self) -> bool:
        """Whether jurors use the scale alike: then this is the fair score."""
        return bool((self.spread == 1).all() and (self.noise == 1).all())


def fit_spread(ballots: Ballots, *, digits: int | None = None) -> SpreadFit:
    """Fair scores with each juror's spread and noise; the plain ones where uncertainty is unknown.

    `digits` (significant ones) rounds mu, spreads, noises and the ratio as they will be published, before scores are
    solved with them: so anybody can solve them again.
    """
    plain = fit_fair(ballots)
    mu = float(plain.score.mean())
    few = ballots.per_juror < ENOUGH
    spread, noise = np.ones(len(few)), np.ones(len(few))
    if not plain.s2 > 0 or plain.degrees <= 0:
        return _solve(ballots, mu, spread, noise, few, digits)
    for _round in range(ROUNDS):
        fit = _refit(ballots, mu, spread, noise)
        spread, noise = _shrunken_slopes(fit, ballots.total - mu, few), _relative_noise(fit, spread)
    return _solve(ballots, mu, spread, noise, few, digits)


def _solve(
    ballots: Ballots, mu: float, spread: Vector, noise: Vector, few: NDArray[np.bool_], digits: int | None
) -> SpreadFit:
    if digits is not None:
        mu, spread, noise = float(f"{mu:.{digits}g}"), _round_to(spread, digits), _round_to(noise, digits)
    return SpreadFit(_refit(ballots, mu, spread, noise, digits), mu, spread, noise, few)


def _round_to(values: Vector, digits: int) -> Vector:
    return np.array([float(f"{value:.{digits}g}") for value in values])


def _refit(ballots: Ballots, mu: float, spread: Vector, noise: Vector, digits: int | None = None) -> Fit:
    each = spread[ballots.juror]
    made = ballots.replace((ballots.total - mu) / each, each**2 / noise[ballots.juror])
    return fit_fair(made, digits=digits)


def _shrunken_slopes(fit: Fit, total: Vector, few: NDArray[np.bool_]) -> Vector:
    """The slope of each juror's totals on what the others' ballots predict, shrunk towards 1.

    Predictions are shrunk to what is believed of the idea, which keeps the slopes unbiased although they are uncertain.
    """
    alike = np.ones(len(few))
    st2 = between(estimate_fair(fit), np.arange(len(fit.score)))
    if not st2 > 0:
        return alike
    mean, variance = predict_without(fit)
    known = np.isfinite(variance)
    believed = st2 / (st2 + variance[known]) * (mean[known] - float(fit.score.mean()))
    slope, error = _slopes(believed, total[known], fit.ballots.juror[known], len(few))
    usable = ~few & np.isfinite(error)
    if usable.sum() < 2:
        return alike
    weight = 1 / error[usable]
    slope = slope / np.average(slope[usable], weights=weight)
    surplus = (slope[usable] - 1) ** 2 - error[usable]
    taste = min(LARGEST, max(0.0, float(np.average(surplus, weights=weight))))
    with np.errstate(invalid="ignore"):
        return np.where(usable, np.maximum(NARROWEST, 1 + (slope - 1) * taste / (taste + error)), 1.0)


def _slopes(x: Vector, y: Vector, juror: NDArray[np.intp], jurors: int) -> tuple[Vector, Vector]:
    """Least squares of y on x with an intercept for each juror: slopes and their squared errors (J), NaN where none."""

    def total(values: Vector) -> Vector:
        return sum_by(juror, values, jurors)

    size = total(np.ones(len(x)))
    with np.errstate(divide="ignore", invalid="ignore"):
        x = x - (total(x) / size)[juror]
        y = y - (total(y) / size)[juror]
        square = total(x**2)
        slope = total(x * y) / square
        left = total((y - slope[juror] * x) ** 2)
        pooled = left[square > 0].sum() / max(1.0, (size[square > 0] - 2).clip(min=0).sum())
        return slope, np.where(square > 0, pooled / square, np.nan)


def _relative_noise(fit: Fit, spread: Vector) -> Vector:
    """Variance of each juror's ballots around the fit, squeezed towards the jury's, 1 on average.

    `Var(residual) = s2 (1 - h) / weight`: a juror's squares of residuals are divided by what is left of their ballots.
    """
    juror = fit.ballots.juror
    left = sum_by(juror, np.maximum(1 - leverage(fit), 0.0), len(spread))
    squares = sum_by(juror, (spread[juror] * residuals(fit)) ** 2, len(spread))
    squeezed = squeeze(squares, left)
    return squeezed / squeezed.mean()

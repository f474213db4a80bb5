"""Jurors with a spread and a noise of their own: `y_ij = mu + s_j theta_i + b_j + sig_j e_ij`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import digamma, polygamma

from innovate.results.domain.bundle.verifier.proofs import Row, must
from innovate.results.domain.bundle.verifier.reml import NEAR_RATIO, Fit, check_ratio

ROUNDS = 6
ENOUGH = 8  # ballots before a juror has a spread
TASTE, NARROWEST = 0.15, 0.25


def score_spread(y: Any, idea: Any, juror: Any, jurors: Sequence[str], chosen: Row) -> Any:
    """Each idea's score, solved with the published mu, s_j, sig_j^2 and lambda; Differs where these are not what the
    ballots say.
    """
    place, said = f"round {chosen['number']}", chosen["spread"] or {"jurors": {}}
    must(set(said["jurors"]) == set(jurors), f"manifest.json: spread of {place} is not that of its jurors")
    mu, table = float(said["mu"]), np.array([[float(x) for x in said["jurors"][each]] for each in jurors])
    own_mu, *own = find_spread(y, idea, juror)
    must(_near(mu, own_mu, 1.0), f"manifest.json: mu of {place} is {mu:g}, recomputed {own_mu:g}")
    for name, published, found in zip(("spread", "noise"), table.T, own, strict=True):
        for key, near, says, is_ in zip(jurors, _near(published, found), published, found, strict=True):
            must(near, f"manifest.json: {name} of juror {key} in {place} is {says:g}, recomputed {is_:g}")
    fit = _rescale(y, idea, juror, mu, *table.T)
    return mu + fit.solve(check_ratio(fit, chosen))


def _near(published: Any, own: Any, least: float = 0.0) -> Any:
    return np.abs(published - own) <= NEAR_RATIO * np.maximum(least, np.abs(own))


def _rescale(y: Any, idea: Any, juror: Any, mu: float, spread: Any, noise: Any) -> Fit:
    return Fit.of((y - mu) / spread[juror], idea, juror, spread[juror] ** 2 / noise[juror])


def find_spread(y: Any, idea: Any, juror: Any) -> tuple[float, Any, Any]:
    """mu, and each juror's spread s_j and noise sig_j^2 (1 on average), by six rounds of empirical Bayes."""
    plain, count = Fit.of(y, idea, juror), np.bincount(juror)
    mu = float(plain.solve(plain.optimum()).mean())
    spread = noise = np.ones(len(count))
    if plain.within == 0 or plain.degrees <= 0:
        return mu, spread, noise
    for _round in range(ROUNDS):
        fit = _rescale(y, idea, juror, mu, spread, noise)
        t = fit.optimum()
        wider = _slopes(fit, t, y - mu, count)
        noise, spread = _noises(fit, t, spread), wider
    return mu, spread, noise


def _slopes(fit: Fit, t: float, y: Any, count: Any) -> Any:
    """How far each juror goes along with what the other ballots say of an idea, drawn towards 1."""
    theta, b, s2 = fit.solve(t), fit.severities(t), _variance(fit, t)
    between = _between(fit, t, theta, s2)
    if not between > 0:
        return np.ones(len(count))
    whole = fit.whole[fit.idea]
    known = np.bincount(fit.idea)[fit.idea] > 1
    rest = np.where(known, whole - fit.weight, 1.0)
    without = (whole * theta[fit.idea] - fit.weight * (fit.y - b[fit.juror])) / rest
    x = between / (between + s2 / rest) * (without - theta.mean())
    slope, error = _regress(x[known], y[known], fit.juror[known], len(count))
    usable = (count >= ENOUGH) & np.isfinite(error)
    if usable.sum() < 2:
        return np.ones(len(count))
    weight = 1 / error[usable]
    slope = slope / np.average(slope[usable], weights=weight)
    taste = float(np.average((slope[usable] - 1) ** 2 - error[usable], weights=weight))
    taste = min(TASTE, max(0.0, taste))
    with np.errstate(invalid="ignore"):
        return np.where(usable, np.maximum(NARROWEST, 1 + (slope - 1) * taste / (taste + error)), 1.0)


def _variance(fit: Fit, t: float) -> float:
    return (fit.within if math.isinf(t) else fit.q(t)) / fit.free


def _between(fit: Fit, t: float, theta: Any, s2: float) -> float:
    """The variance of the ideas themselves: what their scores scatter by, less what their errors do."""
    own, m = s2 / fit.whole, len(theta)
    if m < 2:
        return math.nan
    rows = fit.share @ (fit.vectors * np.sqrt(s2 / (fit.values + t)))
    errors = own * (1 - 2 / m) + own.mean() / m + ((rows - rows.mean(axis=0)) ** 2).sum(axis=1)
    return float(((theta - theta.mean()) ** 2).sum() - errors.sum()) / (m - 1)


def _regress(x: Any, y: Any, juror: Any, jurors: int) -> tuple[Any, Any]:
    """Least squares of y on x, with a level for each juror: slopes and their squared errors."""
    size = np.bincount(juror, minlength=jurors)
    with np.errstate(divide="ignore", invalid="ignore"):
        x, y = (v - (np.bincount(juror, v, jurors) / size)[juror] for v in (x, y))
        square = np.bincount(juror, x * x, jurors)
        slope = np.bincount(juror, x * y, jurors) / square
        left = np.bincount(juror, (y - slope[juror] * x) ** 2, jurors)
        usable = square > 0
        pooled = left[usable].sum() / max(1.0, np.maximum(size[usable] - 2, 0).sum())
        return slope, np.where(usable, pooled / square, np.nan)


def _noises(fit: Fit, t: float, spread: Any) -> Any:
    """Each juror's squares of residuals over what is left of their ballots, squeezed; 1 on average."""
    root = fit.vectors / np.sqrt(fit.values + t)
    rows = fit.share @ root
    far = (rows**2).sum(axis=1)[fit.idea] + (root**2).sum(axis=1)[fit.juror]
    pulled = fit.weight * (1 / fit.whole[fit.idea] + far - 2 * (rows @ root.T)[fit.idea, fit.juror])
    left = fit.y - fit.solve(t)[fit.idea] - fit.severities(t)[fit.juror]
    squares = np.bincount(fit.juror, (spread[fit.juror] * left) ** 2)
    found = _squeeze(squares, np.bincount(fit.juror, np.maximum(1 - pulled, 0.0)))
    return found / found.mean()


def _squeeze(squares: Any, degrees: Any) -> Any:
    """Variances drawn towards what they have in common: Smyth (2004), section 6.2."""
    used = degrees > 0.5
    if used.sum() < 2 or not squares[used].any():
        return np.ones(len(squares))
    variance, half = squares[used] / degrees[used], degrees[used] / 2
    variance = np.maximum(variance, 1e-5 * max(float(np.median(variance)), 1e-5 * float(variance.max())))
    level = np.log(variance) - digamma(half) + np.log(half)
    scatter = float(np.var(level, ddof=1) - polygamma(1, half).mean())
    if scatter <= 0:
        return np.full(len(squares), squares[used].sum() / degrees[used].sum())
    x = 0.5 + 1 / scatter  # Newton's method for trigamma(x) = scatter
    for _step in range(50):
        there = float(polygamma(1, x))
        x += there * (1 - there / scatter) / float(polygamma(2, x))
    common = math.exp(float(level.mean()) + float(digamma(x)) - math.log(x))
    return (2 * x * common + squares) / (2 * x + degrees)

"""The fair score of ideas and the severity of jurors, with exact standard errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from innovate.results.domain.fair.ballots import Ballots, Matrix, Vector, square_rows, sum_by
from innovate.results.domain.fair.design import Design, lay_out
from innovate.results.domain.fair.reml import NOTHING, Profile


@dataclass(frozen=True)
class Fit:
    """`y_ij = theta_i + b_j + e_ij`, solved.

    `raw`, `score` (N, points): the plain mean and theta. `severity`, `severity_error` (J, points): b, below 0 for a
    strict juror, and its standard error. `s2`, `sb2` (square points): variance of a ballot and of severities; NaN where
    no idea has two ballots. `ratio`: s2/sb2, `inf` where jurors are equally strict. `noise` (N) and `rows` (N x J, or
    N x 0 with severities 0): Var(theta_i) = noise_i + |rows_i|^2. `degrees`: residual degrees of freedom
    n - N - J + groups.
    """

    ballots: Ballots
    design: Design
    raw: Vector
    score: Vector
    severity: Vector
    severity_error: Vector
    s2: float
    sb2: float
    ratio: float
    degrees: int
    noise: Vector
    rows: Matrix

    @property
    def error(self) -> Vector:
        """Standard errors of the scores (N, points): of each by itself, with the severities of its jurors."""
        return np.sqrt(self.noise + square_rows(self.rows))

    @property
    def severity_share(self) -> float:
        """How much of the difference between two ballots of an idea is severity, sb2 / (sb2 + s2), 0..1."""
        whole = self.sb2 + self.s2
        return self.sb2 / whole if whole > 0 else (0.0 if whole == 0 else math.nan)


def fit_fair(ballots: Ballots, *, ratio: float | None = None, digits: int | None = None) -> Fit:
    """The fair score of every idea.

    With a published `ratio` = s2/sb2 (> 0, `inf` for equally strict jurors) it is solved, not searched, which is how
    anybody recomputes a result; `digits` (significant ones) rounds the ratio that was found, as it will be published.
    One ballot per idea (n = N): scores are raw and variances NaN.
    """
    design = lay_out(ballots)
    profile, deviation = _profile(ballots, design)
    raw = ballots.raw if (ballots.weight == 1).all() else _weighted_means(ballots, design)
    if profile.degrees == 0:
        return _without_severities(ballots, design, raw, s2=math.nan, sb2=math.nan)
    level = NOTHING * ballots.n * float(np.abs(ballots.total).max()) ** 2
    if profile.within <= level:
        return _without_severities(ballots, design, raw, s2=0.0, sb2=0.0)
    t = profile.find_ratio() if ratio is None else ratio
    if digits is not None:
        t = float(f"{t:.{digits}g}")
    if math.isinf(t):
        return _without_severities(ballots, design, raw, s2=profile.within / profile.degrees, sb2=0.0)
    return _with_severities(ballots, design, raw, deviation, t, s2=float(profile.q(t)) / profile.degrees)


def criterion(fit: Fit) -> float:
    """-2 log REML with every constant, as lme4 prints it; for ballots of weight 1."""
    profile, _deviation = _profile(fit.ballots, fit.design)
    spread = 0.0 if math.isinf(fit.ratio) else float(np.log1p(profile.values / fit.ratio).sum())
    size = float(np.log(fit.design.per_idea).sum())
    return profile.degrees * (1 + math.log(2 * math.pi * fit.s2)) + spread + size


def _weighted_means(ballots: Ballots, design: Design) -> Vector:
    return sum_by(ballots.idea, ballots.weight * ballots.total, len(ballots.ideas)) / design.per_idea


def _profile(ballots: Ballots, design: Design) -> tuple[Profile, Vector]:
    """The likelihood's profile, and r (J): each juror's sum of deviations from the means of the ideas they scored."""
    away = ballots.weight * (ballots.total - _weighted_means(ballots, design)[ballots.idea])
    deviation = sum_by(ballots.juror, away, len(ballots.jurors))
    within = float((away**2 / ballots.weight).sum())
    degrees = ballots.n - len(ballots.ideas)
    return Profile(design.values, design.vectors.T @ deviation, within, degrees), deviation


def _with_severities(
    ballots: Ballots, design: Design, raw: Vector, deviation: Vector, t: float, *, s2: float
) -> Fit:
    """`b = U diag(1/(l+t)) U'r`, `theta = mean - D^-1 C b`, `row_i = (D^-1 C)_i U sqrt(s2/(l+t))`."""
    vectors, shrink = design.vectors, 1 / (design.values + t)
    severity = vectors @ (shrink * (vectors.T @ deviation))
    root = vectors * np.sqrt(s2 * shrink)
    return Fit(
        ballots,
        design,
        raw=raw,
        score=raw - design.share @ severity,
        severity=severity,
        severity_error=np.sqrt(square_rows(root)),
        s2=s2,
        sb2=s2 / t,
        ratio=t,
        degrees=_degrees(ballots, design),
        noise=s2 / design.per_idea,
        rows=design.share @ root,
    )


def _without_severities(ballots: Ballots, design: Design, raw: Vector, *, s2: float, sb2: float) -> Fit:
    """Jurors equally strict, or nothing known about them: the raw means, ties included."""
    nought = np.zeros(len(ballots.jurors))
    return Fit(
        ballots,
        design,
        raw=raw,
        score=raw,
        severity=nought,
        severity_error=nought if sb2 == 0 else np.full_like(nought, math.nan),
        s2=s2,
        sb2=sb2,
        ratio=math.inf,
        degrees=_degrees(ballots, design),
        noise=s2 / design.per_idea,
        rows=np.zeros((len(ballots.ideas), 0)),
    )


def _degrees(ballots: Ballots, design: Design) -> int:
    return ballots.n - len(ballots.ideas) - len(ballots.jurors) + design.groups

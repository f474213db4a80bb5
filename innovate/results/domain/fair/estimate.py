"""Scores with what is uncertain about them: one form for the fair score, the raw mean and several rounds together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from innovate.results.domain.fair.ballots import Index, Matrix, Vector, square_rows
from innovate.results.domain.fair.fit import Fit


@dataclass(frozen=True)
class Estimate:
    """`score` (N, points) differs from the truth by `sqrt(noise_i) z2_i - rows_i . z1`, z1 and z2 standard normal.

    `noise` (N, square points) is each idea's own, `rows` (N x Q) what ideas share because they share jurors. `degrees`
    of freedom were left to measure both; at 0 or below nothing can be said about uncertainty.
    """

    score: Vector
    noise: Vector
    rows: Matrix
    degrees: int

    @property
    def error(self) -> Vector:
        """Standard errors (N, points) of the scores by themselves."""
        return np.sqrt(self.noise + square_rows(self.rows))

    @property
    def is_known(self) -> bool:
        """Whether anything can be said about uncertainty."""
        return self.degrees > 0 and bool(np.isfinite(self.noise).all())


def estimate_fair(fit: Fit) -> Estimate:
    """The fair scores of a fit."""
    return Estimate(fit.score, fit.noise, fit.rows, fit.degrees)


def estimate_raw(fit: Fit) -> Estimate:
    """The plain means, with what the severities of their jurors do to them: row_i = (D^-1 C)_i sqrt(sb2)."""
    rows = fit.design.share.toarray() * math.sqrt(fit.sb2) if fit.sb2 > 0 else fit.rows
    return Estimate(fit.raw, fit.noise, rows, fit.degrees)


def take(estimate: Estimate, members: Index) -> Estimate:
    """Some of the ideas (m, indices), in their order."""
    return Estimate(
        estimate.score[members], estimate.noise[members], estimate.rows[members], estimate.degrees
    )


def combine(rounds: Sequence[Estimate], weights: Sequence[float]) -> Estimate:
    """The weighted mean of rounds that were each fitted by itself, over the same ideas in the same order.

    Variances add with the squared weights. The fewest degrees of freedom of any round are taken: never too sure.
    Weights are >= 0 and divided by their sum; all zero weigh equally.
    """
    whole = sum(weights)
    parts = [weight / whole if whole else 1 / len(rounds) for weight in weights]
    pairs = list(zip(parts, rounds, strict=True))
    return Estimate(
        score=np.sum([part * each.score for part, each in pairs], axis=0),
        noise=np.sum([part**2 * each.noise for part, each in pairs], axis=0),
        rows=np.hstack([part * each.rows for part, each in pairs]),
        degrees=min(each.degrees for each in rounds),
    )

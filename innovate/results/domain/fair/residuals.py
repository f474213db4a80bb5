"""What a fit says about single ballots: how far off, how influential, what the others expected."""

from __future__ import annotations

import math

import numpy as np

from innovate.results.domain.fair.ballots import Vector, square_rows
from innovate.results.domain.fair.fit import Fit


def residuals(fit: Fit) -> Vector:
    """What is left of each ballot (n, points): y_ij - theta_i - b_j."""
    made = fit.ballots
    return made.total - fit.score[made.idea] - fit.severity[made.juror]


def leverage(fit: Fit) -> Vector:
    """How much each ballot pulls its own fitted value (n, 0..1): Var(residual_ij) = s2 (1 - h_ij) / weight_ij.

    `h_ij = w_ij (1/n_i + |(row_i - e_j) U diag(l + t)^-1/2|^2)` with row_i = (D^-1 C)_i.
    """
    made, design = fit.ballots, fit.design
    own = 1 / design.per_idea[made.idea]
    if math.isinf(fit.ratio):
        return made.weight * own
    root = design.vectors / np.sqrt(design.values + fit.ratio)
    rows = design.share @ root
    cross = (rows @ root.T)[made.idea, made.juror]
    far = square_rows(rows)[made.idea] + square_rows(root)[made.juror] - 2 * cross
    return made.weight * (own + far)


def predict_without(fit: Fit) -> tuple[Vector, Vector]:
    """What the other ballots of its idea say about each ballot's idea: theta without it (n, points) and its variance.

    NaN and infinity where there is no other ballot. Severities are those of the whole fit.
    """
    made = fit.ballots
    whole = fit.design.per_idea[made.idea]
    rest = np.where(fit.ballots.per_idea[made.idea] > 1, whole - made.weight, 0.0)
    own = made.weight * (made.total - fit.severity[made.juror])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (whole * fit.score[made.idea] - own) / rest
        return np.where(rest > 0, mean, np.nan), np.where(rest > 0, fit.s2 / rest, np.inf)

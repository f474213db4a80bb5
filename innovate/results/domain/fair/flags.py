"""Questions to ask before a result is announced. A flag is a question to the juror, never a removal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from innovate.core.scientific import special
from innovate.results.domain.fair.ballots import Ballots, Index, Matrix, Vector, sum_by
from innovate.results.domain.fair.codes import Flag, FlagCode
from innovate.results.domain.fair.fit import Fit
from innovate.results.domain.fair.residuals import leverage, predict_without, residuals

IDENTICAL_SHARE = 0.5
STRAIGHT_SHARE = 0.6
FEWEST = 4  # ballots of a juror before a habit can be seen in them
FEWEST_PAIRS = 6  # before a correlation says anything
RATE = 0.05  # of the flags of one kind, how many may be false alarms
PLACES = 9  # equal after so many decimals is the same score


def flag_all(fit: Fit, cells: Matrix, *, wanted: int | None = None) -> list[Flag]:
    """Every flag of a round. `cells` (n x C) are the ballots' shares of each criterion's range, in the fit's order."""
    made = fit.ballots
    found = [*flag_habits(made, cells), *flag_correlations(fit), *flag_outliers(fit)]
    return [*found, *flag_coverage(made, wanted)]


def flag_habits(ballots: Ballots, cells: Matrix) -> Iterator[Flag]:
    """Jurors who give the same ballot again and again, or the same score on every criterion."""
    cells = np.round(cells, PLACES)
    _rows, kind = np.unique(cells, axis=0, return_inverse=True)
    level = (cells == cells[:, :1]).all(axis=1) if cells.shape[1] > 1 else np.zeros(len(cells), bool)
    starts = np.argsort(ballots.juror, kind="stable")
    for number, own in enumerate(np.split(starts, np.cumsum(ballots.per_juror)[:-1])):
        if len(own) < FEWEST:
            continue
        same = int(np.bincount(kind.ravel()[own]).max()) / len(own)
        straight = float(level[own].mean())
        if same >= IDENTICAL_SHARE:
            yield Flag(FlagCode.IDENTICAL, ballots.jurors[number], values=_counted(same, own))
        if straight >= STRAIGHT_SHARE:
            yield Flag(FlagCode.STRAIGHT, ballots.jurors[number], values=_counted(straight, own))


def _counted(share: float, own: Index) -> dict[str, float]:
    return {"share": share, "ballots": len(own)}


def flag_correlations(fit: Fit) -> Iterator[Flag]:
    """Jurors whose totals fall where the fair scores of the others rise, or have less to do with them than usual.

    Correlations are compared as Fisher's `z = atanh r` with variance `1/(m - 3)`; the usual is the mean z of the other
    jurors. One-sided, five false alarms among a hundred flags (Benjamini & Hochberg).
    """
    made = fit.ballots
    expected, variance = predict_without(fit)
    known = np.isfinite(variance)
    r, size = _correlate(expected[known], made.total[known], made.juror[known], len(made.jurors))
    usable = np.isfinite(r) & (size >= FEWEST_PAIRS)
    if not usable.any():
        return
    z, weight = np.arctanh(np.clip(r[usable], -0.999999, 0.999999)), size[usable] - 3
    others = weight.sum() - weight
    usual = np.divide((weight * z).sum() - weight * z, others, out=np.zeros_like(z), where=others > 0)
    is_reversed = discover(special.ndtr(z * np.sqrt(weight)))
    gap = (z - usual) / np.sqrt(1 / weight + np.divide(1, others, out=np.zeros_like(z), where=others > 0))
    is_odd = discover(special.ndtr(gap)) & (usual > 0)
    for n, juror in enumerate(np.flatnonzero(usable)):
        code = FlagCode.REVERSED if is_reversed[n] else FlagCode.UNRELATED if is_odd[n] else None
        if code:
            values = {
                "correlation": float(r[juror]),
                "usual": float(np.tanh(usual[n])),
                "ballots": float(size[juror]),
            }
            yield Flag(code, made.jurors[int(juror)], values=values)


def _correlate(x: Vector, y: Vector, juror: Index, jurors: int) -> tuple[Vector, Vector]:
    """Pearson's r of each juror (J, NaN without variation) and the number of its pairs (J)."""
    size = sum_by(juror, np.ones(len(x)), jurors)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = x - (sum_by(juror, x, jurors) / size)[juror]
        y = y - (sum_by(juror, y, jurors) / size)[juror]
        scale = np.sqrt(sum_by(juror, x**2, jurors) * sum_by(juror, y**2, jurors))
        return np.where(scale > 1e-9, sum_by(juror, x * y, jurors) / scale, np.nan), size


def flag_outliers(fit: Fit) -> Iterator[Flag]:
    """Ballots far off: `residual / sqrt(s2 (1 - h))` as Student's t, five false alarms among a hundred flags."""
    if not (fit.s2 > 0 and fit.degrees > 0):
        return
    made, left, far = fit.ballots, residuals(fit), standardised(fit)
    for n in np.flatnonzero(discover(2 * special.stdtr(fit.degrees, -np.abs(far)))):
        values = {"points": float(left[n]), "errors": float(far[n]), "total": float(made.total[n])}
        yield Flag(FlagCode.OUTLIER, made.jurors[made.juror[n]], made.ideas[made.idea[n]], values)


def standardised(fit: Fit) -> Vector:
    """Residuals (n) in their own standard errors; 0 where a ballot alone decides its fitted value."""
    left = np.maximum(1 - leverage(fit), 0.0)
    error = np.sqrt(fit.s2 * left / fit.ballots.weight)
    return np.divide(residuals(fit), error, out=np.zeros(fit.ballots.n), where=left > 1e-9)


def flag_own_unit(fit: Fit, own: NDArray[np.bool_]) -> Iterator[Flag]:
    """Whether ballots on entries of a juror's own unit (`own`, n) differ: one test for the whole jury.

    `points` is how much higher they are than the model expects: `sum r / sum (1 - h)`, error `sqrt(s2 / sum (1 - h))`.
    """
    if not (fit.s2 > 0 and fit.degrees > 0 and own.any() and not own.all()):
        return
    free = float(np.maximum(1 - leverage(fit), 0.0)[own].sum())
    if free <= 0:
        return
    points, error = float(residuals(fit)[own].sum()) / free, float(np.sqrt(fit.s2 / free))
    if 2 * float(special.stdtr(fit.degrees, -abs(points) / error)) < RATE:
        yield Flag(FlagCode.OWN_UNIT, values={"points": points, "error": error, "ballots": int(own.sum())})


def flag_coverage(ballots: Ballots, wanted: int | None = None) -> Iterator[Flag]:
    """Ideas with fewer ballots than `wanted`, or than most ideas have."""
    count = ballots.per_idea
    usual = int(np.bincount(count).argmax()) if wanted is None else wanted
    for n in np.flatnonzero(count < usual):
        yield Flag(
            FlagCode.COVERAGE, idea=ballots.ideas[int(n)], values={"ballots": int(count[n]), "wanted": usual}
        )


def discover(p: Vector, rate: float = RATE) -> NDArray[np.bool_]:
    """Which of many tests (p, m) to believe so that `rate` of them are false alarms on average.

    Source: Y. Benjamini & Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300.
    """
    order = np.argsort(p)
    passed = np.flatnonzero(p[order] <= rate * np.arange(1, len(p) + 1) / max(1, len(p)))
    found = np.zeros(len(p), bool)
    if len(passed):
        found[order[: passed[-1] + 1]] = True
    return found

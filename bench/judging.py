"""The fair score beside its numbers: how near to the truth, how honest, how fast. `python -m bench.judging`"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from bench.hall import report_hall
from bench.juries import POINTS, Jury, Made, make, make_panel
from bench.report import Line, Report, machine
from innovate.results.domain.fair.ballots import Ballots, arrange
from innovate.results.domain.fair.draws import draw_ranks
from innovate.results.domain.fair.estimate import Estimate, estimate_fair
from innovate.results.domain.fair.fit import fit_fair
from innovate.results.domain.fair.intervals import contrast_error, interval, reach
from innovate.results.domain.fair.spread import fit_spread

SEEDS = range(60)
TOP = 10
BIN = 200
PANELS, PANELS_EACH = ((6, 3), (12, 3), (12, 5)), 50
TRACKS, EQUAL = Jury(tracks=5), Jury(severity=0, spread=0, consistency=0)
TRUTH, HONEST, FAST = (
    "G2 to G4: Kendall's tau with the truth, 500 ideas x 5 ballots, 50 jurors",
    "G5, G6: promises kept, intervals of scores and ranks, chances",
    "G7: fair score of 10,000 ideas x 5 ballots x 6 criteria, 200 jurors",
)
FIT_SECONDS, DRAW_SECONDS, MEGABYTES = 0.1, 5.0, 700


@dataclass(frozen=True)
class Taus:
    """Mean rank correlation with the truth, by method."""

    raw: float
    z_score: float
    fair: float
    spread: float


def measure_truth(jury: Jury, seeds: Iterable[int] = SEEDS) -> Taus:
    """How near each method comes to the truth, over the seeds."""
    rows = []
    for seed in seeds:
        made = make(jury, seed)
        fit = fit_fair(made.ballots)
        methods = (fit.raw, z_scores(made.ballots), fit.score, fit_spread(made.ballots).estimate.score)
        rows.append([float(kendalltau(made.truth, method).statistic) for method in methods])
    return Taus(*np.mean(rows, axis=0).tolist())


def z_scores(ballots: Ballots) -> NDArray[np.float64]:
    """What many competitions do: every juror's totals to mean 0 and deviation 1, then the plain mean."""
    mean = np.bincount(ballots.juror, ballots.total) / ballots.per_juror
    away = ballots.total - mean[ballots.juror]
    deviation = np.sqrt(np.bincount(ballots.juror, away**2) / ballots.per_juror)
    means: NDArray[np.float64] = np.bincount(ballots.idea, away / deviation[ballots.juror]) / ballots.per_idea
    return means


@dataclass(frozen=True)
class Promises:
    """Shares of intervals that held the truth, and by bins of P(top 10): (mean promised, share come true, how many)."""

    scores: float
    ranks: float
    chances: Sequence[tuple[float, float, int]]


def measure_promises(juries: Iterable[Made], scale: float, top: int = TOP) -> Promises:
    """Fit every jury and look where the truth, in points of `scale` for its unit, lies."""
    held, placed, chance, came = [], [], [], []
    for made in juries:
        estimate, everybody = estimate_fair(fit_fair(made.ballots)), np.arange(len(made.truth))
        true = scale * (made.truth - made.truth.mean()) + estimate.score.mean()
        found = interval(estimate, everybody)
        held.append((found.low <= true) & (true <= found.high))
        rank = np.argsort(np.argsort(-made.truth)) + 1
        drawn = draw_ranks(estimate, [everybody], top=top)
        placed.append((drawn.low <= rank) & (rank <= drawn.high))
        chance.append(drawn.p_top)
        came.append(rank <= top)
    bins = calibrate(np.concatenate(chance), np.concatenate(came))
    return Promises(float(np.concatenate(held).mean()), float(np.concatenate(placed).mean()), bins)


def calibrate(chance: NDArray[np.float64], came: NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    """Tenths of the chance with at least 200 cases in each."""
    tenth = np.minimum((chance * 10).astype(int), 9)
    bins = [(chance[tenth == n], came[tenth == n]) for n in range(10)]
    return [(float(p.mean()), float(c.mean()), len(p)) for p, c in bins if len(p) >= BIN]


def worst(promises: Promises) -> float:
    """The largest distance between what was promised and what came true."""
    return max(abs(promised - came) for promised, came, _count in promises.chances)


# -- lines of the report ----------------------------------------------------------------------------------------------


def report_truth(report: Report, seeds: Sequence[int] = SEEDS) -> None:
    """G2, G3, G4."""
    one = measure_truth(Jury(), seeds)
    beside = f"raw {one.raw:.3f}, z-score {one.z_score:.3f}"
    report.add(TRUTH, Line("fair", f"{one.fair:.4f}", beside, ">= .765", one.fair >= 0.765))
    report.add(TRUTH, Line("spread-aware", f"{one.spread:.4f}", beside, ">= .78", one.spread >= 0.78))
    five = measure_truth(TRACKS, seeds)
    beside = f"raw {five.raw:.3f}, z-score {five.z_score:.3f}"
    report.add(
        TRUTH, Line("fair, 5 tracks, 20 % cross", f"{five.fair:.4f}", beside, ">= .785", five.fair >= 0.785)
    )
    same = measure_truth(EQUAL, seeds)
    beside, lost = f"raw {same.raw:.4f}", abs(same.raw - same.fair)
    report.add(TRUTH, Line("fair, equal jurors", f"{same.fair:.4f}", beside, "within .005", lost <= 0.005))


def report_promises(report: Report, seeds: Sequence[int] = SEEDS) -> None:
    """G5, G6."""
    large = measure_promises((make(Jury(), seed) for seed in seeds), POINTS)
    _report_coverage(report, "500 ideas x 5 of 50 jurors", large)
    for ideas, jurors in PANELS:
        lucks = [np.random.default_rng(seed) for seed in seeds]
        panels = (make_panel(ideas, jurors, luck) for luck in lucks for _ in range(PANELS_EACH))
        _report_coverage(report, f"complete {ideas} x {jurors}", measure_promises(panels, 1.0, top=3))
    for promised, came, count in large.chances:
        told = f"promised {promised:.3f}, came {came:.3f}"
        line = Line(f"P(top 10), {count:,} ideas", told, "", "within .06", abs(promised - came) <= 0.06)
        report.add(HONEST, line)


def _report_coverage(report: Report, what: str, found: Promises) -> None:
    scores, ranks = found.scores, found.ranks
    report.add(HONEST, Line(f"{what}: scores", f"{scores:.4f}", "", ".94 to .97", 0.94 <= scores <= 0.97))
    report.add(HONEST, Line(f"{what}: ranks", f"{ranks:.4f}", "", ".94 to .98", 0.94 <= ranks <= 0.98))


def report_speed(report: Report) -> None:
    """G7: totals of six criteria, fit with errors and intervals; then rank intervals."""
    luck = np.random.default_rng(1)
    idea, juror, total = _large(luck)
    seconds, estimate = min((_time_fit(idea, juror, total) for _ in range(3)), key=lambda timed: timed[0])
    report.add(
        FAST, Line("fit with errors", f"{seconds:.3f} s", "", f"< {FIT_SECONDS} s", seconds < FIT_SECONDS)
    )
    began = time.perf_counter()
    draw_ranks(estimate, [np.arange(len(estimate.score))], top=TOP)
    whole = seconds + time.perf_counter() - began
    report.add(
        FAST, Line("with rank intervals", f"{whole:.2f} s", "", f"< {DRAW_SECONDS:g} s", whole < DRAW_SECONDS)
    )
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report.add(FAST, Line("largest memory", f"{used:.0f} MB", "", f"< {MEGABYTES} MB", used < MEGABYTES))


def _large(luck: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    ideas, jurors, each, criteria = 10_000, 200, 5, 6
    juror = np.argsort(luck.random((ideas, jurors)), axis=1)[:, :each].ravel()
    idea = np.repeat(np.arange(ideas), each)
    exact = 60 + 10 * luck.normal(size=ideas)[idea] + 8 * luck.normal(size=jurors)[juror]
    cells = np.clip(np.round(exact[:, None] + 16 * luck.normal(size=(len(idea), criteria))), 0, 100)
    weights = np.full(criteria, 1 / criteria)
    return idea, juror, cells @ weights


def _time_fit(
    idea: NDArray[np.intp], juror: NDArray[np.intp], total: NDArray[np.float64]
) -> tuple[float, Estimate]:
    began = time.perf_counter()
    estimate = estimate_fair(fit_fair(arrange(range(10_000), range(200), idea, juror, total)))
    estimate.error.sum()
    half = reach(estimate.degrees) * contrast_error(estimate, np.arange(len(estimate.score)))
    half.sum()
    return time.perf_counter() - began, estimate


def report_all(report: Report, seeds: Sequence[int] = SEEDS) -> None:
    """Everything, the speed first: later measurements would be in its memory."""
    report_speed(report)
    report_truth(report, seeds)
    report_promises(report, seeds)
    report_hall(report)


def main() -> int:
    """The numbers of judging alone."""
    parser = argparse.ArgumentParser(prog="python -m bench.judging", description=__doc__)
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many made-up juries (default: 60)")
    seeds = range(parser.parse_args().seeds)
    report = Report()
    print(f"Fair scores on {machine()}; seeds 0 to {len(seeds) - 1}")
    report_all(report, seeds)
    return bool(report.missed())


if __name__ == "__main__":
    sys.exit(main())

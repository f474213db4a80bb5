"""G9: an expo hall of 100 entries and 20 jurors who compare each entry with the one just seen."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bench.report import Line, Report
from innovate.pairwise.domain.choosing import Situation, choose_next
from innovate.pairwise.domain.posterior import Vote, believe, settle

HEADING = "G9: pairwise, 100 entries, 20 jurors, 400 votes, ability sd 2"
ITEMS, VOTES, JURORS, CUT, SPREAD = 100, 400, 20, 10, 2.0
SEEDS = range(30)
PRECISION = 0.78


def simulate(seed: int) -> float:
    """The share of the true first ten that 400 logistic votes find."""
    luck = np.random.default_rng(seed)
    truth = luck.normal(0, SPREAD, ITEMS)
    keys = list(range(ITEMS))
    votes: list[Vote] = []
    seen = dict.fromkeys(keys, 0)
    here: list[int | None] = [None] * JURORS
    visited: list[set[int]] = [set() for _ in range(JURORS)]
    compared: list[set[frozenset[int]]] = [set() for _ in range(JURORS)]
    while len(votes) < VOTES:
        for juror in range(JURORS):
            current = here[juror]
            situation = Situation(
                allowed=keys,
                cut=CUT,
                current=current,
                seen=seen,
                visited=visited[juror],
                compared=compared[juror],
                seed=f"{seed} {len(votes)}",
            )
            coming = choose_next(believe(keys, votes), situation)
            assert coming is not None
            if current is not None:
                wins = luck.random() < 1 / (1 + np.exp(truth[coming] - truth[current]))
                votes.append(Vote(*((current, coming) if wins else (coming, current)), juror))
                compared[juror].add(frozenset((current, coming)))
            here[juror] = coming
            visited[juror].add(coming)
            seen[coming] += 1
    found = np.argsort(-settle(keys, votes[:VOTES]).fit.ability)[:CUT]
    return len(set(found) & set(np.argsort(-truth)[:CUT])) / CUT


def measure_precision(seeds: Iterable[int] = SEEDS) -> float:
    """The mean share over the seeds."""
    return float(np.mean([simulate(seed) for seed in seeds]))


def report_hall(report: Report, seeds: Iterable[int] = SEEDS) -> None:
    """The line of the report."""
    found = measure_precision(seeds)
    report.add(
        HEADING,
        Line("of the true first ten found", f"{found:.3f}", "", f">= {PRECISION}", found >= PRECISION),
    )

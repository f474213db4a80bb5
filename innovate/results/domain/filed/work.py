"""A file as arrays, who is ranked together, and how their ties are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from innovate.results.domain.fair.ballots import Ballots, Index, Matrix, arrange
from innovate.results.domain.fair.estimate import Estimate
from innovate.results.domain.ranking import TIE_PLACES
from innovate.results.domain.sheets.scores import Scores
from innovate.results.domain.ties.rules import Facts, Rules, Standing, TieRule
from innovate.results.domain.ties.settle import rank_with_ties

TIE_ORDER = (TieRule.HEAVIEST, TieRule.NEXT, TieRule.COUNT_BACK, TieRule.SHARED)
MOST_MARKS = 50


@dataclass(frozen=True)
class Work:
    """The ballots of a file as arrays: `cells` (n x C) are shares of each criterion's range, or own units."""

    scores: Scores
    ballots: Ballots
    cells: Matrix
    heaviest: Sequence[int]  # criteria, the heaviest first


def arrange_file(scores: Scores) -> Work:
    """The ballots that count, sorted by idea, then juror."""
    complete = scores.complete
    ideas, jurors = (sorted({key[place] for key in complete}) for place in (0, 1))
    at, by = {name: n for n, name in enumerate(ideas)}, {name: n for n, name in enumerate(jurors)}
    keys = sorted(complete)  # the order of `Ballots`
    cells = np.array([complete[key] for key in keys], float)
    criteria = scores.criteria
    weight = np.array([each.weight for each in criteria])
    if not scores.in_own_units:
        least = np.array([each.least for each in criteria])
        cells = (cells - least) / (np.array([each.most for each in criteria]) - least)
    total = cells[:, 0] if scores.in_own_units else 100 * (cells @ weight) / weight.sum()
    idea = np.array([at[key[0]] for key in keys], np.intp)
    juror = np.array([by[key[1]] for key in keys], np.intp)
    heaviest = np.argsort(-weight, kind="stable").tolist()
    return Work(scores, arrange(ideas, jurors, idea, juror, total), cells, heaviest)


def settle_group(work: Work, estimate: Estimate, members: Index) -> list[Standing]:
    """Ranks within a group; marks of count-back in own units are the totals themselves, the highest first."""
    made = work.ballots
    first = np.searchsorted(made.idea, np.arange(len(made.ideas) + 1))
    facts = {}
    for n in members.tolist():
        own = slice(first[n], first[n + 1])
        mean = work.cells[own].mean(axis=0)
        totals = dict(zip(made.juror[own].tolist(), made.total[own].tolist(), strict=True))
        facts[n] = Facts([float(mean[c]) for c in work.heaviest], totals)
    rules = Rules(order=TIE_ORDER)
    if work.scores.in_own_units:
        levels = np.unique(np.round(made.total, TIE_PLACES))[::-1]
        rules = Rules(order=TIE_ORDER, marks=levels[1:].tolist()[:MOST_MARKS])
    return rank_with_ties({n: float(estimate.score[n]) for n in members.tolist()}, facts, rules)


def plain_ranks(scores: dict[int, float]) -> dict[int, int]:
    """Ranks from the highest score, shared on ties."""
    keys = np.sort([-round(score, TIE_PLACES) for score in scores.values()])
    return {n: 1 + int(np.searchsorted(keys, -round(score, TIE_PLACES))) for n, score in scores.items()}

"""The scores of a ranking: each of its rounds fitted by itself, then combined by their weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from innovate.results.domain.fair.ballots import Ballots, Index, Vector
from innovate.results.domain.fair.estimate import Estimate, combine, estimate_fair, estimate_raw, take
from innovate.results.domain.fair.fit import Fit, fit_fair
from innovate.results.domain.fair.spread import SpreadFit, fit_spread
from innovate.results.domain.method import Method

DIGITS = 6  # of a published ratio s2/sb2: scores are solved with it as it is published


@dataclass(frozen=True)
class ScoredRound:
    """One round: its weight (>= 0), the fit of all its ballots, and what the method makes of it."""

    weight: float
    fit: Fit
    spread: SpreadFit | None
    estimate: Estimate


@dataclass(frozen=True)
class Scoring:
    """Everything that has a ballot in every round of the ranking.

    `ideas` (m, keys, rising); `places` say where each stands in the fit of each round (m, indices). `estimate` and
    `raw` (m, points) are combined over the rounds, `ballots` (m) counts those of the last. `pools` (m, from 0) names
    groups of ideas that no chain of ballots connects: scores of different pools must not be compared.
    """

    method: Method
    rounds: tuple[ScoredRound, ...]
    ideas: Index
    places: tuple[Index, ...]
    estimate: Estimate
    raw: Vector
    ballots: Index
    pools: Index


def score_rounds(rounds: Sequence[tuple[float, Ballots]], method: Method, *, joint: bool = False) -> Scoring:
    """Score rounds given as (weight, ballots); the last is the one that is ranked."""
    scored = tuple(_score_round(weight, ballots, method) for weight, ballots in rounds)
    keys = [np.array(each.fit.ballots.ideas) for each in scored]
    common = keys[0]
    for more in keys[1:]:
        common = np.intersect1d(common, more)
    places = tuple(np.searchsorted(each, common) for each in keys)
    alone = len(scored) == 1  # everything of the one round: nothing to pick out
    parts = [
        each.estimate if alone else take(each.estimate, place)
        for each, place in zip(scored, places, strict=True)
    ]
    shares = share_weights([each.weight for each in scored])
    raw = np.sum(
        [part * each.fit.raw[place] for part, each, place in zip(shares, scored, places, strict=True)], axis=0
    )
    apart = method is not Method.RAW and not joint  # the mean takes no severity out
    return Scoring(
        method,
        scored,
        ideas=common,
        places=places,
        estimate=combine(parts, shares) if len(common) and not alone else parts[-1],
        raw=raw,
        ballots=scored[-1].fit.ballots.per_idea[places[-1]],
        pools=_pools(scored, places) if apart else np.zeros(len(common), np.intp),
    )


def share_weights(weights: Sequence[float]) -> list[float]:
    """Weights as shares of 1; all zero weigh equally."""
    whole = sum(weights)
    return [weight / whole if whole else 1 / len(weights) for weight in weights]


def _score_round(weight: float, ballots: Ballots, method: Method) -> ScoredRound:
    fit = fit_fair(ballots, digits=DIGITS)
    spread = fit_spread(ballots, digits=DIGITS) if method is Method.SPREAD else None
    if spread:
        return ScoredRound(weight, fit, spread, spread.estimate)
    return ScoredRound(weight, fit, None, estimate_raw(fit) if method is Method.RAW else estimate_fair(fit))


def _pools(rounds: Sequence[ScoredRound], places: Sequence[Index]) -> Index:
    """Ideas that are in one group in every round whose severities are known."""
    known = [n for n, each in enumerate(rounds) if each.fit.ballots.n > len(each.fit.ballots.ideas)]
    if not known or not len(places[0]):
        return np.zeros(len(places[0]), np.intp)
    labels = np.column_stack([rounds[n].fit.design.idea_group[places[n]] for n in known])
    found: Index = np.unique(labels, axis=0, return_inverse=True)[1].reshape(-1)
    return found

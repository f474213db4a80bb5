"""How an idea's score came about, as JSON values: from each ballot to the score that ranks."""

from __future__ import annotations

from typing import Any

import numpy as np

from innovate.results.domain.fair.ballots import Index, Vector
from innovate.results.domain.method import Method
from innovate.results.domain.scored.rounds import ScoredRound, Scoring, share_weights


def show_workings(scoring: Scoring, members: Index) -> dict[int, list[dict[str, Any]]]:
    """By idea (key) and round: `share` of the round's weight (0..1), `raw` and `score`, `jurors` of the round, and
    `ballots` as (total, shift), the highest total first: the order tells nothing about who gave it.

    `shift` is what is taken off a ballot for its juror's severity (points, below 0 for a strict one); None where the
    method takes nothing off. Numbers are rounded to 6 decimals.
    """
    shares = share_weights([each.weight for each in scoring.rounds])
    found: dict[int, list[dict[str, Any]]] = {int(scoring.ideas[n]): [] for n in members}
    for share, each, places in zip(shares, scoring.rounds, scoring.places, strict=True):
        made = each.fit.ballots
        first = np.searchsorted(made.idea, np.arange(len(made.ideas) + 1))
        shifts = find_shifts(each) if scoring.method is not Method.RAW else None
        for n in members:
            place = int(places[n])
            own = range(first[place], first[place + 1])
            ballots = [
                (round(float(made.total[b]), 6), None if shifts is None else round(float(shifts[b]), 6))
                for b in own
            ]
            found[int(scoring.ideas[n])].append(
                {
                    "share": round(share, 6),
                    "raw": round(float(each.fit.raw[place]), 6),
                    "score": round(float(each.estimate.score[place]), 6),
                    "jurors": len(made.jurors),
                    "ballots": sorted(ballots, key=lambda ballot: (-ballot[0], ballot[1] or 0.0)),
                }
            )
    return found


def find_shifts(each: ScoredRound) -> Vector:
    """What is taken off each ballot of a round (n, points)."""
    made = each.fit.ballots
    if each.spread is None:
        return each.fit.severity[made.juror]
    spread = each.spread
    common = spread.mu + (made.total - spread.mu) / spread.spread[made.juror]
    shift: Vector = made.total - (common - spread.fit.severity[made.juror])
    return shift

"""From ballots' means to ranks: combine rounds, rank within a group, share ranks on ties.

Prose with a worked table: docs/algorithms/ranking.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

TIE_PLACES = 6  # equal after rounding to this many decimals is a tie


@dataclass(frozen=True)
class RoundMeans:
    """One round: its weight in per cent and, by idea, (mean of totals 0..100, number of ballots)."""

    weight: Decimal
    means: Mapping[int, tuple[float, int]]


@dataclass(frozen=True)
class Scored:
    """An idea to be ranked. `score` is 0..100, None when it cannot be computed; `ballots` counts the last round's."""

    idea_id: int
    score: float | None
    ballots: int


@dataclass(frozen=True)
class Placed:
    """An idea's place: `rank` is shared on ties (1-1-3) and None when not ranked; `position` orders the list from 1."""

    idea_id: int
    score: float | None
    ballots: int
    rank: int | None
    position: int


def combine_rounds(idea_ids: Iterable[int], rounds: Sequence[RoundMeans]) -> list[Scored]:
    """The weighted mean over rounds: `sum_r w_r m_ir / sum_r w_r`.

    An idea without ballots in one of the rounds has no score: a missing round never counts as zero. Weights that are
    all zero weigh equally. The last round gives the number of ballots shown.
    """
    weights = [float(r.weight) for r in rounds]
    if not any(weights):
        weights = [1.0] * len(rounds)
    whole = sum(weights)
    result = []
    for idea_id in idea_ids:
        found = [r.means.get(idea_id) for r in rounds]
        ballots = found[-1][1] if found and found[-1] else 0
        means = [mean[0] for mean in found if mean]
        score = (
            sum(w * m for w, m in zip(weights, means, strict=True)) / whole
            if found and len(means) == len(found)
            else None
        )
        result.append(Scored(idea_id, score, ballots))
    return result


def rank_ideas(ideas: Iterable[Scored], *, minimum_ballots: int = 1) -> list[Placed]:
    """Rank from the highest score: standard competition ranking, equal scores share a rank (1-1-3).

    Ideas without a score or with fewer than `minimum_ballots` have no rank and come after the ranked ones. Within a tie
    and among the unranked the order of `ideas` is kept; callers give it by entry number, never by time of submission.
    """
    ranked: list[Scored] = []
    unranked: list[Scored] = []
    for idea in ideas:
        enough = idea.score is not None and idea.ballots >= max(1, minimum_ballots)
        (ranked if enough else unranked).append(idea)
    ranked.sort(key=lambda idea: -round(idea.score or 0.0, TIE_PLACES))
    placed: list[Placed] = []
    for position, idea in enumerate(ranked, 1):
        tied = placed and round(placed[-1].score or 0.0, TIE_PLACES) == round(idea.score or 0.0, TIE_PLACES)
        rank = placed[-1].rank if tied else position
        placed.append(Placed(idea.idea_id, idea.score, idea.ballots, rank, position))
    for position, idea in enumerate(unranked, len(ranked) + 1):
        placed.append(
            Placed(idea.idea_id, None if idea.ballots == 0 else idea.score, idea.ballots, None, position)
        )
    return placed


def rank_within(
    groups: Mapping[int, str], ideas: Sequence[Scored], *, minimum_ballots: int = 1
) -> dict[int, Placed]:
    """Rank each group by itself; `groups` maps idea to group code. Returns places by idea."""
    by_group: dict[str, list[Scored]] = {}
    for idea in ideas:
        by_group.setdefault(groups[idea.idea_id], []).append(idea)
    return {
        placed.idea_id: placed
        for members in by_group.values()
        for placed in rank_ideas(members, minimum_ballots=minimum_ballots)
    }

"""Places out of scores: groups and pools ranked apart, ties settled by the rules, and how sure each place is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from innovate.results.domain.fair.ballots import Index, Vector
from innovate.results.domain.fair.draws import SEED, draw_ranks
from innovate.results.domain.fair.intervals import find_brackets, interval
from innovate.results.domain.placing import Place
from innovate.results.domain.ranking import TIE_PLACES
from innovate.results.domain.scored.rounds import Scoring
from innovate.results.domain.ties.rules import Facts, Rules, Standing
from innovate.results.domain.ties.settle import settle

TOP = 10  # what "masuk 10 besar" means where no quota says otherwise
SMALL_TOP = 3  # where no group has more than ten entries

LoadFacts = Callable[[Sequence[int]], Mapping[int, Facts]]


@dataclass(frozen=True)
class Group:
    """Ideas ranked against each other: `members` (indices of the scoring, in the order kept among equals)."""

    label: str
    pool: int
    members: Index


def gather(scoring: Scoring, labels: Mapping[int, str], order: Sequence[int], *, minimum: int) -> list[Group]:
    """The rankings of a board, by label, then pool. `order` lists the board's ideas as they stand among equals."""
    place = {int(idea): n for n, idea in enumerate(scoring.ideas)}
    enough = scoring.ballots >= max(1, minimum)
    members: dict[tuple[str, int], list[int]] = {}
    for idea in order:
        n = place.get(idea)
        if n is not None and enough[n]:
            members.setdefault((labels[idea], int(scoring.pools[n])), []).append(n)
    numbered: dict[str, int] = {}
    groups = []
    for (label, _pool), found in sorted(members.items()):
        pool = numbered.get(label, 0)
        numbered[label] = pool + 1
        groups.append(Group(label, pool, np.array(found, np.intp)))
    return groups


def settle_groups(
    scoring: Scoring, groups: Sequence[Group], rules: Rules, load: LoadFacts, *, within: int | None = None
) -> list[list[Standing]]:
    """Every group from best to last, `idea` being the idea's key. With `within` only ties that begin at that rank or
    before it are settled and the rest is left out.
    """
    keys = np.round(scoring.estimate.score, TIE_PLACES)
    blocks = [_blocks(group.members, keys, within) for group in groups]
    ideas = scoring.ideas.tolist()
    tied = [ideas[n] for found in blocks for block in found if len(block) > 1 for n in block]
    facts = load(tied)
    result = []
    for found in blocks:
        standings: list[Standing] = []
        for block in found:
            first, named = len(standings) + 1, [ideas[n] for n in block]
            standings += (
                [Standing(named[0], first)] if len(named) == 1 else settle(named, facts, rules, first=first)
            )
        result.append(standings)
    return result


def _blocks(members: Index, keys: Vector, within: int | None) -> list[list[int]]:
    """Equal scores together, the highest first."""
    order = members[np.argsort(-keys[members], kind="stable")]
    value = dict(zip(order.tolist(), keys[order].tolist(), strict=True))
    found: list[list[int]] = []
    count = 0
    for _key, block in groupby(value, key=value.__getitem__):
        if within is not None and count >= within:
            break
        found.append(list(block))
        count += len(found[-1])
    return found


def choose_top(groups: Sequence[Group], quota: int | None) -> int:
    """The K of "masuk K besar"."""
    largest = max((len(group.members) for group in groups), default=0)
    return quota or (TOP if largest > TOP else SMALL_TOP)


def place_groups(
    scoring: Scoring,
    groups: Sequence[Group],
    standings: Sequence[Sequence[Standing]],
    *,
    top: int,
    ranges: bool,
    seed: int = SEED,
) -> list[Place]:
    """All places. With `ranges` also those of ranks, chances and neighbours, which cost a thousand rankings."""
    estimate, known = scoring.estimate, scoring.estimate.is_known
    index = {idea: n for n, idea in enumerate(scoring.ideas.tolist())}
    drawn = (
        draw_ranks(estimate, [g.members for g in groups], top=top, seed=seed) if ranges and groups else None
    )
    # Plain lists: taking single numbers out of arrays costs more than all the rest of a large board.
    score, raw, ballots = estimate.score.tolist(), scoring.raw.tolist(), scoring.ballots.tolist()
    error = estimate.error.tolist() if known else []
    first, last, p_top = (
        (drawn.low.tolist(), drawn.high.tolist(), drawn.p_top.tolist()) if drawn else ([], [], [])
    )
    places: list[Place] = []
    for group, found in zip(groups, standings, strict=True):
        within = {n: at for at, n in enumerate(group.members.tolist())}
        span = interval(estimate, group.members)
        low, high = (span.low.tolist(), span.high.tolist()) if known else ([], [])
        raw_rank = _plain_ranks(scoring.raw[group.members]).tolist()
        near = _neighbours(scoring, [index[s.idea] for s in found], found) if ranges and known else {}
        for standing in found:
            n = index[standing.idea]
            at = within[n]
            places.append(
                Place(
                    idea=standing.idea,
                    rank=standing.rank,
                    raw_rank=raw_rank[at],
                    pool=group.pool,
                    score=score[n],
                    raw=raw[n],
                    ballots=ballots[n],
                    se=_known(error[n]) if known else None,
                    low=_known(low[at]) if known else None,
                    high=_known(high[at]) if known else None,
                    rank_low=_whole(first[n], standing.rank, min) if drawn else None,
                    rank_high=_whole(last[n], standing.rank, max) if drawn else None,
                    p_top=_known(p_top[n]) if drawn else None,
                    near=near.get(n),
                    decision=standing.decision,
                )
            )
    return places


def _plain_ranks(values: Vector) -> Index:
    """The rank of each value (m) from the highest, shared on ties."""
    keys = -np.round(values, TIE_PLACES)
    ranks: Index = 1 + np.searchsorted(np.sort(keys), keys)
    return ranks


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _whole(value: float, rank: int, pick: Callable[[int, int], int]) -> int | None:
    """A bound of ranks that holds the rank as announced."""
    return pick(int(value), rank) if math.isfinite(value) else None


def _neighbours(
    scoring: Scoring, order: Sequence[int], standings: Sequence[Standing]
) -> dict[int, tuple[int, int]]:
    """By idea (index): the ranks of the first and the last it shares a bracket with."""
    near: dict[int, tuple[int, int]] = {}
    for first, last in find_brackets(scoring.estimate, np.array(order, np.intp)):
        reach = standings[first].rank, standings[last].rank
        for n in order[first : last + 1]:
            near[n] = (near[n][0], reach[1]) if n in near else reach
    return near

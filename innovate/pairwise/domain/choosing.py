"""Which entry a juror is sent to next, to be compared with the one just seen."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from random import Random

from innovate.pairwise.domain.bradley_terry import difference_variance
from innovate.pairwise.domain.posterior import Belief, damped_chance

SEEN_FIRST = 2  # every entry is seen so often before the clever choice begins
FLOOR = 0.3
AGAIN = 0.5  # an entry the juror has seen before is worth half: a walk back must pay


@dataclass(frozen=True)
class Situation:
    """What a juror's next entry depends on. All keys are entries'.

    `allowed`: what this juror may see, without conflicts. `seen`: how often anybody saw each. `busy`: another juror is
    there now. `passed`: this juror skipped it. `visited`: this juror saw it. `compared`: pairs this juror has decided.
    """

    allowed: Collection[int]
    cut: int
    current: int | None = None
    seen: Mapping[int, int] = field(default_factory=dict)
    busy: Collection[int] = frozenset()
    passed: Collection[int] = frozenset()
    visited: Collection[int] = frozenset()
    compared: Collection[frozenset[int]] = frozenset()
    seed: str = ""


def choose_next(belief: Belief, at: Situation) -> int | None:
    """The entry to compare with the current one, or to begin with; None when nothing is left to compare with it.

    Offered last: what the juror skipped, and where another juror stands. Among the rest first what was seen less than
    twice, then what tells most: `p(1-p) d (0.3 + 0.7 exp(-((m-cut)/sd)^2 / 2))` with p the damped chance to win, d the
    variance of the difference, m and sd the candidate's mean and standard deviation, and the cut halfway between the
    means of ranks K and K+1; half of it where the juror has been before.
    """
    open_pairs = [key for key in at.allowed if _is_open(key, at)]
    if not open_pairs:
        return None
    luck = Random(at.seed)
    worth = _worth(belief, at) if at.current is not None else {}

    def order(key: int) -> tuple[bool, bool, int, float, float]:
        early = min(at.seen.get(key, 0), SEEN_FIRST if at.current is not None else 10**6)
        return (
            key in at.passed,
            key in at.busy,
            early,
            -worth.get(key, 0.0),
            luck.random(),
        )

    return min(sorted(open_pairs), key=order)


def _is_open(key: int, at: Situation) -> bool:
    if at.current is not None:
        return key != at.current and frozenset((key, at.current)) not in at.compared
    return any(other != key and frozenset((key, other)) not in at.compared for other in at.allowed)


def find_cut(means: Collection[float], cut: int) -> float:
    """Halfway between rank `cut` and the next, in logits; the lowest mean if there is no next."""
    ranked = sorted(means, reverse=True)
    if cut >= len(ranked):
        return ranked[-1]
    return (ranked[cut - 1] + ranked[cut]) / 2


def _worth(belief: Belief, at: Situation) -> dict[int, float]:
    place = {key: n for n, key in enumerate(belief.keys)}
    here = place[at.current]  # type: ignore[index]  # asked only with a current entry
    mean = belief.fit.ability
    variance = difference_variance(belief.fit.covariance, here)
    error = belief.fit.error
    cut = find_cut([float(mean[place[key]]) for key in at.allowed], at.cut)
    found = {}
    for key in at.allowed:
        n = place[key]
        spread = max(0.0, float(variance[n]))
        likely = damped_chance(float(mean[here] - mean[n]), spread)
        near = math.exp(-(((float(mean[n]) - cut) / float(error[n])) ** 2) / 2)
        again = AGAIN if key in at.visited else 1.0
        found[key] = again * likely * (1 - likely) * spread * (FLOOR + (1 - FLOOR) * near)
    return found

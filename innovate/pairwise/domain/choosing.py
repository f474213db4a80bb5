"""Which entry a juror is sent to next, to be compared with the one just seen."""

from __future__ import annotations

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
    """What comparing each allowed entry with the current one would tell, in square logits."""
    import numpy as np

    place = {key: n for n, key in enumerate(belief.keys)}
    keys = list(at.allowed)
    here, where = place[at.current], [place[key] for key in keys]  # type: ignore[index]  # there is a current entry
    mean, error = belief.fit.ability, belief.fit.error[where]
    spread = np.maximum(difference_variance(belief.fit.covariance, here)[where], 0.0)
    likely = damped_chance(mean[here] - mean[where], spread)
    cut = find_cut(mean[where].tolist(), at.cut)
    near = np.exp(-(((mean[where] - cut) / error) ** 2) / 2)
    again = np.where([key in at.visited for key in keys], AGAIN, 1.0)
    worth = again * likely * (1 - likely) * spread * (FLOOR + (1 - FLOOR) * near)
    return dict(zip(keys, worth.tolist(), strict=True))

"""What is believed about the abilities while votes come in: fitted in batches, moved by one vote in between.

The batch is fitted over the first votes up to a multiple of `BATCH` and remembered; the votes after it move mean and
covariance by one rank each. The same votes in the same order therefore always give the same belief, whichever process
asks, and taking the last one back gives exactly what was believed before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from innovate.pairwise.domain.bradley_terry import PRIOR_VARIANCE, Comparisons, Fit, chance
from innovate.pairwise.domain.reliability import HIGHEST, fit_crowd, vote_information

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 25


class Vote(NamedTuple):
    """One comparison: keys of the better and the other item, and of the juror."""

    winner: int
    loser: int
    juror: int


@dataclass(frozen=True)
class Belief:
    """Means (n, logits) and covariance (n x n) of the items in `keys`' order; reliability of each juror by key."""

    keys: tuple[int, ...]
    fit: Fit
    reliability: dict[int, float]

    def index(self, key: int) -> int:
        """Where an item stands in the arrays."""
        return self.keys.index(key)

    def after(self, vote: Vote) -> Belief:
        """The belief moved by one vote: a rank-1 update of mean and covariance (one step of an extended Kalman filter).

        The chance to win is taken at the mean, damped for the uncertainty of the difference.
        """
        import numpy as np

        a, b = self.index(vote.winner), self.index(vote.loser)
        mean, covariance = self.fit.ability, self.fit.covariance
        eta = self.reliability.get(vote.juror, HIGHEST)
        across = covariance[:, a] - covariance[:, b]
        spread = float(across[a] - across[b])
        likely = float(damped_chance(mean[a] - mean[b], spread))
        weight = float(vote_information(likely, eta))
        told = (1 - eta) + (2 * eta - 1) * likely
        pull = (2 * eta - 1) * likely * (1 - likely) / told
        gain = 1 + weight * spread
        moved = Fit(mean + across * pull / gain, covariance - np.outer(across, across) * weight / gain)
        return Belief(self.keys, moved, self.reliability)


def damped_chance(difference: Any, variance: Any) -> Any:
    """The chance to win when the difference itself is uncertain: the mean is divided by sqrt(1 + pi d / 8).

    Numbers or arrays, logits and square logits. Source: D. J. C. MacKay, Neural Computation 4 (1992) 720-736.
    """
    import numpy as np

    return chance(difference / np.sqrt(1 + math.pi * variance / 8))


def believe(keys: Sequence[int], votes: Sequence[Vote]) -> Belief:
    """The belief while a contest runs: the last full batch fitted, the votes after it added one by one."""
    whole = len(votes) - len(votes) % BATCH
    belief = _fit(tuple(keys), tuple(votes[:whole]))
    for vote in votes[whole:]:
        belief = belief.after(vote)
    return belief


def settle(keys: Sequence[int], votes: Sequence[Vote]) -> Belief:
    """The belief fitted over all votes at once, for results; their order does not matter."""
    return _fit(tuple(keys), tuple(sorted(votes)))


@lru_cache(maxsize=16)
def _fit(keys: tuple[int, ...], votes: tuple[Vote, ...]) -> Belief:
    import numpy as np

    place = {key: n for n, key in enumerate(keys)}
    jurors = sorted({vote.juror for vote in votes})
    seat = {key: n for n, key in enumerate(jurors)}
    made = Comparisons.of(len(keys), [(place[vote.winner], place[vote.loser]) for vote in votes])
    index: NDArray[Any] = np.asarray([seat[vote.juror] for vote in votes], dtype=np.intp)
    found = fit_crowd(made, index, len(jurors), variance=PRIOR_VARIANCE)
    return Belief(keys, found.fit, {key: float(found.reliability[n]) for key, n in seat.items()})

"""Bradley-Terry: abilities out of "this one is better than that one".

The model: item a beats item b with probability `1 / (1 + exp(-(theta_a - theta_b)))`; abilities are in logits.
Source: R. A. Bradley & M. E. Terry, Biometrika 39 (1952) 324-345; maximum a posteriori with a normal prior by Newton's
method. Prose with a worked table: docs/algorithms/pairwise.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRIOR_VARIANCE = 4.0  # of an ability, in square logits: two standard deviations apart win 98 of 100
MAX_STEPS = 100
CLOSE_ENOUGH = 1e-10


class NotConnected(ValueError):
    """Without a prior some ability would be infinite: somebody never lost to, or never beat, the rest."""


@dataclass(frozen=True)
class Comparisons:
    """What was compared: `winner`, `loser` (m indices below `items`) and how often (`count`, m, >= 0)."""

    items: int
    winner: NDArray[Any]
    loser: NDArray[Any]
    count: NDArray[Any]

    @classmethod
    def of(
        cls, items: int, pairs: Sequence[tuple[int, int]], count: Sequence[float] | None = None
    ) -> Comparisons:
        """Out of (winner, loser) pairs of indices 0..items-1; each counts once unless `count` says otherwise."""
        import numpy as np

        flat = np.asarray(pairs, dtype=np.intp).reshape(-1, 2)
        counts = np.ones(len(flat)) if count is None else np.asarray(count, dtype=float)
        return cls(items, flat[:, 0], flat[:, 1], counts)


@dataclass(frozen=True)
class Fit:
    """`ability` (n, logits) and `covariance` (n x n, square logits) of the items."""

    ability: NDArray[Any]
    covariance: NDArray[Any]

    @property
    def error(self) -> NDArray[Any]:
        """Standard errors (n, logits) of the abilities themselves."""
        import numpy as np

        return np.sqrt(np.maximum(self.covariance.diagonal(), 0.0))

    def error_to(self, item: int) -> NDArray[Any]:
        """Standard errors (n, logits) of each ability's difference to that of `item`; 0 for itself."""
        import numpy as np

        return np.sqrt(np.maximum(difference_variance(self.covariance, item), 0.0))


def difference_variance(covariance: NDArray[Any], item: int) -> NDArray[Any]:
    """`Var(theta_item - theta_b)` for every b (n, square logits)."""
    diagonal = covariance.diagonal()
    return diagonal[item] + diagonal - 2 * covariance[item]


def fit_map(made: Comparisons, *, variance: float = PRIOR_VARIANCE) -> Fit:
    """The most probable abilities when each is N(0, `variance`) beforehand; always exists, centred near 0.

    The covariance is the inverse of the negative Hessian there (Laplace).
    """
    return newton(made, variance=variance)


def fit_ml(made: Comparisons) -> Fit:
    """The abilities of maximum likelihood, with mean 0. NotConnected where they do not exist.

    Only differences are estimated; the covariance is that of the abilities about their mean.
    """
    import numpy as np

    if not is_strongly_connected(made):
        raise NotConnected
    found = newton(made, variance=None)
    centre = np.eye(made.items) - 1 / made.items
    return Fit(found.ability - found.ability.mean(), centre @ found.covariance @ centre)


def newton(
    made: Comparisons,
    *,
    variance: float | None,
    share: NDArray[Any] | None = None,
    start: NDArray[Any] | None = None,
    steps: int = MAX_STEPS,
) -> Fit:
    """Newton's method with halved steps on the (penalised) log-likelihood, which is concave.

    `share` (m, 0..1) splits each comparison between its winner and, for the rest, its loser (all to the winner if
    None). Without `variance` the first item is pinned at 0 (or its `start`), and its variances
    are 0. Fewer `steps` end it earlier.
    """
    import numpy as np

    won = np.ones(len(made.winner)) if share is None else share
    free = slice(0 if variance else 1, made.items)
    penalty = 1 / variance if variance else 0.0
    ability = np.zeros(made.items) if start is None else start
    for _step in range(steps):
        slope, bend = _derivatives(made, ability, won, penalty)
        move = np.zeros(made.items)
        move[free] = np.linalg.solve(bend[free, free], slope[free])
        ability = _climb(made, ability, move, won, penalty)
        if np.abs(move).max(initial=0.0) < CLOSE_ENOUGH:
            break
    covariance = np.zeros((made.items, made.items))
    _slope, bend = _derivatives(made, ability, won, penalty)
    covariance[free, free] = np.linalg.inv(bend[free, free])
    return Fit(ability, covariance)


def chance(difference: NDArray[Any]) -> NDArray[Any]:
    """The probability to win by a difference in logits; never overflows."""
    import numpy as np

    return 0.5 * (1.0 + np.tanh(0.5 * difference))


def information(made: Comparisons, weight: NDArray[Any], *, variance: float | None) -> NDArray[Any]:
    """The matrix (n x n) with `weight` (m) on each compared pair, plus the prior's share: a graph Laplacian."""
    import numpy as np

    n = made.items
    joined = np.bincount(made.winner * n + made.loser, weights=weight, minlength=n * n).reshape(n, n)
    joined = joined + joined.T
    return np.diag(joined.sum(axis=1) + (1 / variance if variance else 0.0)) - joined


def _derivatives(
    made: Comparisons, ability: NDArray[Any], won: NDArray[Any], penalty: float
) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np

    likely = chance(ability[made.winner] - ability[made.loser])
    pull = made.count * (won - likely)
    up, down = (np.bincount(side, weights=pull, minlength=made.items) for side in (made.winner, made.loser))
    slope = up - down - penalty * ability
    bend = information(made, made.count * likely * (1 - likely), variance=1 / penalty if penalty else None)
    return slope, bend


def _climb(
    made: Comparisons, ability: NDArray[Any], move: NDArray[Any], won: NDArray[Any], penalty: float
) -> NDArray[Any]:
    """The step, halved while it would lead down."""
    before = _height(made, ability, won, penalty)
    for _half in range(30):
        if _height(made, ability + move, won, penalty) >= before - 1e-12 * abs(before):
            break
        move = move / 2
    return ability + move


def _height(made: Comparisons, ability: NDArray[Any], won: NDArray[Any], penalty: float) -> float:
    import numpy as np

    difference = ability[made.winner] - ability[made.loser]
    loss = made.count * (won * np.logaddexp(0, -difference) + (1 - won) * np.logaddexp(0, difference))
    return float(-loss.sum() - 0.5 * penalty * (ability**2).sum())


# -- the graph of comparisons -----------------------------------------------------------------------------------------


def is_strongly_connected(made: Comparisons) -> bool:
    """Whether every item can be reached from every other along "beat" arrows: then maximum likelihood exists.

    Source: L. R. Ford, American Mathematical Monthly 64 (1957) 28-33.
    """
    used = made.count > 0
    arrows = list(zip(made.winner[used].tolist(), made.loser[used].tolist(), strict=True))
    back = [(b, a) for a, b in arrows]
    return made.items <= 1 or all(len(_reach(made.items, way, 0)) == made.items for way in (arrows, back))


def count_islands(items: int, pairs: Sequence[tuple[int, int]]) -> int:
    """Groups of items that no chain of comparisons joins; 1 when all can be told apart, 0 without items."""
    both = [*pairs, *((b, a) for a, b in pairs)]
    left, islands = set(range(items)), 0
    while left:
        left -= _reach(items, both, min(left))
        islands += 1
    return islands


def _reach(items: int, arrows: Sequence[tuple[int, int]], start: int) -> set[int]:
    ways: list[set[int]] = [set() for _ in range(items)]
    for a, b in arrows:
        ways[a].add(b)
    seen, ahead = {start}, [start]
    while ahead:
        fresh = ways[ahead.pop()] - seen
        seen |= fresh
        ahead.extend(fresh)
    return seen

"""How sure the ranking is: rank intervals and chances, by drawing from the belief."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovate.pairwise.domain.posterior import Belief

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 1000
SEED = 20_261_123


@dataclass(frozen=True)
class Place:
    """An item's rank (1 is best), the interval its rank lies in (95 %), and its chance to be among the first K."""

    key: int
    ability: float
    error: float
    rank: int
    rank_low: int
    rank_high: int
    chance: float


def place_all(belief: Belief, ranked: Collection[int], cut: int, *, draws: int = DRAWS) -> list[Place]:
    """Every item of `ranked`, the best first; equal abilities by key. Draws are of PCG64 with a fixed seed.

    Errors are of the ability against the mean of the ranked ones: what all share says nothing about ranks.
    """
    import numpy as np

    keys = sorted(ranked)
    if not keys:
        return []
    where = [belief.index(key) for key in keys]
    mean = belief.fit.ability[where]
    covariance = _about_mean(belief.fit.covariance[np.ix_(where, where)])
    ranks = _draw_ranks(mean, covariance, draws)
    low, high = np.quantile(ranks, (0.025, 0.975), axis=0, method="nearest")
    order = sorted(range(len(where)), key=lambda n: (-mean[n], keys[n]))
    error = np.sqrt(np.maximum(covariance.diagonal(), 0.0))
    return [
        Place(
            key=keys[n],
            ability=float(mean[n]),
            error=float(error[n]),
            rank=rank,
            rank_low=int(min(low[n], rank)),
            rank_high=int(max(high[n], rank)),
            chance=float((ranks[:, n] <= cut).mean()),
        )
        for rank, n in enumerate(order, 1)
    ]


def _about_mean(covariance: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    centre = np.eye(len(covariance)) - 1 / len(covariance)
    return centre @ covariance @ centre


def _draw_ranks(mean: NDArray[Any], covariance: NDArray[Any], draws: int) -> NDArray[Any]:
    """Ranks (draws x n, from 1) of abilities drawn around the means."""
    import numpy as np

    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    luck = np.random.Generator(np.random.PCG64(SEED))
    drawn = mean + luck.standard_normal((draws, len(mean))) @ root.T
    return (-drawn).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable") + 1


def sureness(places: Collection[Place], cut: int) -> float | None:
    """How many of the K first are expected to be right, as a share 0..1; None where the cut leaves nothing out."""
    if not places or cut >= len(places):
        return None
    return sum(place.chance for place in places if place.rank <= cut) / cut


def say_share(share: float) -> str:
    """A share in per cent as it is told: rounded to 5, never 0 or 100 ("<5", ">95")."""
    rounded = round(share * 20) * 5
    return "<5" if rounded < 5 else ">95" if rounded > 95 else str(rounded)

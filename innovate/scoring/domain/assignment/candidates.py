"""Which pairs are worth a place in the linear program: about forty jurors for each entry."""

from __future__ import annotations

from dataclasses import dataclass

from innovate.scoring.domain.assignment.table import Array

BEST, RANDOM = 30, 10
SMALL = 60_000  # pairs; below it every one is a candidate
SIFTED = 16  # of about forty, for the linear program of a large draw
_ROUNDS = 60


@dataclass(frozen=True)
class Candidates:
    """Pairs as two arrays of the same length: rows and columns of the table, and what each costs."""

    rows: Array
    columns: Array
    cost: Array


def list_candidates(
    cost: Array, allowed: Array, need: Array, rng: Array, *, every: bool = False
) -> Candidates:
    """All allowed pairs of a small draw (or if asked); else for each entry its cheapest jurors and some at random."""
    import numpy as np

    allowed = allowed & (need > 0)[:, None]
    if not every and allowed.sum() > SMALL:
        best = max(BEST, 2 * int(need.max()) + RANDOM)
        chosen = _first(np.where(allowed, cost, np.inf), best)
        chosen |= _first(np.where(allowed, rng.random(cost.shape, np.float32), np.inf), RANDOM)
        allowed = allowed & chosen
    rows, columns = np.nonzero(allowed)
    return Candidates(rows, columns, cost[rows, columns])


def sift(found: Candidates, need: Array, wanted: Array) -> Candidates:
    """Of a large draw, keep for each entry the jurors that stay cheap when popular jurors have their price.

    A juror whom more entries would take than `wanted` gets dearer, the others cheaper, sixty times over; prices near
    those of the linear program's own dual, so that little is lost and it is solved several times faster.
    """
    import numpy as np

    if len(found.rows) <= SMALL:
        return found
    shape = (len(need), len(wanted))
    cost = np.full(shape, np.inf, np.float32)
    cost[found.rows, found.columns] = found.cost
    price = np.zeros(shape[1], np.float32)
    most = int(need.max())
    depth = np.minimum(np.maximum(need, 1), most) - 1
    step = 0.3 / max(1.0, float(wanted.mean()))
    for turn in range(_ROUNDS):
        priced = cost + price
        nearest = np.sort(np.partition(priced, most - 1, axis=1)[:, :most], axis=1)
        limit = nearest[np.arange(shape[0]), depth]
        takers = ((priced <= limit[:, None]) & (need > 0)[:, None]).sum(axis=0)
        price += (step * 0.6 ** (turn // 10) * (takers - wanted)).astype(np.float32)
    kept = _first(cost + price, max(SIFTED, 2 * most + 6))[found.rows, found.columns]
    return Candidates(found.rows[kept], found.columns[kept], found.cost[kept])


def _first(keys: Array, count: int) -> Array:
    """Where the `count` smallest keys of each row are."""
    import numpy as np

    count = min(count, keys.shape[1])
    chosen = np.zeros(keys.shape, bool)
    np.put_along_axis(chosen, np.argpartition(keys, count - 1, axis=1)[:, :count], True, axis=1)  # noqa: FBT003
    return chosen

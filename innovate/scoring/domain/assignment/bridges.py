"""Bridges: without jurors who see more than one track, a strict juror could not be told from a weak track."""

from __future__ import annotations

from innovate.scoring.domain.assignment.linkage import find_groups, share_entries
from innovate.scoring.domain.assignment.table import Array, Table

SHARE, MOST = 0.1, 0.25
_TRIES = 200


def choose_bridged(table: Table, rng: Array) -> Array:
    """Which entries give their last place to a bridge (a mask over rows): a random tenth, spread over the tracks.

    In a small competition a tenth is too few to compare tracks by: one for each juror there, up to a quarter of the
    entries, and at least one for each track beyond the first. None where an entry has only one juror.
    """
    import numpy as np

    need = table.need
    waiting = [n for n in rng.permutation(len(table.ideas)).tolist() if need[n]]
    chosen = np.zeros(len(table.ideas), bool)
    if table.k < 2 or not waiting:
        return chosen
    turn: dict[str, int] = {}
    order = []
    for n in waiting:
        track = table.ideas[n].track
        turn[track] = turn.get(track, 0) + 1
        order.append((turn[track], n))
    few = min(len(table.jurors), round(MOST * len(waiting)))
    count = max(round(SHARE * len(waiting)), few, len(turn) - 1)
    chosen[[n for _turn, n in sorted(order, key=lambda each: each[0])[:count]]] = True
    return chosen


def price_bridges(table: Table, seated: Array, rng: Array) -> Array:
    """What a juror costs as a bridge of an entry: the more they share with its other jurors, the dearer."""
    import numpy as np

    links = seated.astype(np.float32) @ share_entries(seated)
    return (
        links / max(1.0, float(links.max(initial=0)))
        + 0.2 * table.fit
        + 0.1 * rng.random(links.shape, np.float32)
    )


def join_groups(table: Table, seated: Array, rng: Array) -> Array:
    """Swap jurors between entries of separate groups until there is one group or no swap helps; the places swapped.

    A swap leaves every load and every number of jurors as it was. Only pairs of this draw move. Changes `seated`.
    """
    import numpy as np

    swapped = np.zeros(seated.shape, bool)
    groups = find_groups(seated)
    while table.k > 1 and groups.max(initial=0) > 0:
        found = _find_swap(table, seated, groups, rng)
        if found is None:
            break
        (i, a), (j, b) = found
        for row, old, new in ((i, a, b), (j, b, a)):
            seated[row, old], seated[row, new] = False, True
            swapped[row, old], swapped[row, new] = False, True
        groups = find_groups(seated)
    return swapped


def _find_swap(
    table: Table, seated: Array, groups: Array, rng: Array
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The swap that joins two groups at the least cost of knowledge, among a sample of those possible."""
    import numpy as np

    before = groups.max()
    movable = np.argwhere(seated & ~table.standing)
    movable = rng.permutation(movable)[:600]
    inside, outside = movable[groups[movable[:, 1]] == 0], movable[groups[movable[:, 1]] > 0]
    if not len(inside) or not len(outside):
        return None
    i, a = inside[:, :1], inside[:, 1:]
    j, b = outside[:, 0][None, :], outside[:, 1][None, :]
    gain = table.taste[i, b] + table.taste[j, a] - table.taste[i, a] - table.taste[j, b]
    gain = np.where(table.open[i, b] & table.open[j, a], gain, -np.inf)
    for best in np.argsort(-gain, axis=None, kind="stable")[:_TRIES].tolist():
        p, q = divmod(best, len(outside))
        if gain[p, q] == -np.inf:
            return None
        (i_, a_), (j_, b_) = inside[p].tolist(), outside[q].tolist()
        trial = seated.copy()
        trial[i_, a_] = trial[j_, b_] = False
        trial[i_, b_] = trial[j_, a_] = True
        if find_groups(trial).max() < before:
            return (i_, a_), (j_, b_)
    return None

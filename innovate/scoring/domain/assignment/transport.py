"""The transportation problem: open places of entries, room of jurors, the cheapest way to bring them together."""

from __future__ import annotations

from innovate.scoring.domain.assignment.candidates import Candidates
from innovate.scoring.domain.assignment.table import Array

SHORT = 100_000.0  # cost of a place that stays open: more than anything else
UNEVEN = 100.0  # cost of a load one beside the level; two beside cost twice as much for the second, and so on
_STEPS = 8


def fill(found: Candidates, need: Array, held: Array, capacity: Array) -> Array:
    """Which candidates are taken (a mask): as many places filled as can be, loads as equal as can be, then cheaply.

    `need` open places by row, `held` entries a column has already, `capacity` the most it may have. A linear program
    over a network, so that every vertex is whole numbers: row i sends need[i] units (what stays at home costs SHORT)
    over its candidates to columns, each column passes its load on in steps that cost more the further it is from the
    level at which all would be equal.
    """
    import numpy as np
    from scipy.optimize import linprog

    from innovate.core.scientific import csr_array

    n, rows, columns = len(found.rows), len(need), len(held)
    if not n:
        return np.zeros(0, bool)
    width, slope = _steps(held, capacity, int(need.sum()))
    pieces = width.shape[1]
    row = np.concatenate(
        [found.rows, np.arange(rows), rows + found.columns, rows + np.repeat(np.arange(columns), pieces)]
    )
    home, passed = n + np.arange(rows), n + rows + np.arange(columns * pieces)
    column = np.concatenate([np.arange(n), home, np.arange(n), passed])
    value = np.concatenate([np.ones(n + rows + n), -np.ones(columns * pieces)])
    size = n + rows + columns * pieces
    upper = np.concatenate([np.ones(n), need, width.ravel()])
    solved = linprog(
        np.concatenate([found.cost, np.full(rows, SHORT), np.tile(slope, columns)]),
        A_eq=csr_array((value, (row, column)), shape=(rows + columns, size)),
        b_eq=np.concatenate([need, np.zeros(columns)]),
        bounds=np.column_stack([np.zeros(size), upper]),
        method="highs-ds",
        options={"presolve": n <= 5000},  # on large networks it costs more than it saves
    )
    if solved.x is None:
        raise RuntimeError(f"the linear program was not solved: {solved.message}")
    return solved.x[:n] > 0.5


def find_level(held: Array, capacity: Array, places: int) -> float:
    """The load at which all columns would be equal once the places are filled, as far as room and what is held allow.

    Like water poured over a floor of different heights under lids of different heights.
    """
    import numpy as np

    low, high = 0.0, float(held.max(initial=0) + places)
    total = min(held.sum() + places, np.maximum(held, capacity).sum())
    for _ in range(60):
        level = (low + high) / 2
        if np.clip(level, held, np.maximum(held, capacity)).sum() < total:
            low = level
        else:
            high = level
    return high


def _steps(held: Array, capacity: Array, places: int) -> tuple[Array, Array]:
    """Widths (columns x pieces) and the cost of a unit in each piece, rising: a convex cost of a load."""
    import numpy as np

    level = find_level(held, capacity, places)
    low, high = int(np.floor(level + 1e-6)), int(np.ceil(level - 1e-6))
    below = np.maximum(0, low - np.arange(_STEPS, -1, -1))
    edges = np.concatenate([[0], below, high + np.arange(_STEPS + 1), [10**9]])
    slope = UNEVEN * np.concatenate(
        [[-(_STEPS + 1)], -np.arange(_STEPS, 0, -1), [0], np.arange(1, _STEPS + 1), [_STEPS + 1]]
    )
    lid = np.minimum(np.maximum(held, capacity), held + places)
    clipped = np.clip(edges[None, :], held[:, None], lid[:, None])
    return np.diff(clipped, axis=1), slope

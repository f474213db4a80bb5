"""Small groups are not shown, and not told by subtraction either (docs/algorithms/suppression.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

MINIMUM = 5
K = TypeVar("K")


def suppress(cells: Mapping[K, int], minimum: int = MINIMUM) -> frozenset[K]:
    """The keys of the cells (counts of people, 0 or more) that must not be shown beside their total.

    Hidden is what counts 1 to `minimum` - 1. As long as the total and the cells shown would tell one hidden cell
    exactly, or fewer than `minimum` people behind all hidden ones, the smallest other cell with anybody in it is
    hidden as well (of equals the first). A total below `minimum` is for the caller to hide: nothing here can.
    """
    hidden = {key for key, count in cells.items() if 0 < count < minimum}
    others = sorted((key for key, count in cells.items() if count >= minimum), key=lambda key: cells[key])
    for key in others:
        if not hidden or (len(hidden) > 1 and sum(cells[each] for each in hidden) >= minimum):
            break
        hidden.add(key)
    return frozenset(hidden)

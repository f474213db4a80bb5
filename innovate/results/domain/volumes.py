"""Long tables divided into volumes of a bounded size: every row in exactly one, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows `start` (from 0) up to but without `stop` of table number `table` (from 0)."""

    table: int
    start: int
    stop: int


def divide(lengths: Sequence[int], most: int) -> list[list[Slice]]:
    """Volumes of at most `most` rows (>= 1) over tables of these many rows (each >= 0), filled one after the other.

    A table without rows stands once, as an empty slice. There is always a first volume.
    """
    volumes: list[list[Slice]] = [[]]
    left = most
    for table, total in enumerate(lengths):
        start = 0
        while start < total or start == total == 0:
            if not left:
                volumes.append([])
                left = most
            stop = min(total, start + left)
            volumes[-1].append(Slice(table, start, stop))
            left -= stop - start
            start = stop
            if not total:
                break
    return volumes

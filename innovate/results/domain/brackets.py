"""Which entries of a board cannot be told apart, read from its rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

MOST = 12  # entries that a run-off can settle in an evening


class Bracket(NamedTuple):
    """Ranks from `first` to `last` of one group and pool whose ends cannot be told apart."""

    group: str
    pool: int
    first: int
    last: int


class Near(Protocol):
    """What matters of a row; rows come in the order of the board."""

    @property
    def idea_id(self) -> int: ...
    @property
    def group_code(self) -> str: ...
    @property
    def pool(self) -> int: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def near_high(self) -> int | None: ...


def find_brackets_of(rows: Sequence[Near]) -> Mapping[int, Bracket]:
    """By the idea (key) each begins with: the brackets of more than one rank and at most twelve entries.

    A row's `near_high` is the last rank of the last run it is in, so a run begins where that rises
    (`fair.intervals.find_brackets`: runs overlap, none lies inside another).
    """
    found: dict[int, Bracket] = {}
    ranked = [row for row in rows if row.rank is not None]
    for (group, pool), together in groupby(ranked, key=lambda row: (row.group_code, row.pool)):
        members, reached = list(together), 0
        ranks = [row.rank or 0 for row in members]
        for row, first in zip(members, ranks, strict=True):
            last = row.near_high or 0
            if last > max(first, reached) and bisect_right(ranks, last) - bisect_left(ranks, first) <= MOST:
                found[row.idea_id] = Bracket(group, pool, first, last)
            reached = max(reached, last)
    return found

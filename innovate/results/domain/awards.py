"""Who wins what: prizes with ranks by the ranking, and what a shared rank does to the prizes behind it."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from innovate.results.domain.standing import Row


class Succession(enum.StrEnum):
    """What becomes of the place of somebody whose award is withdrawn."""

    VACANT = "vacant"  # the entry keeps its rank without the award, and nobody gets it
    MOVES_UP = "moves_up"  # the entry loses its rank, and those behind it move up


@dataclass(frozen=True)
class Place:
    """One rank of a group with everybody on it. `skipped`: names of prizes nobody gets because the rank is shared."""

    group_code: str
    rank: int
    award: str
    rows: Sequence[Any]  # with group_code, rank and award, as results.domain.standing.Row
    skipped: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether several entries stand on this rank."""
        return len(self.rows) > 1


def list_places(rows: Iterable[Any], prizes: Mapping[int, str], *, upto: int | None = None) -> list[Place]:
    """The places of every group from first to last, of `rows` sorted by group and position.

    Those with an award, or with `upto` all ranks up to it. A rank shared by n entries takes the prizes of n ranks:
    two on rank 1 leave nobody on rank 2, whose prize is then named as skipped.
    """
    wanted = [row for row in rows if row.rank is not None and (row.award or row.rank <= (upto or 0))]
    return [
        _place(group, rank, list(same), prizes)
        for (group, rank), same in groupby(wanted, key=lambda row: (row.group_code, row.rank or 0))
    ]


def _place(group: str, rank: int, rows: list[Any], prizes: Mapping[int, str]) -> Place:
    passed = range(rank + 1, rank + len(rows))
    skipped = tuple(prizes[each] for each in passed if each in prizes)
    award = next((row.award for row in rows if row.award), "")  # of a shared rank one may be withdrawn
    return Place(group, rank, award, rows, skipped)


def shared_ranks(rows: Iterable[Any]) -> frozenset[tuple[str, int]]:
    """Group and rank of every prize that several entries share."""
    seen: set[tuple[str, int]] = set()
    shared: set[tuple[str, int]] = set()
    for row in rows:
        if row.rank is None or not row.award:
            continue
        key = (row.group_code, row.rank)
        (shared if key in seen else seen).add(key)
    return frozenset(shared)


def without_awards(rows: Iterable[Row], ideas: Collection[int]) -> list[Row]:
    """The rows as they are, those of these ideas without an award."""
    return [row._replace(award="") if row.idea_id in ideas else row for row in rows]

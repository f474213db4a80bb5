"""A standing: the rows of a board as they would be frozen, and the hash that fixes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any, Generic, NamedTuple, Protocol, TypeVar


class Row(NamedTuple):
    """One idea on a board.

    `raw` and `score` are 0..100 and equal while the method is the raw mean. `pool` counts from 0 the parts of a group
    that no chain of ballots connects: each has ranks of its own. `tie` is `placing.write_decision`, `working` the steps
    from ballots to score (`scored.working`), both JSON values.
    """

    idea_id: int
    idea_public_id: str
    number: int | None
    title: str
    group_code: str
    track_code: str
    team_name: str
    unit_name: str
    in_gallery: bool
    raw: float | None
    score: float | None
    ballots: int
    rank: int | None
    track_rank: int | None
    position: int
    award: str = ""
    pool: int = 0
    raw_rank: int | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    p_top: float | None = None
    near_low: int | None = None
    near_high: int | None = None
    tie: Mapping[str, Any] | None = None
    passed: bool | None = None
    working: Sequence[Any] | None = None


class Ranked(Protocol):
    """What matters of a row when a list is divided."""

    @property
    def group_code(self) -> str: ...

    @property
    def pool(self) -> int: ...

    @property
    def rank(self) -> int | None: ...


class Listed(Protocol):
    """What matters of a row when the line of those who went on is drawn."""

    @property
    def idea_id(self) -> int: ...

    @property
    def group_code(self) -> str: ...


T = TypeVar("T", bound=Ranked)


@dataclass(frozen=True)
class Run(Generic[T]):
    """Rows of one group that stand together: `rank` is that of a tie, `ranked` says whether they have ranks at all."""

    group_code: str
    rows: list[T]
    ranked: bool = True
    rank: int | None = None
    pool: int = 0


def divide(rows: Sequence[T]) -> list[Run[T]]:
    """A board's rows in order, with each tie and the unranked rows of each group apart."""
    runs: list[Run[T]] = []
    for (group, pool, rank), found in groupby(rows, key=lambda row: (row.group_code, row.pool, row.rank)):
        together = list(found)
        alone = rank is not None and len(together) == 1
        if alone and runs and _identity(runs[-1]) == (group, pool, True, None):
            runs[-1].rows.extend(together)
        else:
            runs.append(Run(group, together, rank is not None, None if alone else rank, pool))
    return runs


def _identity(run: Run[T]) -> tuple[str, int, bool, int | None]:
    return run.group_code, run.pool, run.ranked, run.rank


def find_cuts(rows: Sequence[Listed], chosen: Collection[int]) -> dict[int, int]:
    """Where the line of those who went on is drawn: under which idea, and how many of its group stand above it.

    Only where it is a line: the chosen of a group stand together at its head, and somebody stands below.
    """
    cuts = {}
    for _group, found in groupby(rows, key=lambda row: row.group_code):
        ideas = [row.idea_id for row in found]
        ahead = sum(1 for _ in takewhile(chosen.__contains__, ideas))
        if 0 < ahead < len(ideas) and not any(idea in chosen for idea in ideas[ahead:]):
            cuts[ideas[ahead - 1]] = ahead
    return cuts


def hash_rows(rows: Sequence[Row]) -> str:
    """SHA-256 (hex) over canonical JSON of the rows, scores written with 6 decimals."""
    digest = hashlib.sha256()
    for row in rows:
        values = {k: f"{v:.6f}" if isinstance(v, float) else v for k, v in row._asdict().items()}
        digest.update(
            json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        )
    return digest.hexdigest()

"""A standing: the rows of a board as they would be frozen, and the hash that fixes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, takewhile
from typing import Generic, Protocol, TypeVar

from innovate.ideas.domain.entries import BoardEntry
from innovate.results.domain.ranking import Scored, rank_within


@dataclass(frozen=True)
class Row:
    """One idea on a board. `raw` and `score` are 0..100 and equal while the method is the raw mean."""

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


def build_rows(
    entries: Sequence[BoardEntry],
    scores: Sequence[Scored],
    *,
    minimum_ballots: int,
    awards: Mapping[int, str],
) -> list[Row]:
    """Rows by group, then position. `awards` maps a rank within a group to the prize it wins."""
    overall = rank_within({e.idea_id: e.group_code for e in entries}, scores, minimum_ballots=minimum_ballots)
    # A category is ranked within its group, as prizes are: A and B never meet.
    tracks = {e.idea_id: f"{e.group_code}\x1f{e.track_code}" for e in entries}
    by_track = rank_within(tracks, scores, minimum_ballots=minimum_ballots)
    rows = []
    for entry in entries:
        place = overall[entry.idea_id]
        rows.append(
            Row(
                idea_id=entry.idea_id,
                idea_public_id=entry.public_id,
                number=entry.number,
                title=entry.title,
                group_code=entry.group_code,
                track_code=entry.track_code,
                team_name=entry.team_name,
                unit_name=entry.unit_name,
                in_gallery=entry.in_gallery,
                raw=place.score,
                score=place.score,
                ballots=place.ballots,
                rank=place.rank,
                track_rank=by_track[entry.idea_id].rank,
                position=place.position,
                award=awards.get(place.rank or 0, ""),
            )
        )
    return sorted(rows, key=lambda row: (row.group_code, row.position))


class Ranked(Protocol):
    """What matters of a row when a list is divided."""

    @property
    def group_code(self) -> str: ...

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


def divide(rows: Sequence[T]) -> list[Run[T]]:
    """A board's rows in order, with each tie and the unranked rows of each group apart."""
    runs: list[Run[T]] = []
    for (group, rank), found in groupby(rows, key=lambda row: (row.group_code, row.rank)):
        together = list(found)
        alone = rank is not None and len(together) == 1
        if alone and runs and (runs[-1].group_code, runs[-1].ranked, runs[-1].rank) == (group, True, None):
            runs[-1].rows.extend(together)
        else:
            runs.append(Run(group, together, rank is not None, None if alone else rank))
    return runs


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
        values = {k: f"{v:.6f}" if isinstance(v, float) else v for k, v in asdict(row).items()}
        digest.update(
            json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        )
    return digest.hexdigest()

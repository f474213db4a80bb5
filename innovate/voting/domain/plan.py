"""What the organizer wants a vote to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from innovate.voting.domain.stages import Pool


@dataclass(frozen=True)
class Plan:
    """The rules of a vote. `entries`: public ids, where the pool is chosen by hand."""

    name: str
    opens_at: datetime
    closes_at: datetime
    group_code: str = ""
    track_code: str = ""
    pool: Pool = Pool.ALL
    cap: int = 1
    winners: int = 1
    excludes_winners: bool = True
    excludes_specials: bool = False
    entries: frozenset[str] = frozenset()

"""Counting before drawing: how many ballots are wanted, and whether the jury has room for them."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SILENT_DAYS = 3
LARGEST_SEED = 999_999_999


@dataclass(frozen=True)
class Plan:
    """`entries` x `k` = `wanted`, of which `standing` are given; `each` is what the `jurors` get if it is shared out.

    `missing` places are more than the jurors' limits allow.
    """

    entries: int
    k: int
    jurors: int
    standing: int
    open: int
    missing: int

    @property
    def wanted(self) -> int:
        """All ballots the round asks for."""
        return self.entries * self.k

    @property
    def each(self) -> int:
        """The most that one juror gets when all share equally."""
        return math.ceil((self.standing + self.open) / self.jurors) if self.jurors else 0


def count_places(k: int, assigned: Sequence[int], jurors: Sequence[tuple[int | None, int]]) -> Plan:
    """The plan of a round from how many jurors each entry has, and each juror's (limit, entries held)."""
    open_places = sum(max(0, k - count) for count in assigned)
    room = [max(0, limit - held) if limit is not None else math.inf for limit, held in jurors]
    return Plan(
        entries=len(assigned),
        k=k,
        jurors=len(jurors),
        standing=sum(assigned),
        open=open_places,
        missing=int(max(0, open_places - sum(room))) if jurors else open_places,
    )


def is_silent(signs: Collection[datetime | None], given_at: datetime, now: datetime, days: int) -> bool:
    """Whether a juror has shown no sign of life for so many days since they were given something."""
    last = max((sign for sign in signs if sign is not None), default=given_at)
    return now - max(last, given_at) >= timedelta(days=days)

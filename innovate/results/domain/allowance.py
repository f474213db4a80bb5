"""How much one address may have computed without an account.

What is counted is bytes, not requests or persons: an office that shares an address ranks its small files as often as it
likes, while one machine that sends the largest files over and over runs dry. An allowance of `MOST` bytes fills up
again within `FILLS_IN`; a spreadsheet counts for what it holds unpacked, roughly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

MOST = 40 * 1024 * 1024
FILLS_IN = timedelta(minutes=10)
LEAST_COST = 16 * 1024  # of any request
PACKED = 8  # what an XLSX unpacks to


@dataclass(frozen=True)
class Allowance:
    """What is `left`, in bytes, as of an instant."""

    left: float
    at: datetime

    def filled(self, at: datetime) -> Allowance:
        """The same later: filled up at a steady rate."""
        gained = max(0.0, (at - self.at) / FILLS_IN) * MOST
        return Allowance(min(float(MOST), self.left + gained), at)


def cost_of(content: bytes) -> int:
    """What a file counts for."""
    return max(LEAST_COST, len(content) * (PACKED if content.startswith(b"PK") else 1))


def spend(allowance: Allowance | None, cost: int, at: datetime) -> tuple[Allowance, int]:
    """The allowance after a request (None: a new one), and the seconds it must wait instead if it is not covered."""
    now = (allowance or Allowance(float(MOST), at)).filled(at)
    cost = min(cost, MOST)
    if cost > now.left:
        return now, ceil((cost - now.left) / MOST * FILLS_IN.total_seconds())
    return Allowance(now.left - cost, at), 0

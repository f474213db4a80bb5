"""Learning hours (JP, jam pelajaran): 1 JP is 45 minutes of session less its pauses. docs/algorithms/learning-hours.md.

Minutes are added up over an activity first and rounded down to whole JP once: nobody gets an hour that was not held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTES = 45


@dataclass(frozen=True)
class Earned:
    """What one person has of one activity. `minutes` <= `of_minutes`; `jp` is 0 until the share is reached."""

    sessions: int
    of_sessions: int
    minutes: int
    of_minutes: int
    reached: bool

    @property
    def jp(self) -> int:
        """Whole JP that count."""
        return count_jp(self.minutes) if self.reached else 0

    @property
    def of_jp(self) -> int:
        """Whole JP of the activity."""
        return count_jp(self.of_minutes)


def count_minutes(starts_at: datetime, ends_at: datetime, pause: int) -> int:
    """Whole minutes of a session less `pause` minutes of breaks; never below 0."""
    return max(0, (ends_at - starts_at) // timedelta(minutes=1) - max(0, pause))


def count_jp(minutes: int) -> int:
    """Whole JP of so many minutes (>= 0), rounded down."""
    return minutes // MINUTES


def reaches(attended: int, total: int, min_share: int) -> bool:
    """Whether `attended` of `total` minutes are at least `min_share` percent (0-100); nothing attended never is."""
    return attended > 0 and attended * 100 >= total * min_share


def earn(sessions: Mapping[int, int], attended: Collection[int], min_share: int) -> Earned:
    """What somebody has who was in `attended` of an activity's `sessions` (minutes by key)."""
    there = [key for key in sessions if key in attended]
    minutes, total = sum(sessions[key] for key in there), sum(sessions.values())
    return Earned(len(there), len(sessions), minutes, total, reaches(minutes, total, min_share))


def sum_jp(rows: Iterable[Earned]) -> int:
    """JP of several activities: each is rounded down by itself."""
    return sum(each.jp for each in rows)

"""Mean levels of a group, now and at the beginning. Small groups are not shown: a mean of few names a person.

docs/algorithms/skills.md has the rules with a worked table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

SMALLEST = 5  # persons


class Said(NamedTuple):
    """One rating: `level` 0 to 4."""

    user_id: int
    skill_id: int
    level: int
    at: datetime


@dataclass(frozen=True)
class Mean:
    """The mean level of `n` persons; `value` None where nobody rated or the group is too small to be shown."""

    n: int
    value: Fraction | None

    @property
    def is_suppressed(self) -> bool:
        """Whether there is a mean that is not shown."""
        return 0 < self.n < SMALLEST


@dataclass(frozen=True)
class Change:
    """First and last rating of the `n` persons who rated at least twice; None where the group is too small.

    `since` and `until`: the earliest first and the latest last rating among them.
    """

    n: int
    before: Fraction | None
    after: Fraction | None
    since: datetime | None
    until: datetime | None

    @property
    def is_suppressed(self) -> bool:
        """Whether there is a change that is not shown."""
        return 0 < self.n < SMALLEST


def mean_levels(said: Iterable[Said]) -> dict[int, Mean]:
    """For each skill the mean of everybody's last rating."""
    groups: dict[int, list[int]] = {}
    for (_user, skill), (_first, last) in _ends(said).items():
        groups.setdefault(skill, []).append(last.level)
    return {skill: Mean(len(levels), _mean(levels)) for skill, levels in groups.items()}


def changes(said: Iterable[Said]) -> dict[int, Change]:
    """For each skill where people began and where they are, the same people in both."""
    groups: dict[int, list[tuple[Said, Said]]] = {}
    for (_user, skill), (first, last) in _ends(said).items():
        if last.at > first.at:
            groups.setdefault(skill, []).append((first, last))
    return {skill: _change(pairs) for skill, pairs in groups.items()}


def agree(mean: Mean, change: Change) -> Mean:
    """The mean that may stand beside a change: where only few persons rated once, both are of those who rated twice.

    Otherwise the difference of the two numbers would be the level of those few.
    """
    if change.after is not None and 0 < mean.n - change.n < SMALLEST:
        return Mean(change.n, change.after)
    return mean


def _change(pairs: list[tuple[Said, Said]]) -> Change:
    shown = len(pairs) >= SMALLEST
    return Change(
        len(pairs),
        _mean([first.level for first, _last in pairs]),
        _mean([last.level for _first, last in pairs]),
        min(first.at for first, _last in pairs) if shown else None,
        max(last.at for _first, last in pairs) if shown else None,
    )


def _mean(levels: list[int]) -> Fraction | None:
    return Fraction(sum(levels), len(levels)) if len(levels) >= SMALLEST else None


def _ends(said: Iterable[Said]) -> dict[tuple[int, int], tuple[Said, Said]]:
    """First and last rating of each person and skill; of one instant the later in the row counts as the last."""
    ends: dict[tuple[int, int], tuple[Said, Said]] = {}
    for row in said:
        key = (row.user_id, row.skill_id)
        first, last = ends.get(key, (row, row))
        ends[key] = (row if row.at < first.at else first, row if row.at >= last.at else last)
    return ends

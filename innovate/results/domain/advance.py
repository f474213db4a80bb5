"""Who advances into the next round: the first N of each group, and what decides at the cut.

Prose with a worked table: docs/algorithms/advancing.md.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from innovate.results.domain.ranking import TIE_PLACES


class CutRule(enum.StrEnum):
    """What decides between entries that share the last place that advances."""

    CRITERIA = "criteria"  # higher mean on the heaviest criterion, then on the next
    ALL = "all"  # all of them advance, so more than N
    NONE = "none"  # none of them, so fewer than N
    HAND = "hand"  # the organizer chooses, with a reason


class Place(Protocol):
    """What matters of a row of a board."""

    @property
    def idea_id(self) -> int: ...

    @property
    def group_code(self) -> str: ...

    @property
    def rank(self) -> int | None: ...


@dataclass(frozen=True)
class Cut:
    """One group at its cut.

    `advancing`: in order of rank. `by_criterion`: of these, who got in over a tie, and the index (from 0, heaviest
    first) of the criterion that decided. `undecided`: tied entries that compete for the `open_places` left.
    """

    group_code: str
    advancing: tuple[int, ...]
    undecided: tuple[int, ...] = ()
    open_places: int = 0
    by_criterion: Mapping[int, int] | None = None


def cut_groups(
    rows: Iterable[Place], per_group: int, rule: CutRule, means: Mapping[int, Sequence[float | None]]
) -> list[Cut]:
    """The cut of every group, by group code.

    `rows` are a board's; those without a rank never advance. `means` gives for each idea the mean it was given on each
    criterion, the heaviest criterion first; it is asked only for ideas tied at a cut, under `CutRule.CRITERIA`.
    """
    ranked = sorted(
        (row for row in rows if row.rank is not None), key=lambda row: (row.group_code, row.rank or 0)
    )
    return [
        _cut(code, list(members), per_group, rule, means)
        for code, members in groupby(ranked, key=lambda row: row.group_code)
    ]


def list_tied(rows: Iterable[Place], per_group: int) -> list[int]:
    """Ideas that share the last rank that advances and do not all fit: the ones a rule has to decide about."""
    return [idea for cut in cut_groups(rows, per_group, CutRule.HAND, means={}) for idea in cut.undecided]


def _cut(
    code: str, rows: list[Place], per_group: int, rule: CutRule, means: Mapping[int, Sequence[float | None]]
) -> Cut:
    sure: list[int] = []
    for _rank, tied in groupby(rows, key=lambda row: row.rank):
        block = [row.idea_id for row in tied]
        room = per_group - len(sure)
        if room <= 0:
            break
        if len(block) <= room:
            sure += block
        else:
            return _decide(code, sure, block, room, rule, means)
    return Cut(code, tuple(sure))


def _decide(
    code: str,
    sure: list[int],
    block: list[int],
    room: int,
    rule: CutRule,
    means: Mapping[int, Sequence[float | None]],
) -> Cut:
    if rule is CutRule.ALL:
        return Cut(code, (*sure, *block))
    if rule is CutRule.NONE:
        return Cut(code, tuple(sure))
    if rule is CutRule.HAND:
        return Cut(code, tuple(sure), tuple(block), room)
    won, rest = _by_criteria(block, room, means)
    left = room - len(won)
    return Cut(code, (*sure, *won), rest if left else (), left, won)


def _by_criteria(
    block: Sequence[int], room: int, means: Mapping[int, Sequence[float | None]]
) -> tuple[dict[int, int], tuple[int, ...]]:
    """Who of a tie gets in, with the criterion that set them above the rest, and who stays tied for what is left."""
    marks = {idea: tuple(_mark(value) for value in means.get(idea, ())) for idea in block}
    order = sorted(block, key=lambda idea: marks[idea], reverse=True)
    levels = [list(level) for _key, level in groupby(order, key=lambda idea: marks[idea])]
    inside: list[int] = []
    while levels and len(inside) + len(levels[0]) <= room:
        inside += levels.pop(0)
    outside = levels[0] if levels else []
    won = {idea: _first_difference(marks[idea], marks[outside[0]]) for idea in inside} if outside else {}
    return won, tuple(outside)


def _mark(value: float | None) -> float:
    return float("-inf") if value is None else round(value, TIE_PLACES)


def _first_difference(one: Sequence[float], other: Sequence[float]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)

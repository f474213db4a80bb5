"""What the organizer chooses, what the rules look at, and what they say."""

from __future__ import annotations

import enum
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MARKS = (90.0, 80.0, 70.0, 60.0, 50.0)  # of count-back, on the scale of totals


class TieRule(enum.StrEnum):
    """What the organizer may choose from."""

    HEAVIEST = "heaviest_criterion"  # higher mean on the criterion of the highest weight
    NEXT = "next_criterion"  # then on the next one, and so on
    COUNT_BACK = "count_back"  # a larger part of the ballots above a mark, then above the next mark
    HEAD_TO_HEAD = "head_to_head"  # preferred by more of the jurors who scored both
    LATER_ROUND = "later_round"  # higher score in the last round, then in the one before
    PLENARY = "plenary"  # the jury decides in session, with a written reason
    LOT = "lot"  # smallest SHA-256(result root || idea id): public, and nobody can choose it
    SHARED = "shared"  # nothing decides any more


HOUSE_ORDER = (
    TieRule.HEAVIEST,
    TieRule.NEXT,
    TieRule.COUNT_BACK,
    TieRule.LATER_ROUND,
    TieRule.PLENARY,
    TieRule.SHARED,
)


@dataclass(frozen=True)
class Facts:
    """What the rules look at in one idea.

    `criteria`: its mean on each criterion (any one scale, None if unknown), the heaviest first. `totals`: its ballots
    by juror. `later`: its scores in the rounds of the ranking, the last round first. `public_id`: what its lot is drawn
    of.
    """

    criteria: Sequence[float | None] = ()
    totals: Mapping[Hashable, float] = field(default_factory=dict)
    later: Sequence[float | None] = ()
    public_id: str = ""


@dataclass(frozen=True)
class Plenary:
    """A decision of the jury in session: tied ideas from first to last, and why."""

    order: tuple[Any, ...]
    reason: str


@dataclass(frozen=True)
class Rules:
    """The rules in their order, with what some of them need.

    `marks` fall; `root` is the Merkle root of the frozen ballots: until it is known no lot is drawn.
    """

    order: Sequence[TieRule] = HOUSE_ORDER
    marks: Sequence[float] = MARKS
    plenaries: Sequence[Plenary] = ()
    root: bytes | None = None


@dataclass(frozen=True)
class Decision:
    """What gave an idea its place among its equals.

    `step` says which criterion (0 is the heaviest), round (0 is the last) or mark decided; `won` is False for the last
    of those it separated. `awaits_plenary`, `awaits_lot`: the rank is shared until the jury has met, until the lot is
    drawn at the freeze.
    """

    rule: TieRule
    step: float | None = None
    won: bool = False
    reason: str = ""
    awaits_plenary: bool = False
    awaits_lot: bool = False


@dataclass(frozen=True)
class Standing:
    """An idea's rank (from 1, shared if need be) and, where its score was tied, what decided."""

    idea: Any
    rank: int
    decision: Decision | None = None

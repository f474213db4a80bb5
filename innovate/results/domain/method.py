"""How a round's ballots become ranks: what the organizer chooses before judging opens and nobody changes after."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from innovate.results.domain.ties.rules import HOUSE_ORDER, TieRule


class Method(enum.StrEnum):
    """How ballots become scores."""

    FAIR = "fair"
    SPREAD = "fair-spread"
    RAW = "raw"


MENU = (
    TieRule.HEAVIEST,
    TieRule.NEXT,
    TieRule.COUNT_BACK,
    TieRule.HEAD_TO_HEAD,
    TieRule.LATER_ROUND,
    TieRule.PLENARY,
    TieRule.LOT,
)


@dataclass(frozen=True)
class ScoringRules:
    """The rules of one ranking.

    `tie_order` ends with the shared rank. `passing` (0..100): below it an idea keeps its rank, but wins nothing and
    does not pass. `quota`: how many of each group pass at most. `joint`: rank groups of jurors and ideas together
    although no ballot connects them.
    """

    method: Method = Method.FAIR
    tie_order: tuple[TieRule, ...] = HOUSE_ORDER
    minimum_ballots: int = 1
    passing: float | None = None
    quota: int | None = None
    joint: bool = False

    @property
    def selects(self) -> bool:
        """Whether the ranking says who passes."""
        return self.passing is not None or self.quota is not None

    def passes(self, rank: int | None, score: float | None) -> bool | None:
        """Whether an idea passes; None where the rules do not say, or it is not ranked."""
        if not self.selects or rank is None or score is None:
            return None
        enough = self.passing is None or round(score, 6) >= self.passing
        return enough and (self.quota is None or rank <= self.quota)

    def may_win(self, score: float | None) -> bool:
        """Whether an idea is good enough for a prize."""
        return self.passing is None or (score is not None and round(score, 6) >= self.passing)


# What rankings were made by before there was a choice: the plain mean, equal scores share a rank.
PLAIN = ScoringRules(method=Method.RAW, tie_order=(TieRule.SHARED,))

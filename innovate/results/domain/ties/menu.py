"""The rules themselves: each is one or more questions put to tied ideas."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from innovate.results.domain.ranking import TIE_PLACES
from innovate.results.domain.ties.rules import Facts, Rules, TieRule


@dataclass(frozen=True)
class Step:
    """One question: of the ideas of a tie, a larger key is better and equal keys stay tied."""

    rule: TieRule
    step: float | None
    keys: Callable[[Sequence[Any]], Mapping[Any, Any]]
    reason: str = ""


def _ask(rule: TieRule, step: float | None, value: Callable[[Any], Any]) -> Step:
    return Step(rule, step, lambda block: {idea: value(idea) for idea in block})


def _known(values: Sequence[float | None], place: int) -> float:
    """A value to compare; what is unknown comes last."""
    value = values[place] if place < len(values) else None
    return float("-inf") if value is None else round(value, TIE_PLACES)


def _criterion(facts: Mapping[Any, Facts], rule: TieRule, place: int) -> Step:
    return _ask(rule, place, lambda idea: _known(facts[idea].criteria, place))


def _heaviest(facts: Mapping[Any, Facts], _rules: Rules) -> list[Step]:
    return [_criterion(facts, TieRule.HEAVIEST, 0)]


def _next(facts: Mapping[Any, Facts], _rules: Rules) -> list[Step]:
    count = max((len(each.criteria) for each in facts.values()), default=0)
    return [_criterion(facts, TieRule.NEXT, place) for place in range(1, count)]


def _count_back(facts: Mapping[Any, Facts], rules: Rules) -> list[Step]:
    """The part of an idea's ballots above each mark: with equally many ballots the same as how many there are."""

    def above(mark: float, idea: Any) -> float:
        totals = [round(total, TIE_PLACES) for total in facts[idea].totals.values()]
        return round(sum(total > mark for total in totals) / len(totals), TIE_PLACES) if totals else 0.0

    return [_ask(TieRule.COUNT_BACK, mark, partial(above, mark)) for mark in rules.marks]


def _head_to_head(facts: Mapping[Any, Facts], _rules: Rules) -> list[Step]:
    """Points against every other idea of the tie: 1 for more of the common jurors, 1/2 for equally many."""

    def points(block: Sequence[Any]) -> dict[Any, float]:
        return {
            idea: sum(_duel(facts[idea].totals, facts[other].totals) for other in block if other != idea)
            for idea in block
        }

    return [Step(TieRule.HEAD_TO_HEAD, None, points)]


def _duel(one: Mapping[Hashable, float], other: Mapping[Hashable, float]) -> float:
    """1 if more of the jurors of both prefer one, 0 if fewer, 1/2 if equally many."""
    gaps = [round(one[juror] - other[juror], TIE_PLACES) for juror in one.keys() & other.keys()]
    lead = sum(gap > 0 for gap in gaps) - sum(gap < 0 for gap in gaps)
    return 0.5 if lead == 0 else float(lead > 0)


def _later_round(facts: Mapping[Any, Facts], _rules: Rules) -> list[Step]:
    count = max((len(each.later) for each in facts.values()), default=0)

    def score(place: int, idea: Any) -> float:
        return _known(facts[idea].later, place)

    return [_ask(TieRule.LATER_ROUND, place, partial(score, place)) for place in range(count)]


def _plenary(_facts: Mapping[Any, Facts], rules: Rules) -> list[Step]:
    return [Step(TieRule.PLENARY, None, _decided(made.order), made.reason) for made in rules.plenaries]


def _decided(order: Collection[Any]) -> Callable[[Sequence[Any]], Mapping[Any, Any]]:
    """Places of a decision; it says nothing about a tie with an idea that it does not name."""
    place = {idea: -n for n, idea in enumerate(order)}
    return lambda block: {idea: place[idea] if all(each in place for each in block) else 0 for idea in block}


def _lot(facts: Mapping[Any, Facts], rules: Rules) -> list[Step]:
    root = rules.root
    if root is None:
        return []
    return [_ask(TieRule.LOT, None, lambda idea: -int(draw_lot(root, facts[idea].public_id), 16))]


def draw_lot(root: bytes, idea: str) -> str:
    """An idea's lot (64 hex digits), the smallest wins: SHA-256 of the ballots' Merkle root (32 bytes) followed by the
    idea's public id (UTF-8).
    """
    return hashlib.sha256(root + idea.encode()).hexdigest()


MENU: dict[TieRule, Callable[[Mapping[Any, Facts], Rules], list[Step]]] = {
    TieRule.HEAVIEST: _heaviest,
    TieRule.NEXT: _next,
    TieRule.COUNT_BACK: _count_back,
    TieRule.HEAD_TO_HEAD: _head_to_head,
    TieRule.LATER_ROUND: _later_round,
    TieRule.PLENARY: _plenary,
    TieRule.LOT: _lot,
}

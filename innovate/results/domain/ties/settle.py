"""Ranks with their ties settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, takewhile
from typing import Any

from innovate.results.domain.ranking import TIE_PLACES
from innovate.results.domain.ties.menu import MENU, Step
from innovate.results.domain.ties.rules import Decision, Facts, Rules, Standing, TieRule


def rank_with_ties(scores: Mapping[Any, float], facts: Mapping[Any, Facts], rules: Rules) -> list[Standing]:
    """Every idea of one group from best to last; among ideas that stay tied the order of `scores` is kept."""
    key = {idea: round(score, TIE_PLACES) for idea, score in scores.items()}
    standings: list[Standing] = []
    for _score, tied in groupby(sorted(scores, key=lambda idea: -key[idea]), key=key.__getitem__):
        block = list(tied)
        first = len(standings) + 1
        if len(block) == 1:
            standings.append(Standing(block[0], first))
        else:
            standings += settle(block, facts, rules, first=first)
    return standings


def settle(
    block: Sequence[Any], facts: Mapping[Any, Facts], rules: Rules, *, first: int = 1
) -> list[Standing]:
    """The places of tied ideas, from `first` on."""
    asked = _before(rules.order, TieRule.SHARED)
    about = {idea: facts[idea] for idea in block}
    steps = [step for rule in asked for step in MENU[rule](about, rules)]
    shared = Decision(
        TieRule.SHARED,
        awaits_plenary=TieRule.PLENARY in _before(asked, TieRule.LOT),
        awaits_lot=TieRule.LOT in asked,  # once it is drawn nothing stays tied
    )
    return _split(list(block), steps, first, shared)


def _before(order: Sequence[TieRule], last: TieRule) -> list[TieRule]:
    return list(takewhile(lambda rule: rule is not last, order))


def _split(block: list[Any], steps: Sequence[Step], first: int, decision: Decision) -> list[Standing]:
    """Ask the steps until one separates, then the rest of them within each part."""
    for number, step in enumerate(steps):
        keys = step.keys(block)
        parts = [list(part) for _key, part in groupby(_falling(block, keys), key=keys.__getitem__)]
        if len(parts) == 1:
            continue
        standings: list[Standing] = []
        for part in parts:
            made = Decision(step.rule, step.step, won=part is not parts[-1], reason=step.reason)
            place = first + len(standings)
            if len(part) == 1:
                standings.append(Standing(part[0], place, made))
            else:
                standings += _split(part, steps[number + 1 :], place, decision)
        return standings
    return [Standing(idea, first, decision) for idea in block]


def _falling(block: Sequence[Any], keys: Mapping[Any, Any]) -> list[Any]:
    return sorted(block, key=keys.__getitem__, reverse=True)

"""A place on a board, as the mathematics leaves it and pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from innovate.results.domain.ties.rules import Decision, TieRule


class Place(NamedTuple):
    """One ranked idea. What cannot be known is None; `near`: first and last rank it cannot be told apart from."""

    idea: int
    rank: int
    raw_rank: int
    pool: int
    score: float
    raw: float
    ballots: int
    se: float | None = None
    low: float | None = None
    high: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    p_top: float | None = None
    near: tuple[int, int] | None = None
    decision: Decision | None = None


class Unplaced(NamedTuple):
    """An idea without a place: what is known of it nevertheless."""

    raw: float | None = None
    score: float | None = None
    ballots: int = 0


def write_decision(decision: Decision | None) -> dict[str, Any] | None:
    """A decision as JSON values; None where nothing had to be decided."""
    return None if decision is None else {**asdict(decision), "rule": decision.rule.value}


def read_decision(values: Mapping[str, Any] | None) -> Decision | None:
    """What `write_decision` wrote."""
    return None if not values else Decision(**{**values, "rule": TieRule(values["rule"])})

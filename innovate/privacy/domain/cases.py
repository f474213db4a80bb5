"""Requests of persons about their data, and the 3 x 24 hours in which each is answered (UU 27/2022)."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

TERM = timedelta(hours=72)


class CaseKind(enum.StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    CORRECT = "correct"
    RESTRICT = "restrict"
    LIFT = "lift"
    OBJECT = "object"
    ERASE = "erase"


class CaseState(enum.StrEnum):
    """Where a request is."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self is not CaseState.OPEN


def due_at(at: datetime) -> datetime:
    """When a request made, or an incident noticed, at this instant must be answered."""
    return at + TERM


def is_late(state: CaseState, due: datetime, now: datetime) -> bool:
    """Whether the term has passed without an answer; an answer at the very end is in time."""
    return not state.is_over and now > due


def hours_left(due: datetime, now: datetime) -> int:
    """Whole hours until the end of the term, rounded down; negative once it has passed."""
    return (due - now) // timedelta(hours=1)


def may_ask(kind: CaseKind, open_kinds: frozenset[CaseKind], *, restricted: bool) -> bool:
    """Whether a request can be made: one of a kind at a time, restriction when it is off and lifting when it is on."""
    if kind in open_kinds:
        return False
    if kind is CaseKind.RESTRICT:
        return not restricted
    return restricted if kind is CaseKind.LIFT else True

"""The life of a public vote, and what may be changed and seen when."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

KEPT_AT_MOST = timedelta(days=180)  # traces of voters after the closing, where no outcome is ever announced
UNCONFIRMED_FOR = timedelta(days=7)  # a request whose link nobody pressed


class PollState(enum.StrEnum):
    """What the organizer has done: prepared it, opened it, had it counted. Whether it runs is the clock's matter."""

    DRAFT = "draft"
    OPEN = "open"
    COUNTED = "counted"


class Stage(enum.StrEnum):
    """Where a vote is: state and clock together."""

    DRAFT = "draft"
    WAITING = "waiting"  # announced, not begun
    RUNNING = "running"
    CLOSED = "closed"
    COUNTED = "counted"


class Pool(enum.StrEnum):
    """Which entries stand: all that agreed to be shown, of those the finalists, or those chosen by hand."""

    ALL = "all"
    FINALISTS = "finalists"
    CHOSEN = "chosen"


class BoardStage(enum.StrEnum):
    """How far the ranking that names the other winners is. none: the event has no round, so nobody else wins."""

    NONE = "none"
    UNSETTLED = "unsettled"
    SETTLED = "settled"
    PUBLIC = "public"


def stage_of(state: PollState, opens_at: datetime, closes_at: datetime, at: datetime) -> Stage:
    """Where the vote is at an instant; the closing instant itself lies outside."""
    if state is PollState.DRAFT:
        return Stage.DRAFT
    if state is PollState.COUNTED:
        return Stage.COUNTED
    if at < opens_at:
        return Stage.WAITING
    return Stage.RUNNING if at < closes_at else Stage.CLOSED


def may_see_totals(stage: Stage) -> bool:
    """Nobody, the organizer neither, learns how votes are spread before the vote has closed."""
    return stage in {Stage.CLOSED, Stage.COUNTED}


def is_outcome_public(stage: Stage, *, published: bool, excludes: bool, board: BoardStage) -> bool:
    """Whether everybody reads the outcome: with the announced ranking, or once the organizer published it.

    Where other winners are excluded, the outcome tells who they are not: then it never precedes the announcement.
    """
    if stage is not Stage.COUNTED:
        return False
    if board is BoardStage.PUBLIC:
        return True
    return published and (not excludes or board is BoardStage.NONE)


def may_forget(
    closes_at: datetime, at: datetime, *, is_public: bool, objections_until: datetime | None
) -> bool:
    """Whether what leads to voters is no longer needed: the outcome is public and no objection can come any more."""
    if at < closes_at:
        return False
    if at >= closes_at + KEPT_AT_MOST:
        return True
    return is_public and (objections_until is None or at >= objections_until)

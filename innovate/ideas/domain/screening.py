"""What of the queue is shown, which decision stands, and what a screener had before them when deciding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from innovate.ideas.domain.lifecycle import Decision, IdeaState


class Decided(Protocol):
    """A decision of the secretariat."""

    id: int
    revision_id: int
    decision: Decision
    undone_at: datetime | None


@dataclass(frozen=True)
class QueueFilter:
    """What of the queue is shown, and in which order (`-` in front: falling)."""

    state: str = "submitted"
    group: str = ""
    track: str = ""
    search: str = ""
    sort: str = "number"


QUEUE_STATES = (
    IdeaState.SUBMITTED,
    IdeaState.RETURNED,
    IdeaState.ELIGIBLE,
    IdeaState.INELIGIBLE,
    IdeaState.WITHDRAWN,
    IdeaState.DISQUALIFIED,
)
D = TypeVar("D", bound=Decided)


def standing_decision(history: Sequence[D], revision_id: int | None) -> D | None:
    """The last decision about this revision, unless it was undone. `history` is newest first."""
    last = next((item for item in history if item.revision_id == revision_id), None)
    return last if last is not None and last.undone_at is None else None


def seen_token(revision_id: int | None, state: IdeaState, history: Sequence[Decided]) -> str:
    """Changes with every submission, decision and undoing: whoever decides must hold the present one."""
    undone = sum(item.undone_at is not None for item in history)
    return f"{revision_id or 0}.{state.value}.{len(history)}.{undone}"

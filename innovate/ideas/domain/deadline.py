"""Until when a team may change and hand in its idea: one rule for the page, the service and the mail."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from innovate.ideas.domain.lifecycle import IdeaState


class Reason(enum.StrEnum):
    """Why something is not possible now."""

    NOT_PLANNED = "not_planned"  # the event has no submission phase
    NOT_OPEN = "not_open"
    LATE = "late"
    DECIDED = "decided"  # found ineligible: only the committee can reopen it
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"
    NOT_SUBMITTED = "not_submitted"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Verdict:
    """Whether it is possible, and if not why."""

    reason: Reason | None = None

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way."""
        return self.reason is None


@dataclass(frozen=True)
class Window:
    """The span in which one team may hand in: the phase, the team's extensions, and a return for mending."""

    opens_at: datetime | None
    phase_end: datetime | None
    extensions: tuple[datetime, ...] = ()
    return_until: datetime | None = None
    archived: bool = False

    @property
    def closes_at(self) -> datetime | None:
        """The one instant that is enforced; exactly then it is too late."""
        return effective_deadline(self.phase_end, self.extensions, self.return_until)

    @property
    def is_extended(self) -> bool:
        """Whether an extension reaches beyond the phase and decides."""
        return self.phase_end is not None and any(
            until > self.phase_end and until == self.closes_at for until in self.extensions
        )

    @property
    def is_return(self) -> bool:
        """Whether a return for mending decides."""
        return self.return_until is not None and self.return_until == self.closes_at

    def is_late(self, now: datetime) -> bool:
        """Whether the deadline has come."""
        return self.closes_at is not None and now >= self.closes_at


def effective_deadline(
    phase_end: datetime | None, extensions: Iterable[datetime] = (), return_until: datetime | None = None
) -> datetime | None:
    """The latest of the phase's end, the living extensions and the window of a return; None without a phase.

    An extension never shortens: a team is never worse off for having one.
    """
    if phase_end is None:
        return None
    return max([phase_end, *extensions, *([return_until] if return_until else [])])


_CLOSED = {
    IdeaState.INELIGIBLE: Reason.DECIDED,
    IdeaState.WITHDRAWN: Reason.WITHDRAWN,
    IdeaState.DISQUALIFIED: Reason.DISQUALIFIED,
}


def can_submit(state: IdeaState, window: Window, now: datetime) -> Verdict:
    """Whether the team may hand in (again) at `now`."""
    return Verdict(_not_live(window) or _CLOSED.get(state) or _outside(window, now))


def can_edit(state: IdeaState, window: Window, now: datetime) -> Verdict:
    """Whether the team may change its working copy at `now`.

    A draft that was never handed in stays writable after the deadline: nobody judges it, and a sentence typed across
    the deadline is not lost. A submitted one is closed with the deadline.
    """
    reason = _not_live(window) or _CLOSED.get(state) or _outside(window, now)
    if reason is Reason.LATE and state is IdeaState.DRAFT:
        reason = None
    return Verdict(reason)


def can_withdraw(state: IdeaState, window: Window, now: datetime) -> Verdict:
    """Whether the team may take back what it handed in; afterwards only the committee can."""
    if state is IdeaState.DRAFT:
        return Verdict(_not_live(window) or Reason.NOT_SUBMITTED)
    return can_submit(state, window, now)


def can_restore(state: IdeaState, window: Window, now: datetime) -> Verdict:
    """Whether the team may undo its withdrawal."""
    if state is not IdeaState.WITHDRAWN:
        return Verdict(_not_live(window) or Reason.NOT_SUBMITTED)
    return Verdict(_not_live(window) or _outside(window, now))


def _not_live(window: Window) -> Reason | None:
    if window.archived:
        return Reason.ARCHIVED
    return Reason.NOT_PLANNED if window.closes_at is None else None


def _outside(window: Window, now: datetime) -> Reason | None:
    if window.opens_at is not None and now < window.opens_at:
        return Reason.NOT_OPEN
    return Reason.LATE if window.is_late(now) else None

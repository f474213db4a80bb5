"""What a competition is doing now, in one word, and the instant people should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.phases import Span, current_span, find_span, is_kind_open, is_open, is_over

S = TypeVar("S", bound=Span)
ENTRY = (PhaseKind.REGISTRATION, PhaseKind.SUBMISSION)


@dataclass(frozen=True)
class Moment(Generic[S]):
    """`status`: draft soon open closed screening judging final announcement finished archived.

    `phase` is the one to speak of (None when all is over): it ends at `instant`, or, if `begins`, starts then.
    """

    status: str
    phase: S | None = None
    begins: bool = False

    @property
    def instant(self) -> datetime | None:
        """When the phase ends, or starts if it has not begun."""
        if self.phase is None:
            return None
        return self.phase.starts_at if self.begins else self.phase.ends_at


def find_moment(state: EventState, spans: Sequence[S], now: datetime) -> Moment[S]:
    """The moment of an event with these phases."""
    if state is EventState.DRAFT:
        return Moment("draft", *_focus(spans, now))
    if not spans or is_over(spans, now):
        return Moment("archived" if state is EventState.ARCHIVED else "finished")
    return Moment(_status(spans, now), *_focus(spans, now))


def _status(spans: Sequence[S], now: datetime) -> str:
    if any(is_kind_open(spans, kind, now) for kind in ENTRY):
        return "open"
    running = current_span(spans, now)
    if running is not None:
        return running.kind.value
    return "soon" if all(span.starts_at > now for span in spans) else "closed"


def _focus(spans: Sequence[S], now: datetime) -> tuple[S | None, bool]:
    """Entries first: the open registration, the open submission, else the open phase, else the next to open."""
    for kind in ENTRY:
        span = find_span(spans, kind)
        if span is not None and is_open(span, now):
            return span, False
    running = current_span(spans, now)
    if running is not None:
        return running, False
    return min((s for s in spans if s.starts_at > now), key=lambda s: s.starts_at, default=None), True

"""Where an event is in time: one instant decides, and every page and service asks here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from innovate.events.domain.kinds import PhaseKind


class Span(Protocol):
    """Anything with a kind and two aware instants; open while starts_at <= now < ends_at."""

    @property
    def kind(self) -> PhaseKind: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


S = TypeVar("S", bound=Span)


def is_open(span: Span, now: datetime) -> bool:
    """Whether `now` lies inside; the end itself lies outside."""
    return span.starts_at <= now < span.ends_at


def open_spans(spans: Iterable[S], now: datetime) -> list[S]:
    """All that are open at `now`, in the order given."""
    return [span for span in spans if is_open(span, now)]


def find_span(spans: Iterable[S], kind: PhaseKind) -> S | None:
    """The first of a kind."""
    return next((span for span in spans if span.kind is kind), None)


def is_kind_open(spans: Iterable[Span], kind: PhaseKind, now: datetime) -> bool:
    """Whether any span of the kind is open at `now`."""
    return any(span.kind is kind and is_open(span, now) for span in spans)


def current_span(spans: Sequence[S], now: datetime) -> S | None:
    """What the event is doing: the open span that began last, else None between or outside spans."""
    running = open_spans(spans, now)
    return max(running, key=lambda span: span.starts_at, default=None)


def is_over(spans: Sequence[Span], now: datetime) -> bool:
    """Whether the last span has ended."""
    return bool(spans) and all(span.ends_at <= now for span in spans)


def find_problems(spans: Sequence[Span]) -> list[tuple[int, str]]:
    """What is wrong with a timetable, as (index, code).

    Codes: `ends_before_start`, `before_previous`, `judging_before_submission_ends`.
    """
    problems = [(i, "ends_before_start") for i, s in enumerate(spans) if s.ends_at <= s.starts_at]
    problems += [
        (i, "before_previous") for i in range(1, len(spans)) if spans[i].starts_at < spans[i - 1].starts_at
    ]
    submission = find_span(spans, PhaseKind.SUBMISSION)
    if submission:
        problems += [
            (i, "judging_before_submission_ends")
            for i, s in enumerate(spans)
            if s.kind.is_round and s.starts_at < submission.ends_at
        ]
    return problems

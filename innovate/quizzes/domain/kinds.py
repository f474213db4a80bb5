"""The words of tests that are stored, and where a test is at an instant."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

GRACE = timedelta(seconds=20)  # for the way of the last answers through a slow network


class QuestionKind(enum.StrEnum):
    """How a question is answered. A scale asks for an attitude: it is reported, never scored."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    SHORT = "short"


class Moment(enum.StrEnum):
    """Before or after what is taught."""

    PRE = "pre"
    POST = "post"


class QuizState(enum.StrEnum):
    """draft: its makers see it; published: those enrolled may take it in its time."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Stage(enum.StrEnum):
    """Where a test is: state and clock together."""

    DRAFT = "draft"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


def stage_of(state: QuizState, opens_at: datetime, closes_at: datetime, at: datetime) -> Stage:
    """Where a test is at an instant; the closing instant itself lies outside."""
    if state is QuizState.DRAFT:
        return Stage.DRAFT
    if at < opens_at:
        return Stage.WAITING
    return Stage.OPEN if at < closes_at else Stage.CLOSED


def due_of(started_at: datetime, minutes: int | None, closes_at: datetime) -> datetime:
    """When a sheet must be in: after its minutes, and never after the closing."""
    return min(started_at + timedelta(minutes=minutes), closes_at) if minutes else closes_at


def is_over(handed_at: datetime | None, due_at: datetime, at: datetime) -> bool:
    """Whether a sheet takes no more answers: handed in, or its time (with the grace) is over."""
    return handed_at is not None or at > due_at + GRACE

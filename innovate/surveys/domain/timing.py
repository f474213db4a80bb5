"""When a survey goes out, takes answers, and reminds."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from innovate.surveys.domain.kinds import SurveyState


class Stage(enum.StrEnum):
    """Where a survey stands: `waiting` for its instant, or for the thing it follows to end."""

    DRAFT = "draft"
    WAITING = "waiting"
    RUNNING = "running"
    CLOSED = "closed"


def stage_of(state: SurveyState, sent_at: datetime | None, closes_at: datetime | None, at: datetime) -> Stage:
    """The stage at an instant; the clock closes a survey, whatever the runner does."""
    if state is SurveyState.DRAFT:
        return Stage.DRAFT
    if state is SurveyState.CLOSED or (closes_at is not None and closes_at <= at):
        return Stage.CLOSED
    return Stage.RUNNING if sent_at is not None else Stage.WAITING


def due_at(anchor: datetime | None, days: int) -> datetime | None:
    """`days` after the thing it follows; None while that is not known."""
    return None if anchor is None else anchor + timedelta(days=days)


def reminder_number(sent_at: datetime, every_days: int, most: int, at: datetime) -> int:
    """How many reminders should have gone out by now (0 to `most`)."""
    if every_days < 1 or at < sent_at:
        return 0
    return min(most, (at - sent_at) // timedelta(days=every_days))


def may_show_results(stage: Stage, *, anonymous: bool) -> bool:
    """Results of an anonymous survey are shown once it is over: watching them grow would tell who said what."""
    return stage is Stage.CLOSED or (stage is Stage.RUNNING and not anonymous)

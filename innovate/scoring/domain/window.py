"""When a round takes ballots: its phase's time, ended early by `closed_at`."""

from __future__ import annotations

import enum
from datetime import datetime


class Window(enum.StrEnum):
    """Where a round is in time."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


def window_of(starts_at: datetime, ends_at: datetime, closed_at: datetime | None, now: datetime) -> Window:
    """Open while starts_at <= now < ends_at and nobody closed it; the end itself lies outside."""
    if now >= ends_at or (closed_at is not None and closed_at <= now):
        return Window.CLOSED
    return Window.OPEN if now >= starts_at else Window.WAITING

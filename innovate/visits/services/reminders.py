"""A mail on the day before, to the team and to those who go."""

from __future__ import annotations

from datetime import datetime, timedelta

from innovate.visits.queries.visits import list_due
from innovate.visits.services.trail import tell_all

AHEAD = timedelta(hours=24)


def remind_visits(*, at: datetime) -> int:
    """Remind of every visit of the next 24 hours, once for each time it was set; how many visits."""
    due = list_due(at, at + AHEAD)
    for visit, event in due:
        tell_all("visit_reminder", event, visit, about=f"remind:{visit.moved}", at=at)
    return len(due)

"""The clock of announcements."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.results.services import announcing


@job("results.announce", every_minutes=1)
def announce_due() -> int:
    """Announce what was set for this minute, each in a transaction of its own."""
    at = clock.now()
    with transaction():
        due = announcing.list_due(at)
    announced = 0
    for board_id in due:
        with transaction():
            announced += announcing.announce_planned(board_id, at=at)
    return announced

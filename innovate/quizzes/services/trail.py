"""What tests leave in the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from innovate.audit.services import record
from innovate.learning.policy import Guest


def note(
    action: str,
    guest: Guest,
    thing: tuple[str, int],
    at: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    subject_id: int | None = None,
) -> None:
    """Write it down; `thing` is the kind of object and its key."""
    record(
        action,
        actor_id=guest.user_id,
        at=at,
        object_type=thing[0],
        object_id=thing[1],
        event_id=guest.activity.event_id,
        before=before,
        after=after,
        subject_id=subject_id,
    )

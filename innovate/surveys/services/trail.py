"""What acts on a survey leave in the trail. Anonymous answers leave nothing: it would lead to who gave them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.audit.services import record as record_entry
from innovate.surveys.models import Survey


def record(
    action: str,
    survey: Survey,
    *,
    actor_id: int | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One entry about a survey."""
    record_entry(
        action,
        actor_id=actor_id,
        at=at,
        object_type="survey",
        object_id=survey.id,
        event_id=survey.event_id,
        before=before,
        after=after,
    )

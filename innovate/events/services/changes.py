"""Changing a row and writing down exactly what changed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.errors import Refused, require
from innovate.events import policy
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.events.policy import Actor


def require_change(actor: Actor) -> None:
    """Only organizers change an event, and nobody an archived one."""
    require(policy.can_manage(actor))
    require(
        actor.event.state is not EventState.ARCHIVED,
        Refused(_l("Kompetisi ini sudah diarsipkan. Keluarkan dari arsip sebelum mengubahnya.")),
    )


def change(actor: Actor, row: Any, values: Mapping[str, Any], *, action: str, at: datetime) -> bool:
    """Set `values` on `row`; audit what differs. False when nothing does."""
    changed = {key: value for key, value in values.items() if getattr(row, key) != value}
    if not changed:
        return False
    before = {key: plain(getattr(row, key)) for key in changed}
    for key, value in changed.items():
        setattr(row, key, value)
    after = {key: plain(value) for key, value in changed.items()}
    note(actor, action, row, at=at, before=before, after=after)
    return True


def note(
    actor: Actor,
    action: str,
    row: Any,
    *,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    subject_id: int | None = None,
) -> None:
    """An audit entry about a row of the actor's event; the row must have its key (flush first)."""
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type=row.__tablename__.removesuffix("s"),
        object_id=row.id,
        event_id=row.id if isinstance(row, Event) else actor.event.id,
        before=before,
        after=after,
        subject_id=subject_id,
    )


def plain(value: Any) -> Any:
    """A JSON value of a column's value."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, enum.Enum) else value

"""Writing to the trail."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text

from innovate.audit.domain.chain import GENESIS, Link, canonical, hash_details, hash_link
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core.db import db

_LOCK = 7_202_611


def record(
    action: str,
    *,
    actor_id: int | None,
    at: datetime,
    object_type: str,
    object_id: int | str,
    event_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    subject_id: int | None = None,
) -> AuditEntry:
    """Append one entry to the chain in the present transaction.

    `action` is "<object>.<verb>" ("team.leave"). `before` and `after` hold only what changed, as JSON values; they may
    be personal, and `subject_id` then names the person whose erasure empties them.
    """
    _hold_chain()
    last = db.session.execute(
        select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    ).first()
    number, previous = (last.id + 1, last.hash) if last else (1, GENESIS)
    values = {"before": dict(before or {}), "after": dict(after or {})}
    salt = secrets.token_hex(16)
    link = Link(
        number,
        at.astimezone(UTC).isoformat(),
        actor_id,
        action,
        object_type,
        str(object_id),
        event_id,
        hash_details(salt, values),
    )
    entry = AuditEntry(
        id=number,
        at=at,
        actor_id=actor_id,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        event_id=event_id,
        details_hash=link.details_hash,
        previous_hash=previous,
        hash=hash_link(link, previous),
    )
    db.session.add(entry)
    db.session.flush()
    db.session.add(AuditDetail(entry_id=number, salt=salt, values=_plain(values), subject_id=subject_id))
    return entry


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(canonical(values)))


def _hold_chain() -> None:
    """One writer at a time: SQLite's write lock does it, PostgreSQL needs an advisory lock until the commit."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def erase_subject(subject_id: int, *, actor_id: int | None, at: datetime) -> int:
    """Empty the personal values kept about a person; the chain stays verifiable. Returns how many were emptied."""
    details = list(
        db.session.scalars(
            select(AuditDetail).where(AuditDetail.subject_id == subject_id, AuditDetail.erased_at.is_(None))
        )
    )
    numbers = [detail.entry_id for detail in details]
    for detail in details:
        detail.values, detail.erased_at = None, at
    if numbers:
        record(
            "audit.erase",
            actor_id=actor_id,
            at=at,
            object_type="user",
            object_id=subject_id,
            after={"entries": numbers},
        )
    return len(numbers)

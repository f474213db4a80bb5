"""Reading and checking the trail."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from innovate.audit.domain.chain import Fault, Link, find_fault, hash_details
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core.db import db
from innovate.core.paging import Page, paginate


def find_chain_fault() -> Fault | None:
    """The first fault of the chain or of the values beside it; None when everything holds."""
    with closing(_links()) as links:
        fault = find_fault(links)
    return fault or _find_detail_fault()


def _links() -> Generator[tuple[Link, str, str], None, None]:
    query = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    with db.session.scalars(query) as entries:
        for e in entries:
            yield (
                Link(
                    e.id,
                    e.at.isoformat(),
                    e.actor_id,
                    e.action,
                    e.object_type,
                    e.object_id,
                    e.event_id,
                    e.details_hash,
                ),
                e.previous_hash,
                e.hash,
            )


def _find_detail_fault() -> Fault | None:
    erased: set[int] = set()
    query = select(
        AuditEntry.id,
        AuditEntry.action,
        AuditEntry.details_hash,
        AuditDetail.salt,
        AuditDetail.values,
        AuditDetail.erased_at,
    )
    query = query.outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id).order_by(AuditEntry.id.desc())
    with db.session.execute(query.execution_options(yield_per=1000)) as rows:
        for number, action, digest, salt, values, erased_at in rows:
            if values is None:
                if number not in erased or (salt is not None and erased_at is None):
                    return Fault(number, "values missing without a recorded erasure")
            elif hash_details(salt, values) != digest:
                return Fault(number, "values changed")
            elif action == "audit.erase":
                erased.update(values["after"]["entries"])
    return None


def list_entries(
    *,
    event_id: int | None = None,
    action: str = "",
    object_type: str = "",
    object_id: str = "",
    actor_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
) -> Page[Any]:
    """Entries with their values, newest first: items are (AuditEntry, AuditDetail or None)."""
    query: Select[Any] = (
        select(AuditEntry, AuditDetail)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .order_by(AuditEntry.id.desc())
    )
    for compare, value in (
        (AuditEntry.event_id.__eq__, event_id),
        (AuditEntry.object_type.__eq__, object_type or None),
        (AuditEntry.object_id.__eq__, object_id or None),
        (AuditEntry.actor_id.__eq__, actor_id),
        (AuditEntry.at.__ge__, since),
        (AuditEntry.at.__lt__, until),
    ):
        if value is not None:
            query = query.where(compare(value))
    if action:
        query = query.where(AuditEntry.action.startswith(action, autoescape=True))
    return paginate(query, page=page, scalars=False)


def list_values(action: str, *, event_id: int | None = None) -> list[tuple[int, dict[str, Any]]]:
    """What exactly this action left in the trail, oldest first: (entry, values); erased values are passed over."""
    query = select(AuditEntry.id, AuditDetail.values).join(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
    query = query.where(AuditEntry.action == action, AuditDetail.erased_at.is_(None)).order_by(AuditEntry.id)
    if event_id is not None:
        query = query.where(AuditEntry.event_id == event_id)
    return [(number, values) for number, values in db.session.execute(query) if values is not None]


def list_object_types() -> list[str]:
    """Kinds of things the trail speaks of."""
    return list(
        db.session.scalars(select(AuditEntry.object_type).distinct().order_by(AuditEntry.object_type))
    )


def count_entries() -> int:
    """Length of the chain."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0

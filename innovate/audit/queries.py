"""Reading and checking the trail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select

from innovate.audit.domain.chain import Fault, Link, find_fault, hash_details
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core.db import db
from innovate.core.paging import Page, paginate


def find_chain_fault() -> Fault | None:
    """The first fault of the chain or of the values beside it; None when everything holds."""
    return find_fault(_links()) or _find_detail_fault()


def _links() -> Iterator[tuple[Link, str, str]]:
    query = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    for e in db.session.scalars(query):
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
    for number, action, digest, salt, values, erased_at in db.session.execute(
        query.execution_options(yield_per=1000)
    ):
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
    page: int = 1,
) -> Page[Any]:
    """Entries with their values, newest first: items are (AuditEntry, AuditDetail or None)."""
    query: Select[Any] = (
        select(AuditEntry, AuditDetail)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .order_by(AuditEntry.id.desc())
    )
    for column, value in (
        (AuditEntry.event_id, event_id),
        (AuditEntry.object_type, object_type),
        (AuditEntry.object_id, object_id),
    ):
        if value:
            query = query.where(column == value)
    if action:
        query = query.where(AuditEntry.action.startswith(action, autoescape=True))
    return paginate(query, page=page, scalars=False)

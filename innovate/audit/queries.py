"""Reading and checking the trail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from contextlib import closing
from typing import Any

from sqlalchemy import Select, func, select

from innovate.audit.domain.chain import Fault, Link, find_fault, hash_details
from innovate.audit.domain.choice import EVERYTHING, TrailFilter
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core.db import db
from innovate.core.paging import Page, paginate

CHUNK = 1000


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
    shown: TrailFilter = EVERYTHING,
    *,
    event_id: int | None = None,
    actor_ids: Collection[int] | None = None,
    page: int = 1,
) -> Page[Any]:
    """Entries with their values, newest first: items are (AuditEntry, AuditDetail or None). Two queries.

    `actor_ids` None: whoever acted; empty: nobody.
    """
    return paginate(_chosen(shown, event_id, actor_ids), page=page, scalars=False)


def list_in_chunks(
    shown: TrailFilter = EVERYTHING, *, event_id: int | None = None, actor_ids: Collection[int] | None = None
) -> Generator[list[Any], None, None]:
    """All of them, newest first, a thousand at a time."""
    below: int | None = None
    while True:
        query = _chosen(shown, event_id, actor_ids).limit(CHUNK)
        if below is not None:
            query = query.where(AuditEntry.id < below)
        rows = list(db.session.execute(query))
        if rows:
            yield rows
            below = rows[-1][0].id
        if len(rows) < CHUNK:
            return


def _chosen(shown: TrailFilter, event_id: int | None, actor_ids: Collection[int] | None) -> Select[Any]:
    query: Select[Any] = (
        select(AuditEntry, AuditDetail)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .order_by(AuditEntry.id.desc())
    )
    if actor_ids is not None:
        query = query.where(AuditEntry.actor_id.in_(actor_ids))
    for compare, value in (
        (AuditEntry.event_id.__eq__, event_id),
        (AuditEntry.object_type.__eq__, shown.kind or None),
        (AuditEntry.object_id.__eq__, shown.key or None),
        (AuditEntry.at.__ge__, shown.since),
        (AuditEntry.at.__lt__, shown.until),
    ):
        if value is not None:
            query = query.where(compare(value))
    return query


def names_by(key: Any, name: Any) -> Callable[[Collection[str]], dict[str, str]]:
    """A finder of names: `names_by(Team.id, Team.name)`. One query for all keys asked at once."""

    def find(keys: Collection[str]) -> dict[str, str]:
        numbers = [int(each) for each in keys if each.isdecimal() and len(each) < 10]
        rows = db.session.execute(select(key, name).where(key.in_(numbers)))
        return {str(number): str(text) for number, text in rows if text}

    return find


def list_values(action: str, *, event_id: int | None = None) -> list[tuple[int, dict[str, Any]]]:
    """What exactly this action left in the trail, oldest first: (entry, values); erased values are passed over."""
    query = select(AuditEntry.id, AuditDetail.values).join(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
    query = query.where(AuditEntry.action == action, AuditDetail.erased_at.is_(None)).order_by(AuditEntry.id)
    if event_id is not None:
        query = query.where(AuditEntry.event_id == event_id)
    return [(number, values) for number, values in db.session.execute(query) if values is not None]


def list_object_types(event_id: int | None = None) -> list[str]:
    """Kinds of things the trail speaks of, of one event or of the whole site."""
    query = select(AuditEntry.object_type).distinct()
    if event_id is not None:
        query = query.where(AuditEntry.event_id == event_id)
    return list(db.session.scalars(query))


def count_entries() -> int:
    """Length of the chain."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0

"""Reading and checking the trail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from contextlib import closing
from typing import Any

from sqlalchemy import Select, func, select

from innovate.audit.domain.chain import Fault, Link, find_fault, hash_details
from innovate.audit.domain.checkpoints import Witness, find_checkpoint_fault, find_other
from innovate.audit.domain.choice import EVERYTHING, TrailFilter
from innovate.audit.domain.notes import read_note
from innovate.audit.models import AuditCheckpoint, AuditDetail, AuditEntry, SigningKey
from innovate.core import keys
from innovate.core.db import db
from innovate.core.paging import Page, paginate

CHUNK = 1000


def find_chain_fault(kept: str = "") -> Fault | None:
    """The first fault of the chain, its checkpoints or the values beside it; None when everything holds.

    `kept` is a checkpoint that somebody kept outside the database: the trail must be the one it was taken of.
    ValueError where that is no checkpoint.
    """
    checkpoints = list(db.session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.number)))
    other = read_note(kept)[0] if kept else None
    witness = Witness({each.size for each in checkpoints} | ({other.size} if other else set()))
    with closing(_links()) as links:
        fault = find_fault(witness.watch(links))
    fault = fault or find_checkpoint_fault(checkpoints, witness.roots, _is_signed_by_us())
    if not fault and other:
        reason = find_other(other, witness.roots) or (
            "" if is_ours(kept) else "not signed by this installation"
        )
        fault = Fault(other.size, reason) if reason else None
    return fault or _find_detail_fault()


def is_ours(note: str) -> bool:
    """Whether a checkpoint carries the signature of a key of this installation."""
    checkpoint, key_id, signature = read_note(note)
    return _is_signed_by_us()(checkpoint.body, signature, key_id)


def _is_signed_by_us() -> Callable[[str, bytes, str], bool]:
    publics = {key.key_id: bytes.fromhex(key.public) for key in list_keys()}

    def is_signed(body: str, signature: bytes, key_id: str) -> bool:
        return key_id in publics and keys.is_signed(publics[key_id], body.encode(), signature)

    return is_signed


def list_keys() -> list[SigningKey]:
    """Every public key of the installation, the present one first."""
    return list(db.session.scalars(select(SigningKey).order_by(SigningKey.id.desc())))


def find_last_checkpoint() -> AuditCheckpoint | None:
    """The newest checkpoint of the trail."""
    return db.session.scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.number.desc()).limit(1))


def get_checkpoint(number: int) -> AuditCheckpoint:
    """One checkpoint by its number."""
    return db.session.get_one(AuditCheckpoint, number)


def list_hashes(size: int) -> list[str]:
    """The hashes of the trail's first `size` entries."""
    return list(
        db.session.scalars(select(AuditEntry.hash).where(AuditEntry.id <= size).order_by(AuditEntry.id))
    )


def list_links(event_id: int, size: int) -> list[tuple[Link, str, str]]:
    """An event's entries among the first `size`, oldest first: (link, hash before, own hash)."""
    query = select(AuditEntry).where(AuditEntry.event_id == event_id, AuditEntry.id <= size)
    return [_as_link(entry) for entry in db.session.scalars(query.order_by(AuditEntry.id))]


def _links() -> Generator[tuple[Link, str, str], None, None]:
    query = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    with db.session.scalars(query) as entries:
        for entry in entries:
            yield _as_link(entry)


def _as_link(entry: AuditEntry) -> tuple[Link, str, str]:
    link = Link(
        entry.id,
        entry.at.isoformat(),
        entry.actor_id,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.event_id,
        entry.details_hash,
    )
    return link, entry.previous_hash, entry.hash


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

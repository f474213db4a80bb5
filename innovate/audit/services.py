"""Writing to the trail."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, text

from innovate.audit.domain.chain import GENESIS, Link, canonical, hash_details, hash_link
from innovate.audit.domain.checkpoints import ORIGIN
from innovate.audit.domain.merkle import Frontier, leaf_hash
from innovate.audit.domain.notes import FIRST, Checkpoint, hash_note, key_id_of, write_instant, write_note
from innovate.audit.models import AuditCheckpoint, AuditDetail, AuditEntry, SigningKey
from innovate.core import keys
from innovate.core.db import db
from innovate.core.errors import Refused, require

_LOCK = 7_202_611


class Record(NamedTuple):
    """One entry to be: what was done to what. `action` is "<object>.<verb>" ("team.leave"). `before` and `after` hold
    only what changed, as JSON values; they may be personal, and `subject_id` then names the person whose erasure
    empties them.
    """

    action: str
    object_type: str
    object_id: int | str
    event_id: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    subject_id: int | None = None


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
    """Append one entry to the chain in the present transaction; its parts are those of `Record`."""
    one = Record(action, object_type, object_id, event_id, before, after, subject_id)
    return record_all([one], actor_id=actor_id, at=at)[0]


def record_all(records: Sequence[Record], *, actor_id: int | None, at: datetime) -> list[AuditEntry]:
    """Append entries in their order; many of them in few statements."""
    _hold_chain()
    last = db.session.execute(
        select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    ).first()
    end, previous = (last.id, last.hash) if last else (0, GENESIS)
    entries, details = [], []
    for number, each in enumerate(records, end + 1):
        entry, detail = _link(each, number, previous, actor_id, at)
        entries.append(entry)
        details.append(detail)
        previous = entry.hash
    db.session.add_all(entries)
    db.session.flush()
    db.session.add_all(details)
    return entries


def _link(
    each: Record, number: int, previous: str, actor_id: int | None, at: datetime
) -> tuple[AuditEntry, AuditDetail]:
    values = {"before": dict(each.before or {}), "after": dict(each.after or {})}
    salt = secrets.token_hex(16)
    link = Link(
        number,
        at.astimezone(UTC).isoformat(),
        actor_id,
        each.action,
        each.object_type,
        str(each.object_id),
        each.event_id,
        hash_details(salt, values),
    )
    entry = AuditEntry(
        id=number,
        at=at,
        actor_id=actor_id,
        action=each.action,
        object_type=each.object_type,
        object_id=str(each.object_id),
        event_id=each.event_id,
        details_hash=link.details_hash,
        previous_hash=previous,
        hash=hash_link(link, previous),
    )
    return entry, AuditDetail(entry_id=number, salt=salt, values=_plain(values), subject_id=each.subject_id)


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


# -- keys and checkpoints -----------------------------------------------------------------------------------------


def ensure_key(*, at: datetime) -> SigningKey:
    """The key that signs now; made where the installation never had one. Refused without its private half here."""
    _hold_chain()
    standing = _standing_key()
    seed = keys.load_seed()
    if standing is None:
        return _begin_key(seed or keys.make_seed(), None, at)
    missing = _l(
        "Kunci tanda tangan tidak ada di server ini. Pengelola situs dapat memulihkan atau menggantinya."
    )
    require(seed is not None and keys.public_of(seed).hex() == standing.public, Refused(missing))
    return standing


def rotate_key(*, actor_id: int | None, at: datetime) -> SigningKey:
    """End the present key and begin another: a new one, or the one that the settings now name."""
    _hold_chain()
    standing = _standing_key()
    seed = keys.load_seed() if keys.is_configured() else keys.make_seed()
    public = keys.public_of(seed or b"").hex()
    known = db.session.scalar(select(SigningKey.id).where(SigningKey.public == public))
    require(known is None, Refused(_l("Isi INNOVATE_SIGNING_KEY dengan kunci yang belum pernah dipakai.")))
    if standing:
        standing.valid_until = at
        db.session.flush()
    return _begin_key(seed or b"", actor_id, at)


def _standing_key() -> SigningKey | None:
    return db.session.scalar(select(SigningKey).where(SigningKey.valid_until.is_(None)))


def _begin_key(seed: bytes, actor_id: int | None, at: datetime) -> SigningKey:
    public = keys.public_of(seed)
    key = SigningKey(key_id=key_id_of(public), public=public.hex(), valid_from=at)
    db.session.add(key)
    db.session.flush()
    record(
        "signing_key.begin",
        actor_id=actor_id,
        at=at,
        object_type="signing_key",
        object_id=key.key_id,
        after={"public": key.public},
    )
    return key


def sign(message: bytes, *, at: datetime) -> tuple[SigningKey, bytes]:
    """The signature of the installation, and the key that made it."""
    key = ensure_key(at=at)
    return key, keys.sign(keys.load_seed() or b"", message)


def make_checkpoint(*, at: datetime) -> AuditCheckpoint:
    """Sign the trail as it is now; the last checkpoint where nothing was added since."""
    _hold_chain()
    ensure_key(at=at)
    last = db.session.scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.number.desc()).limit(1))
    tree = Frontier.from_json(last.frontier if last else [])
    for own in db.session.scalars(
        select(AuditEntry.hash).where(AuditEntry.id > tree.size).order_by(AuditEntry.id)
    ):
        tree.add(leaf_hash(bytes.fromhex(own)))
    if last and last.size == tree.size:
        return last
    lines = (("previous", hash_note(last.text) if last else FIRST), ("time", write_instant(at)))
    checkpoint = Checkpoint(ORIGIN, tree.size, tree.root.hex(), lines)
    key, signature = sign(checkpoint.body.encode(), at=at)
    made = AuditCheckpoint(
        number=last.number + 1 if last else 1,
        at=at,
        size=tree.size,
        text=write_note(checkpoint, key.key_id, signature),
        frontier=tree.as_json(),
    )
    db.session.add(made)
    db.session.flush()
    return made

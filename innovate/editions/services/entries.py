"""Single past entries changed or removed with a reason, and editions shown to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.editions import policy
from innovate.editions.models import PastEdition, PastEntry
from innovate.editions.queries.editions import get_entry
from innovate.editions.services.prints import drop_prints, keep_prints

EDITABLE = (
    "title",
    "expansion",
    "unit_id",
    "group_name",
    "track_name",
    "people",
    "rank",
    "award",
    "summary",
)


def change_entry(
    user: User, entry: PastEntry, values: Mapping[str, Any], *, reason: str, at: datetime
) -> bool:
    """Change what an entry says; False when nothing differs."""
    held = _hold(user, entry)
    require(held.removed_at is None, NotFound())
    changed = {key: values[key] for key in EDITABLE if key in values and getattr(held, key) != values[key]}
    if not changed:
        return False
    reason = _need(reason)
    if "title" in changed:
        _require_alone(held, changed["title"])
    before = {key: getattr(held, key) for key in changed}
    for key, value in changed.items():
        setattr(held, key, value)
    db.session.flush()
    if "summary" in changed:
        drop_prints([held.id])
        keep_prints([(held.id, held.summary)])
    withdraw()
    _record("past_entry.update", user, held, at, before=before, after={**changed, "reason": reason})
    return True


def remove_entry(user: User, entry: PastEntry, *, reason: str, at: datetime) -> None:
    """Take an entry off the archive; it can be brought back."""
    held = _hold(user, entry)
    require(held.removed_at is None, NotFound())
    held.removed_at, held.removed_reason = at, _need(reason)
    drop_prints([held.id])
    withdraw()
    _record("past_entry.remove", user, held, at, after={"title": held.title, "reason": held.removed_reason})


def restore_entry(user: User, entry: PastEntry, *, at: datetime) -> None:
    """Bring a removed entry back, unless another has been saved in its place since."""
    held = _hold(user, entry)
    require(held.removed_at is not None, NotFound())
    _require_alone(held, held.title)
    held.removed_at, held.removed_reason = None, ""
    db.session.flush()
    keep_prints([(held.id, held.summary)])
    _record("past_entry.restore", user, held, at, after={"title": held.title})


def set_public(user: User, edition: PastEdition, *, shown: bool, at: datetime) -> None:
    """Show an edition's winners to everybody, or no longer."""
    require(policy.can_keep(user), NotFound())
    held = locked(PastEdition, edition.id)
    if held.is_public is shown:
        return
    held.is_public = shown
    withdraw()
    record(
        "edition.update",
        actor_id=user.id,
        at=at,
        object_type="past_edition",
        object_id=held.id,
        before={"is_public": not shown},
        after={"is_public": shown},
    )


def _hold(user: User, entry: PastEntry) -> PastEntry:
    require(policy.can_keep(user), NotFound())
    locked(PastEntry, entry.id)
    return get_entry(entry.public_id)


def _require_alone(entry: PastEntry, title: str) -> None:
    """An edition has each title once; nobody brings another one in until the commit."""
    locked(PastEdition, entry.edition_id)
    query = select(PastEntry.title).where(PastEntry.edition_id == entry.edition_id, PastEntry.id != entry.id)
    standing = db.session.scalars(query.where(PastEntry.removed_at.is_(None)))
    taken = _l("Sudah ada karya berjudul %(title)s dalam edisi ini.", title=title)
    require(title.casefold() not in {each.casefold() for each in standing}, Refused(taken, field="title"))


def _need(reason: str) -> str:
    require(bool(reason.strip()), Refused(_l("Tuliskan alasannya."), field="reason"))
    return reason.strip()


def _record(
    action: str,
    user: User,
    entry: PastEntry,
    at: datetime,
    *,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    record(
        action,
        actor_id=user.id,
        at=at,
        object_type="past_entry",
        object_id=entry.id,
        before=before,
        after=after,
    )

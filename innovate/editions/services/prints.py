"""Fingerprints of past entries: kept while an entry stands, gone with it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, update

from innovate.core.db import db
from innovate.editions.models import PastEntry, PastPrint
from innovate.ideas.domain.similarity.hashes import fingerprint, pack

_AT_ONCE = 5_000


def keep_prints(texts: Sequence[tuple[int, str]]) -> None:
    """Store the hashes of what these entries (key, text) say."""
    marks = {entry_id: fingerprint(text) for entry_id, text in texts}
    marks = {entry_id: found for entry_id, found in marks.items() if found}
    if marks:
        packed = [{"id": entry_id, "hashes": pack(found)} for entry_id, found in marks.items()]
        db.session.execute(update(PastEntry), packed)
    rows = [{"hash": value, "entry_id": entry_id} for entry_id, found in marks.items() for value in found]
    for start in range(0, len(rows), _AT_ONCE):
        db.session.execute(insert(PastPrint), rows[start : start + _AT_ONCE])


def drop_prints(entry_ids: Sequence[int]) -> None:
    """Forget them: a removed entry is like nothing."""
    for start in range(0, len(entry_ids), _AT_ONCE):
        some = entry_ids[start : start + _AT_ONCE]
        db.session.execute(delete(PastPrint).where(PastPrint.entry_id.in_(some)))
        db.session.execute(update(PastEntry).where(PastEntry.id.in_(some)).values(hashes=None))

"""The log of who saw whose personal data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert

from innovate.accounts.models import DataAccess
from innovate.core.db import db

KEPT = timedelta(days=365)


def note_accesses(
    viewer_id: int, what: str, subject_ids: Sequence[int | None], *, event_id: int | None = None, at: datetime
) -> None:
    """A row for each subject (None: a list of people) in one statement, in the present transaction."""
    rows = [
        {"viewer_id": viewer_id, "what": what, "subject_id": subject_id, "event_id": event_id, "at": at}
        for subject_id in subject_ids
    ]
    db.session.execute(insert(DataAccess), rows)


def forget_accesses(*, at: datetime) -> int:
    """Drop what is older than a year; how many."""
    done: Any = db.session.execute(delete(DataAccess).where(DataAccess.at < at - KEPT))
    return int(done.rowcount)

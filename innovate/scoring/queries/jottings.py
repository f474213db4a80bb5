"""Reading a juror's private notes: always for one seat of their own, never for a list."""

from __future__ import annotations

from innovate.core.db import db
from innovate.scoring.models.reading import ReadingNote
from innovate.scoring.queries.ballots import Sheet


def find_note(sheet: Sheet) -> ReadingNote | None:
    """The private notes of a sheet that was opened as the juror's own (`get_sheet`)."""
    return db.session.get(ReadingNote, sheet.assignment_id)

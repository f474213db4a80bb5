"""Private notes while reading. They belong to the juror alone: no history, no export, no values in the audit chain."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.scoring.domain.jottings import join_notes
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.reading import ReadingNote
from innovate.scoring.queries.ballots import Sheet

MAX_NOTE = 20_000


def keep_note(user: User, sheet: Sheet, text: str, *, version: int, at: datetime) -> ReadingNote:
    """Keep what was typed; on top of another version both are joined. Works before, during and after the round."""
    require(user.id == sheet.user_id)
    unsigned = _l("Tanda tangani dahulu pakta integritas babak ini.")
    require(sheet.signed_at is not None, Refused(unsigned))
    undeclared = _l("Nyatakan dahulu bahwa Anda tidak mempunyai benturan kepentingan dengan karya ini.")
    require(sheet.is_open, Refused(undeclared))
    too_long = _l("Catatan paling panjang %(most)d huruf.", most=MAX_NOTE)
    require(len(text) <= MAX_NOTE, Refused(too_long))
    _hold_seat(sheet)
    note = db.session.get(ReadingNote, sheet.assignment_id, populate_existing=True)
    if note is None:
        note = ReadingNote(assignment_id=sheet.assignment_id, text=text, version=1, updated_at=at)
        db.session.add(note)
        _record_begin(user, sheet, at)
    elif note.text != text:
        joined = text if version == note.version else join_notes(note.text, text)
        require(len(joined) <= MAX_NOTE, Refused(too_long))
        note.text, note.version, note.updated_at = joined, note.version + 1, at
    db.session.flush()
    return note


def _record_begin(user: User, sheet: Sheet, at: datetime) -> None:
    """That there are notes; never what they say, and not every keystroke."""
    record(
        "reading_note.begin",
        actor_id=user.id,
        at=at,
        object_type="assignment",
        object_id=sheet.assignment_id,
        event_id=sheet.event_id,
    )


def _hold_seat(sheet: Sheet) -> None:
    """Two devices write one after the other."""
    db.session.get(Assignment, sheet.assignment_id, with_for_update=True)

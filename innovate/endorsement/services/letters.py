"""Taking in the signed letter, and scans of what came on paper, as other uploads are taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.endorsement.models import Letter
from innovate.events.policy import Actor
from innovate.ideas.domain.uploads import Upload, inspect
from innovate.ideas.models import Idea
from innovate.ideas.services.reasons import UPLOAD_TEXTS

ACCEPTED = ("pdf", "jpg", "png")


@dataclass(frozen=True)
class Sent:
    """A file as it came, and how large it may be."""

    filename: str
    content: bytes
    max_bytes: int


@dataclass(frozen=True)
class NewLetter:
    """The letter of the head of a unit: its file, who signed it, its number and its day."""

    file: Sent
    head_name: str
    head_position: str
    number: str
    day: date


def keep_file(sent: Sent, *, field: str) -> dict[str, Any]:
    """Store a file and give its columns; Refused if it is not of an accepted kind."""
    upload = inspect(sent.filename, sent.content, max_bytes=sent.max_bytes, accepted=ACCEPTED)
    if not isinstance(upload, Upload):
        raise Refused(UPLOAD_TEXTS[upload], field=field, details={"fault": upload.value})
    stored = storage.save(sent.content)
    return {
        "filename": upload.filename,
        "media_type": upload.media_type,
        "size": stored.size,
        "sha256": stored.sha256,
        "storage_key": stored.key,
    }


def keep_letter(actor: Actor, idea: Idea, new: NewLetter, *, at: datetime) -> Letter:
    """Store the letter of one proposal, of a day that has come where the event is."""
    today = at.astimezone(ZoneInfo(actor.event.zone)).date()
    require(new.day <= today, Refused(_l("Tanggal itu belum tiba."), field="day"))
    letter = Letter(
        idea_id=idea.id,
        head_name=new.head_name,
        head_position=new.head_position,
        number=new.number,
        day=new.day,
        uploaded_by_id=actor.user_id,
        uploaded_at=at,
        **keep_file(new.file, field="file"),
    )
    db.session.add(letter)
    db.session.flush()
    return letter

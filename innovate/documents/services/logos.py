"""The logo at the left of the letterhead. Papers that were issued keep the one they were made with."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db
from innovate.core.emblems import CannotReadError, redraw
from innovate.core.errors import Refused, require
from innovate.documents import policy
from innovate.documents.queries.settings import read_settings
from innovate.documents.services.numbered import hold_numbers
from innovate.events.policy import Actor
from innovate.ideas.domain.uploads import Upload, inspect
from innovate.ideas.services.reasons import UPLOAD_TEXTS

MOST_BYTES = 4 * 1024 * 1024
BROKEN = _l("Gambar itu tidak dapat dibuka. Simpan ulang sebagai PNG atau JPEG, lalu unggah lagi.")


def redraw_logo(filename: str, content: bytes) -> bytes:
    """The uploaded picture written anew; Refused for anything that is none. Slow: before a writing transaction."""
    found = inspect(filename, content, max_bytes=MOST_BYTES, accepted=("png", "jpg"))
    if not isinstance(found, Upload):
        raise Refused(UPLOAD_TEXTS[found], field="file", details={"fault": found.value})
    try:
        return redraw(content)
    except CannotReadError as fault:
        raise Refused(BROKEN, field="file") from fault


def save_logo(actor: Actor, drawn: bytes | None, *, at: datetime) -> None:
    """Print this picture (of `redraw_logo`) on papers from now on; None: no picture."""
    require(policy.can_issue(actor))
    hold_numbers(actor.event)
    row = read_settings(actor.event)
    kept = storage.save(drawn) if drawn else None
    before, row.logo_key = row.logo_key or "", kept.key if kept else ""
    db.session.add(row)
    db.session.flush()
    if before == row.logo_key:
        return
    record(
        "documents.logo",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        before={"sha256": before.rpartition("/")[2]},
        after={"sha256": row.logo_key.rpartition("/")[2]},
    )

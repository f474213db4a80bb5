"""Photos of a visit: drawn anew before they are kept, so that no picture tells more than what is to be seen on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.core.photos import CannotRedrawError, redraw_photo
from innovate.events.policy import Actor
from innovate.ideas.domain.uploads import Upload, inspect
from innovate.ideas.services.reasons import UPLOAD_TEXTS
from innovate.visits import policy
from innovate.visits.domain.states import VisitState
from innovate.visits.models import Visit, VisitPhoto
from innovate.visits.queries.visits import get_photo, lock_visit
from innovate.visits.services.trail import record

KINDS = ("jpg", "png", "webp")
MOST = 20  # of one visit


@dataclass(frozen=True)
class Picture:
    """An uploaded file: what it was called, and its bytes (one more than `max_bytes` if it was larger)."""

    filename: str
    content: bytes
    max_bytes: int


def add_photo(actor: Actor, visit: Visit, picture: Picture, *, caption: str, at: datetime) -> VisitPhoto:
    """Keep a photo of a visit that is not finished."""
    require(policy.can_record(actor, visit), NotFound())
    found = inspect(picture.filename, picture.content, max_bytes=picture.max_bytes, accepted=KINDS)
    if not isinstance(found, Upload):
        raise Refused(UPLOAD_TEXTS[found], field="photo", details={"fault": found.value})
    try:
        drawn = redraw_photo(picture.content)
    except CannotRedrawError as fault:
        unreadable = _l("Foto itu tidak dapat dibuka. Simpan ulang lalu unggah lagi.")
        raise Refused(unreadable, field="photo") from fault
    visit = _open(actor, visit)
    most = _l("Satu kunjungan memuat paling banyak %(n)s foto.", n=MOST)
    require(len(visit.photos) < MOST, Refused(most, field="photo"))
    kept = storage.save(drawn.content)
    photo = VisitPhoto(
        visit_id=visit.id,
        filename=found.filename,
        caption=caption.strip(),
        size=kept.size,
        width=drawn.width,
        height=drawn.height,
        sha256=kept.sha256,
        storage_key=kept.key,
        uploaded_by_id=actor.user_id,
        uploaded_at=at,
    )
    db.session.add(photo)
    db.session.flush()
    record("visit.photo", actor, visit, at, after={"file": photo.filename, "sha256": photo.sha256})
    return photo


def remove_photo(actor: Actor, visit: Visit, public_id: str, *, at: datetime) -> VisitPhoto:
    """Take a photo out of a visit that is not finished. Its file stays in the store."""
    visit = _open(actor, visit)
    photo = get_photo(visit.id, public_id)
    photo.removed_at = at
    record("visit.photo_remove", actor, visit, at, before={"file": photo.filename, "sha256": photo.sha256})
    return photo


def _open(actor: Actor, visit: Visit) -> Visit:
    visit = lock_visit(visit.id)
    require(policy.can_record(actor, visit), NotFound())
    locked = _l("Verifikasi ini sudah selesai, jadi fotonya tidak berubah lagi.")
    require(visit.state is VisitState.PLANNED, Refused(locked, field="photo"))
    return visit

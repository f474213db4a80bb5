"""Attachments: taken in, taken out, put back. Bytes are never deleted here: revisions point at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_ngettext

from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import FieldKind
from innovate.events.models import FormField
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.answers import accepted_of, max_files_of
from innovate.ideas.domain.completeness import anchor_of
from innovate.ideas.domain.deadline import can_edit
from innovate.ideas.domain.uploads import Upload, inspect
from innovate.ideas.models import Idea, IdeaFile
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.files import get_file
from innovate.ideas.queries.ideas import lock_idea
from innovate.ideas.services import trail
from innovate.ideas.services.reasons import UPLOAD_TEXTS, insist
from innovate.ideas.services.revisions import record_save


def attach_file(
    actor: Actor, idea: Idea, key: str, *, filename: str, content: bytes, max_bytes: int, at: datetime
) -> IdeaFile:
    """Add a file to a file field, if it is of an accepted kind and the field has room."""
    idea = _open(actor, idea, at)
    field = _field(idea, key)
    _require_room(idea, field)
    upload = inspect(filename, content, max_bytes=max_bytes, accepted=accepted_of(field))
    if not isinstance(upload, Upload):
        raise Refused(UPLOAD_TEXTS[upload], field=anchor_of(field), details={"fault": upload.value})
    stored = storage.save(content)
    file = IdeaFile(
        idea_id=idea.id,
        field_key=key,
        filename=upload.filename,
        media_type=upload.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        uploaded_by_id=actor.user_id,
        uploaded_at=at,
    )
    db.session.add(file)
    _changed(actor, idea, at)
    trail.record("idea.attach", actor, idea, at, after={"file": file.id, "sha256": file.sha256})
    return file


def remove_file(actor: Actor, idea: Idea, public_id: str, *, at: datetime) -> IdeaFile:
    """Take a file out of the working copy; what was submitted keeps it."""
    return _move(actor, idea, public_id, at, lambda file: setattr(file, "removed_at", at), "idea.detach")


def restore_file(actor: Actor, idea: Idea, public_id: str, *, at: datetime) -> IdeaFile:
    """Put a removed file back, if its field still has room."""
    idea = _open(actor, idea, at)
    file = get_file(idea.id, public_id)
    if file.removed_at is not None:
        _require_room(idea, _field(idea, file.field_key))
    return _move(actor, idea, public_id, at, lambda file: setattr(file, "removed_at", None), "idea.reattach")


def _move(
    actor: Actor, idea: Idea, public_id: str, at: datetime, act: Callable[[IdeaFile], None], action: str
) -> IdeaFile:
    idea = _open(actor, idea, at)
    file = get_file(idea.id, public_id)
    before = file.removed_at
    act(file)
    if (file.removed_at is None) != (before is None):
        _changed(actor, idea, at)
        trail.record(action, actor, idea, at, after={"file": file.id})
    return file


def _open(actor: Actor, idea: Idea, at: datetime) -> Idea:
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    insist(can_edit(idea.state, get_window(actor.event, idea.team_id, idea), at))
    return idea


def _field(idea: Idea, key: str) -> FormField:
    fields = list_fields(idea.event_id)
    found = next((f for f in fields if f.key == key and f.kind is FieldKind.FILE), None)
    if found is None:
        raise NotFound
    return found


def _require_room(idea: Idea, field: FormField) -> None:
    most = max_files_of(field)
    message = lazy_ngettext(
        "Bagian ini menerima satu berkas saja. Hapus yang lama dulu.",
        "Bagian ini menerima paling banyak %(num)s berkas. Hapus salah satu dulu.",
        most,
    )
    room = sum(file.field_key == field.key for file in idea.files) < most
    require(room, Refused(message, field=anchor_of(field)))


def _changed(actor: Actor, idea: Idea, at: datetime) -> None:
    db.session.flush()
    db.session.refresh(idea, ["files"])
    idea.version += 1
    idea.updated_at = at
    record_save(actor, idea, explicit=False, at=at)

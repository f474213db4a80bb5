"""What may still happen to an issued paper: revoked, issued again, replaced, or served as signed outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.core.opening import ActiveError, CannotOpenError, check_pdf
from innovate.documents import policy
from innovate.documents.domain.kinds import Standing
from innovate.documents.models import Document
from innovate.documents.queries.lost import list_lost
from innovate.documents.queries.papers import find_valid, get_document
from innovate.documents.services.again import draft_again
from innovate.documents.services.issuing import THERE, ask_to_set
from innovate.documents.services.numbered import hold_numbers, issue_all
from innovate.events.policy import Actor
from innovate.ideas.domain.uploads import Upload, inspect
from innovate.ideas.services.reasons import UPLOAD_TEXTS

_SHORTEST = 10
SHORT = _l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat.")
BROKEN = _l("PDF itu tidak dapat dibuka. Simpan ulang tanpa kata sandi, lalu unggah lagi.")
ACTIVE = _l("PDF itu menjalankan skrip atau program saat dibuka. Cetak ke PDF, lalu unggah lagi.")


@dataclass(frozen=True)
class SignedFile:
    """An uploaded PDF: what it was called, its bytes (one more than `max_bytes` if it was larger)."""

    filename: str
    content: bytes
    max_bytes: int


def revoke_paper(actor: Actor, public_id: str, *, reason: str, at: datetime) -> Document:
    """From now on it is not valid, and nothing takes its place."""
    row = _hold_valid(actor, public_id, reason)
    _end(actor, row, reason, at)
    _record(actor, "document.revoke", row, at, {"reason": reason.strip()})
    return row


def revoke_lost(actor: Actor, *, reason: str, at: datetime) -> int:
    """Revoke every certificate whose award was withdrawn or whose entry was disqualified; how many."""
    require(policy.can_issue(actor))
    require(len(reason.strip()) >= _SHORTEST, Refused(SHORT, field="reason"))
    hold_numbers(actor.event)
    lost = list_lost(actor.event)
    for each in lost:
        row = locked(Document, each.document.id)
        _end(actor, row, f"{each.cause}. {reason.strip()}", at)
        _record(actor, "document.revoke", row, at, {"reason": row.ended_reason})
    return len(lost)


def replace_paper(actor: Actor, public_id: str, *, reason: str, site: str, at: datetime) -> Document:
    """Issue it again with what is true now, under a new number; the earlier one is superseded."""
    row = _hold_valid(actor, public_id, reason)
    draft = draft_again(actor.event, row, at)
    _end(actor, row, reason, at)
    db.session.flush()
    (new,) = issue_all(actor.event, [draft], site=site, actor_id=actor.user_id, at=at)
    row.replaced_by_id = new.id
    _record(actor, "document.replace", row, at, {"reason": reason.strip(), "number": new.number})
    ask_to_set(actor.event.id, actor.user_id, at=at)
    return new


def reissue_paper(actor: Actor, public_id: str, *, reason: str, site: str, at: datetime) -> Document:
    """Issue a revoked paper anew under a new number, where its ground holds: it was revoked by mistake, or what it
    was revoked for was undone. The revoked one stays out of force and says that another took its place.
    """
    require(policy.can_issue(actor))
    row = _hold(actor, public_id)
    require(
        row.standing is Standing.REVOKED, Refused(_l("Hanya naskah yang dicabut dapat diterbitkan lagi."))
    )
    require(len(reason.strip()) >= _SHORTEST, Refused(SHORT, field="reason"))
    draft = draft_again(actor.event, row, at)
    require(find_valid(actor.event.id, draft.subject) is None, Refused(THERE))
    (new,) = issue_all(actor.event, [draft], site=site, actor_id=actor.user_id, at=at)
    row.replaced_by_id = new.id
    _record(actor, "document.reissue", row, at, {"reason": reason.strip(), "number": new.number})
    ask_to_set(actor.event.id, actor.user_id, at=at)
    return new


def check_signed(file: SignedFile) -> None:
    """Refused for anything but a PDF that opens and starts nothing. Slow: before a writing transaction."""
    found = inspect(file.filename, file.content, max_bytes=file.max_bytes, accepted=("pdf",))
    if not isinstance(found, Upload):
        raise Refused(UPLOAD_TEXTS[found], field="file", details={"fault": found.value})
    try:
        check_pdf(file.content)
    except CannotOpenError as fault:
        raise Refused(BROKEN, field="file") from fault
    except ActiveError as fault:
        raise Refused(ACTIVE, field="file") from fault


def upload_signed(actor: Actor, public_id: str, file: SignedFile, *, at: datetime) -> Document:
    """Keep the PDF that was signed outside (of `check_signed`); it is the one served from now on."""
    require(policy.can_issue(actor))
    row = _hold(actor, public_id)
    require(row.ended_at is None, Refused(_l("Naskah ini tidak berlaku lagi.")))
    require(row.is_set, Refused(_l("Naskah ini masih disusun.")))
    kept = storage.save(file.content)
    row.signed_key, row.signed_size, row.signed_sha256 = kept.key, kept.size, kept.sha256
    row.signed_at, row.signed_by_id = at, actor.user_id
    _record(actor, "document.sign", row, at, {"sha256": kept.sha256})
    return row


def _hold_valid(actor: Actor, public_id: str, reason: str) -> Document:
    require(policy.can_issue(actor))
    row = _hold(actor, public_id)
    require(row.ended_at is None, Refused(_l("Naskah ini tidak berlaku lagi.")))
    require(len(reason.strip()) >= _SHORTEST, Refused(SHORT, field="reason"))
    return row


def _hold(actor: Actor, public_id: str) -> Document:
    hold_numbers(actor.event)
    return locked(Document, get_document(actor.event.id, public_id).id)


def _end(actor: Actor, row: Document, reason: str, at: datetime) -> None:
    row.ended_at, row.ended_by_id, row.ended_reason = at, actor.user_id, reason.strip()


def _record(actor: Actor, action: str, row: Document, at: datetime, after: dict[str, Any]) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="document",
        object_id=row.id,
        event_id=actor.event.id,
        after=after,
    )

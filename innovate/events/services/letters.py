"""Keeping the letter that a moved deadline rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.core.opening import ActiveError, CannotOpenError, check_pdf
from innovate.events.domain.letters import LetterFault, find_letter_fault, letter_name
from innovate.events.models import DeadlineLetter
from innovate.events.policy import Actor

TEXTS = {
    LetterFault.EMPTY: _l("Berkas itu kosong. Pilih berkas lain."),
    LetterFault.TOO_LARGE: _l("Berkas itu terlalu besar."),
    LetterFault.KIND: _l("Surat diunggah sebagai PDF."),
}

BROKEN = _l("PDF itu tidak dapat dibuka. Simpan ulang tanpa kata sandi, lalu unggah lagi.")
ACTIVE = _l("PDF itu menjalankan skrip atau program saat dibuka. Cetak ke PDF, lalu unggah lagi.")


@dataclass(frozen=True)
class LetterFile:
    """An uploaded file: what it was called, and its bytes (one more than `max_bytes` if it was larger)."""

    filename: str
    content: bytes
    max_bytes: int


def open_letter(file: LetterFile) -> None:
    """Refused for a PDF that does not open or starts something. Slow: before a writing transaction."""
    if find_letter_fault(file.filename, file.content, max_bytes=file.max_bytes) is not None:
        return  # `keep_letter` says what is wrong
    try:
        check_pdf(file.content)
    except CannotOpenError as fault:
        raise Refused(BROKEN, field="letter") from fault
    except ActiveError as fault:
        raise Refused(ACTIVE, field="letter") from fault


def keep_letter(actor: Actor, file: LetterFile | None, *, is_public: bool, at: datetime) -> int | None:
    """Store a letter; its key, None where none was given. The caller has authorised and writes it down."""
    if file is None:
        return None
    fault = find_letter_fault(file.filename, file.content, max_bytes=file.max_bytes)
    if fault is not None:
        raise Refused(TEXTS[fault], field="letter", details={"fault": fault.value})
    kept = storage.save(file.content)
    row = DeadlineLetter(
        event_id=actor.event.id,
        filename=letter_name(file.filename),
        media_type="application/pdf",
        size=kept.size,
        sha256=kept.sha256,
        storage_key=kept.key,
        is_public=is_public,
        uploaded_by_id=actor.user_id,
        uploaded_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return int(row.id)

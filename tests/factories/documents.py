"""Issued papers as rows, with a small PDF."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db
from innovate.demo.domain.papers import make_pdf
from innovate.documents.domain.codes import new_code
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.models import Document
from innovate.events.models import DeadlineLetter, Event
from tests.factories.build import NOW, add

PDF = make_pdf("Contoh", ["Naskah yang ditandatangani."])


def make_document(event: Event, issuer: User, holder: User | None = None, **values: Any) -> Document:
    """A participant's certificate that is set, numbered after the event's last paper."""
    stored = storage.save(PDF)
    last = db.session.scalar(select(func.max(Document.sequence)).where(Document.event_id == event.id)) or 0
    kept = {"storage_key": stored.key, "size": stored.size, "sha256": stored.sha256}
    about = {
        "data": {},
        "kind": PaperKind.CERTIFICATE,
        "subject": f"participants:{holder.id}:" if holder else f"participants::{last}",
        "holder": holder.full_name if holder else "",
        "user_id": holder.id if holder else None,
        "number": f"{last + 1:03d}/SERT/ORG/XI/2026",
    }
    return add(
        Document(
            event_id=event.id,
            year=2026,
            sequence=last + 1,
            code=new_code(),
            day=NOW.date(),
            issued_at=NOW,
            issued_by_id=issuer.id,
            **{**about, **kept, **values},
        )
    )


def make_letter(event: Event, by: User, **values: Any) -> DeadlineLetter:
    """A letter about a deadline, public unless said otherwise."""
    stored = storage.save(PDF)
    kept = {"storage_key": stored.key, "size": stored.size, "sha256": stored.sha256}
    about = {"filename": "surat.pdf", "media_type": "application/pdf", "is_public": True, "uploaded_at": NOW}
    return add(DeadlineLetter(event_id=event.id, uploaded_by_id=by.id, **{**about, **kept, **values}))

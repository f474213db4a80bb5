"""Attachments whose pages are drawn."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

from innovate.core import storage
from innovate.core.db import db
from innovate.ideas.models import FilePage, Idea, IdeaFile, IdeaRevision
from tests.factories.build import NOW, add


def add_page(file: IdeaFile, text: str = "", number: int = 1) -> FilePage:
    """A page as the runner would have drawn it."""
    out = io.BytesIO()
    Image.new("RGB", (60, 85), "white").save(out, "WEBP")
    stored = storage.save(out.getvalue())
    kept = {"storage_key": stored.key, "size": stored.size, "width": 60, "height": 85}
    return add(FilePage(file_id=file.id, number=number, text=text, **kept))


def packed(parts: dict[str, str]) -> bytes:
    """A ZIP with these parts, as office files are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def attach_paper(idea: Idea, content: bytes, *, key: str, name: str = "bukti.pdf") -> IdeaFile:
    """A file of the submitted revision, pages not drawn yet."""
    stored = storage.save(content)
    revision = db.session.get_one(IdeaRevision, idea.submitted_revision_id)
    file = add(
        IdeaFile(
            idea_id=idea.id,
            field_key=key,
            filename=name,
            media_type="application/pdf",
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            uploaded_by_id=revision.author_id,
            uploaded_at=NOW,
        )
    )
    revision.files = [*revision.files, file.id]
    db.session.flush()
    return file

"""What every act leaves: an entry in the trail. And taking in files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record as record_entry
from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.ideas.domain.uploads import Upload, inspect
from innovate.ideas.services.reasons import UPLOAD_TEXTS
from innovate.impact.domain.reports import Sent
from innovate.impact.models import ImpactFile, Innovation

ACCEPTED = ("pdf", "jpg", "png", "xlsx")


def record(
    action: str,
    user_id: int | None,
    innovation: Innovation,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One entry about an innovation."""
    record_entry(
        action,
        actor_id=user_id,
        at=at,
        object_type="innovation",
        object_id=innovation.id,
        event_id=innovation.event_id,
        before=before,
        after=after,
    )


def keep_file(innovation: Innovation, sent: Sent | None, user_id: int, at: datetime) -> int | None:
    """Store a file; its key, None without one. Refused if it is not of an accepted kind."""
    if sent is None or not sent.filename:
        return None
    upload = inspect(sent.filename, sent.content, max_bytes=sent.max_bytes, accepted=ACCEPTED)
    if not isinstance(upload, Upload):
        raise Refused(UPLOAD_TEXTS[upload], field="file", details={"fault": upload.value})
    stored = storage.save(sent.content)
    row = ImpactFile(
        innovation_id=innovation.id,
        filename=upload.filename,
        media_type=upload.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        uploaded_by_id=user_id,
        uploaded_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def check_link(link: str) -> str:
    """A web address, or nothing."""
    link = link.strip()
    wrong = Refused(_l("Tautan harus berupa alamat yang diawali https:// atau http://."), field="link")
    try:
        parts = urlsplit(link)
    except ValueError:
        raise wrong from None
    require(not link or (parts.scheme in {"http", "https"} and bool(parts.hostname)), wrong)
    return link

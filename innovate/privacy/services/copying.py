"""Making the copy of their data that a person takes along: JSON, CSV, a page to read, and their own files."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import IO, Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.accounts.services.people import hold_person
from innovate.accounts.services.personal_data import OwnFile, Row, list_files, list_sources
from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import Refused, require
from innovate.privacy.models import DataExport
from innovate.privacy.services.writing import as_csv, as_page
from innovate.tasks.models import Task
from innovate.tasks.queries import list_tasks
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind

COPY = "privacy.copy"
LASTS = timedelta(hours=72)
_BLOCK = 1024 * 1024
_IN_MEMORY = 8 * 1024 * 1024


def connect() -> None:
    """Offer it to the runner of long work."""
    register_kind(
        Kind(
            name=COPY,
            title=_l("Menyalin data pribadi"),
            run=run_copy,
            stages={"rows": _l("Mengumpulkan catatan"), "files": _l("Menyalin berkas")},
            place=lambda _task: ("privacy.own", {}),
            kept=timedelta(days=30),
        )
    )


def about(user_id: int) -> str:
    """How tasks name whose data are copied."""
    return f"user:{user_id}"


def find_copying(user_id: int) -> Task | None:
    """The latest work on a person's copy."""
    return next(iter(list_tasks(COPY, about(user_id), limit=1)), None)


def ask_for_copy(user: User, *, at: datetime) -> Task:
    """Have the runner make a copy; one at a time."""
    last = find_copying(user.id)
    busy = _l("Salinan data Anda sedang disiapkan.")
    require(last is None or last.state.is_over, Refused(busy))
    return enqueue_task(COPY, actor_id=user.id, about=about(user.id), inputs={}, at=at)


def run_copy(work: Work) -> Mapping[str, Any]:
    """Write the archive beside, store it, then name it; a second run makes another."""
    person, at = _find_living(work), work.now()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as draft, force_locale(person.locale or "id"):
        missing = _write(draft, work, at)
        digest, size = _fingerprint(draft)
        key = f"{digest[:2]}/{digest}"
        draft.seek(0)
        storage.put(key, _blocks(draft))
    with transaction():
        hold_person(work.actor_id)  # whoever erases waits, or was first: then nothing is left of the copy
        try:
            _find_living(work)
        except Refused:
            storage.delete(key)
            raise
        row = DataExport(
            user_id=work.actor_id,
            made_at=at,
            expires_at=at + LASTS,
            storage_key=key,
            size=size,
            sha256=digest,
        )
        db.session.add(row)
        db.session.flush()
        record(
            "data_export.make",
            actor_id=work.actor_id,
            at=at,
            object_type="data_export",
            object_id=row.id,
            subject_id=work.actor_id,
        )
        return {"export": row.public_id, "missing": missing}


def _find_living(work: Work) -> User:
    """The person as the account is now; Refused once it is closed or erased."""
    person = db.session.get(User, work.actor_id, populate_existing=True)
    if person is None or not person.is_active:
        raise Refused(_l("Akun ini sudah tidak ada."))
    return person


def _write(draft: IO[bytes], work: Work, at: datetime) -> int:
    sources = list_sources()
    parts: dict[str, list[Row]] = {}
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, source in enumerate(sources):
            work.tell(number, len(sources), "rows")
            parts[source.key] = list(source.list_rows(work.actor_id))
        archive.writestr("data.json", json.dumps(parts, ensure_ascii=False, indent=1, default=str))
        titles = {source.key: str(source.title) for source in sources}
        for key, rows in parts.items():
            if rows:
                archive.writestr(f"tabel/{key}.csv", as_csv(rows))
        archive.writestr("baca.html", as_page(titles, parts, at))
        return _copy_files(archive, list_files(work.actor_id), work)


def _copy_files(archive: zipfile.ZipFile, files: Sequence[OwnFile], work: Work) -> int:
    """How many could not be found in the store; their names stay in the list of files."""
    missing = 0
    for number, file in enumerate(files):
        work.tell(number, len(files), "files")
        try:
            blocks = storage.stream(file.key)
            with archive.open(zipfile.ZipInfo(file.path), "w", force_zip64=True) as target:
                for block in blocks:
                    target.write(block)
        except FileNotFoundError:
            missing += 1
    return missing


def _fingerprint(draft: IO[bytes]) -> tuple[str, int]:
    draft.seek(0)
    digest, size = hashlib.sha256(), 0
    for block in _blocks(draft):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def _blocks(draft: IO[bytes]) -> Iterator[bytes]:
    while block := draft.read(_BLOCK):
        yield block

"""The committee's pack, a workbook and minutes as PDF: asked for, made by the runner of long work, kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import Refused, require
from innovate.core.typesetting import typeset
from innovate.core.workbooks import Sheet, write_workbook
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import actor_in
from innovate.results import policy
from innovate.results.models import CommitteePack
from innovate.results.queries import packs
from innovate.results.queries.boards import list_public_boards
from innovate.results.services.pack_paper import write_minutes
from innovate.results.services.pack_sheets import Book
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind


def connect() -> None:
    """Offer the workbook to the runner of long work."""
    register_kind(
        Kind(
            name=packs.PACK,
            title=_l("Menyusun berkas panitia"),
            run=run_pack,
            stages={
                "gather": _l("Mengumpulkan nilai dan catatan"),
                "write": _l("Menulis berkas"),
                "set": _l("Menyusun berita acara"),
            },
            may_handle=_may_handle,
            place=packs.find_pack_place,
        )
    )


def _may_handle(user_id: int, task: Task) -> bool:
    event, user = db.session.get(Event, task.event_id), db.session.get(User, user_id)
    return event is not None and user is not None and policy.can_enter_results(actor_in(event, user))


def start_pack(actor: Actor, *, locale: str, at: datetime) -> Task:
    """Ask for the workbook of the announced results, in the asker's language. Refused before the announcement."""
    require(policy.can_enter_results(actor))
    sealed = Refused(_l("Berkas panitia disusun sesudah hasil diumumkan."))
    require(bool(list_public_boards(actor.event)), sealed)
    return enqueue_task(
        packs.PACK,
        actor_id=actor.user_id,
        event_id=actor.event.id,
        about=packs.subject_of(actor.event.id),
        inputs={"locale": locale},
        at=at,
    )


def run_pack(work: Work) -> Mapping[str, Any]:
    """Gather once, write workbook and minutes of the same rows, keep both; doing it twice makes a second pack."""
    event = db.session.get_one(Event, work.event_id)
    boards = list_public_boards(event)
    require(bool(boards), Refused(_l("Berkas panitia disusun sesudah hasil diumumkan.")))
    at = work.now()
    with force_locale(str(work.inputs.get("locale") or "id")):
        book = Book(event, boards)
        steps = len(book.makers) + 2
        sheets: list[Sheet] = []
        for done, make in enumerate(book.makers):
            work.tell(done, steps, "gather")
            sheets.append(make())
        work.tell(steps - 2, steps, "write")
        content = write_workbook(_("Berkas panitia %(event)s", event=event.name), sheets)
        volumes = write_minutes(event, boards, sheets, at)
        minutes = []
        for number, volume in enumerate(volumes):
            work.tell(number, len(volumes), "set")
            minutes.append(typeset("minutes", volume, at=at))
    stored = storage.save(content)
    printed = storage.save(_bind(minutes, at))
    with transaction():
        pack = CommitteePack(
            event_id=event.id,
            storage_key=stored.key,
            size=stored.size,
            sha256=stored.sha256,
            volumes=len(minutes),
            minutes_key=printed.key,
            minutes_size=printed.size,
            minutes_sha256=printed.sha256,
            made_by_id=work.actor_id,
            made_at=at,
        )
        db.session.add(pack)
    return {"sha256": stored.sha256, "minutes": printed.sha256}


def _bind(minutes: Sequence[bytes], at: datetime) -> bytes:
    """One PDF as it is, several volumes as a ZIP."""
    if len(minutes) == 1:
        return minutes[0]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, content in enumerate(minutes, 1):
            name = zipfile.ZipInfo(f"berita-acara-{number:02d}.pdf", at.timetuple()[:6])
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

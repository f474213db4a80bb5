"""The runner's work: number what is asked for in bulk, and set every paper that has no PDF yet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import undefer

from innovate.accounts.models import User
from innovate.audit.services import Record, record_all
from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import Refused, require
from innovate.core.typesetting import CannotSetError
from innovate.documents import policy
from innovate.documents.domain.kinds import Audience
from innovate.documents.domain.sessions import read_asked
from innovate.documents.models import Document
from innovate.documents.queries import papers
from innovate.documents.services.certificates import draft_certificates
from innovate.documents.services.correspondence import draft_letters
from innovate.documents.services.issuing import find_event
from innovate.documents.services.numbered import hold_numbers, issue_new
from innovate.documents.services.printing import print_paper
from innovate.events.models import Event
from innovate.events.queries import actor_in
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, register_kind

log = logging.getLogger(__name__)
_AT_ONCE = 25


class _Tell(Protocol):
    def __call__(self, _done: int, _total: int, _stage: str = "", /) -> None: ...


def connect() -> None:
    """Offer it to the runner of long work."""
    register_kind(
        Kind(
            name=papers.SETTING,
            title=_l("Menyusun naskah"),
            run=run_setting,
            stages={"number": _l("Memberi nomor"), "set": _l("Menyusun PDF")},
            may_handle=_may_handle,
            place=papers.find_place,
        )
    )


def _may_handle(user_id: int, task: Task) -> bool:
    event, user = db.session.get(Event, task.event_id), db.session.get(User, user_id)
    return event is not None and user is not None and policy.can_issue(actor_in(event, user))


def run_setting(work: Work) -> Mapping[str, Any]:
    """Resumable: what has a number keeps it, what has a PDF is passed over."""
    issued = 0
    if work.inputs.get("audience") or work.inputs.get("asked"):
        work.tell(0, 0, "number")
        with transaction():
            issued = _issue(work)
    done = set_papers(work.event_id or 0, work.tell, transaction, at=work.now())
    return {"issued": issued, "set": done}


def _issue(work: Work) -> int:
    event = find_event(work.event_id)
    hold_numbers(event)
    drafts = (
        draft_letters(event, read_asked(work.inputs["asked"]), at=work.now())
        if work.inputs.get("asked")
        else draft_certificates(event, Audience(work.inputs["audience"]), at=work.now())
    )
    site = str(work.inputs.get("site", ""))
    return issue_new(event, drafts, site=site, actor_id=work.actor_id, at=work.now())


def set_papers(
    event_id: int, tell: _Tell, unit: Callable[[], AbstractContextManager[None]], *, at: datetime
) -> int:
    """Set the event's papers that have no PDF, some at a time, each lot in a `unit` of its own; how many.

    One that cannot be set stops no other; Refused in the end, with its number.
    """
    return set_waiting(Document.event_id == event_id, tell, unit, at=at)


def set_waiting(
    which: ColumnElement[bool], tell: _Tell, unit: Callable[[], AbstractContextManager[None]], *, at: datetime
) -> int:
    """The same of any choice of papers."""
    query = select(Document.id).where(which, Document.storage_key == "")
    waiting = list(db.session.scalars(query.order_by(Document.id)))
    failed: list[str] = []
    for start in range(0, len(waiting), _AT_ONCE):
        tell(start, len(waiting), "set")
        lot = waiting[start : start + _AT_ONCE]
        rows = db.session.scalars(
            select(Document).where(Document.id.in_(lot)).options(undefer(Document.data))
        )
        stored = {}
        for row in rows:
            try:
                stored[row.id] = storage.save(print_paper(row.kind, row.data, at=row.issued_at))
            except (CannotSetError, LookupError, TypeError, ValueError):  # also data of another day
                log.exception("paper %s of event %s cannot be set", row.number, row.event_id)
                failed.append(row.number)
        _keep(stored, unit(), at)
    tell(len(waiting), len(waiting), "set")
    message = _l(
        "Naskah %(numbers)s tidak dapat disusun; yang lain sudah. Cabut, perbaiki isinya, lalu terbitkan lagi.",
        numbers=", ".join(failed[:20]),
    )
    require(not failed, Refused(message))
    return len(waiting)


def _keep(stored: Mapping[int, storage.StoredFile], unit: AbstractContextManager[None], at: datetime) -> None:
    """Write down where the PDFs are; another runner that was as fast has written the same."""
    with unit:
        query = select(Document).where(Document.id.in_(stored), Document.storage_key == "")
        rows = list(db.session.scalars(query.execution_options(populate_existing=True).with_for_update()))
        for row in rows:
            kept = stored[row.id]
            row.storage_key, row.size, row.sha256 = kept.key, kept.size, kept.sha256
        records = [
            Record("document.set", "document", row.id, row.event_id, after={"sha256": row.sha256})
            for row in rows
        ]
        if records:
            record_all(records, actor_id=None, at=at)

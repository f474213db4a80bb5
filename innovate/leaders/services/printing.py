"""The page as a PDF: asked for, read anew and set by the runner of long work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import Refused, require
from innovate.core.typesetting import typeset
from innovate.leaders import policy
from innovate.leaders.domain.classes import read_class
from innovate.leaders.queries.frame import read_frame
from innovate.leaders.queries.page import read_sections
from innovate.leaders.queries.papers import PAPER, find_paper, find_paper_place, subject_of
from innovate.leaders.services.paper import write_paper
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind

_STEPS = 3


def connect() -> None:
    """Offer it to the runner."""
    register_kind(
        Kind(
            name=PAPER,
            title=_l("Menyusun PDF halaman pimpinan"),
            run=run_paper,
            stages={"read": _l("Membaca angka"), "set": _l("Menyusun halaman")},
            place=find_paper_place,
        )
    )


def ask_for_paper(user: User, args: Mapping[str, str], *, locale: str, at: datetime) -> Task:
    """Have the page of this year and class made; one at a time. `args` as the page's address holds them."""
    require(policy.can_read(user))
    require(bool(args.get("tahun")), Refused(_l("Belum ada yang dapat dicetak.")))
    last = find_paper(user.id)
    require(last is None or last.state.is_over, Refused(_l("PDF Anda sedang disusun.")))
    inputs = {"year": args["tahun"], "class": args.get("jenis", ""), "locale": locale}
    task = enqueue_task(PAPER, actor_id=user.id, about=subject_of(user.id), inputs=inputs, at=at)
    after = {"year": int(args["tahun"])}
    record("leaders.print", actor_id=user.id, at=at, object_type="task", object_id=task.id, after=after)
    return task


def run_paper(work: Work) -> Mapping[str, Any]:
    """Read, set, store. Whoever lost the right to read meanwhile gets nothing; doing it twice stores the same."""
    user = db.session.get(User, work.actor_id, populate_existing=True)
    gone = Refused(_l("Halaman pimpinan tidak lagi terbuka bagi Anda."))
    require(user is not None and user.is_active and policy.can_read(user), gone)
    at = work.now()
    work.tell(0, _STEPS, "read")
    with force_locale(str(work.inputs.get("locale") or "id")):
        unit_class = read_class(str(work.inputs["class"]))
        frame = read_frame(year=str(work.inputs["year"]), unit_class=unit_class, at=at)
        data = write_paper(frame, read_sections(frame), at)
    work.tell(1, _STEPS, "set")
    stored = storage.save(typeset("leaders", data, at=at))
    with transaction():
        work.enter(2, _STEPS, "set")
    return {"key": stored.key, "size": stored.size, "sha256": stored.sha256, "year": frame.year or 0}

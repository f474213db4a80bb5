"""Issuing papers about a ranking, one at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.documents import policy
from innovate.documents.domain.kinds import ABOUT_RESULTS, OF_THE_JURY, PaperKind, may_issue
from innovate.documents.models import Document
from innovate.documents.queries.papers import SETTING, find_valid, subject_of
from innovate.documents.queries.settings import read_settings
from innovate.documents.services.contents import write_contents
from innovate.documents.services.numbered import Draft, hold_numbers, issue_all
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.results.models import Board
from innovate.results.queries.boards import BoardView, get_board
from innovate.tasks.models import Task
from innovate.tasks.services import enqueue_task

SEALED = _l("Naskah ini baru dapat diterbitkan sesudah hasil dibekukan.")
THERE = _l("Naskah ini sudah diterbitkan. Terbitkan ulang bila isinya perlu diganti.")
NOT_PUBLIC = _l("Naskah ini baru dapat diterbitkan sesudah hasil diumumkan.")


def issue_paper(actor: Actor, kind: PaperKind, number: int, *, site: str, at: datetime) -> Document:
    """Number and freeze a paper about the board of round `number`; `site` is where its code leads."""
    require(policy.can_issue(actor))
    require(kind in ABOUT_RESULTS, NotFound())
    hold_numbers(actor.event)
    draft = draft_held(actor.event, kind, get_board(actor.event, number), at=at)
    require(find_valid(actor.event.id, draft.subject) is None, Refused(THERE))
    (row,) = issue_all(actor.event, [draft], site=site, actor_id=actor.user_id, at=at)
    ask_to_set(actor.event.id, actor.user_id, at=at)
    return row


def draft_held(event: Event, kind: PaperKind, view: BoardView, *, at: datetime) -> Draft:
    """The same by the board as it is now, which nobody moves until the commit."""
    if view.board is not None:
        locked(Board, view.board.id)
    return draft_paper(event, kind, view, at=at)


def draft_paper(event: Event, kind: PaperKind, view: BoardView, *, at: datetime) -> Draft:
    """What the paper would be now. Refused while the seal of its board does not allow it."""
    board = view.board
    sealed = SEALED if kind in OF_THE_JURY else NOT_PUBLIC
    if board is None or not may_issue(kind, board.state):
        raise Refused(sealed)
    data, pattern = write_contents(kind, event, view, read_settings(event), at)
    return Draft(
        kind,
        f"{kind.value}:{board.id}",
        data,
        pattern=pattern,
        board_id=board.id,
        snapshot_id=board.snapshot_id,
    )


def ask_to_set(event_id: int, actor_id: int, *, at: datetime, inputs: dict[str, Any] | None = None) -> Task:
    """Have the runner set whatever of the event has no PDF yet."""
    return enqueue_task(
        SETTING, actor_id=actor_id, event_id=event_id, about=subject_of(event_id), inputs=inputs or {}, at=at
    )


def find_event(event_id: int | None) -> Event:
    """The event of a task."""
    return db.session.get_one(Event, event_id)

"""Reading issued papers: the room's list, one's own, and what a code leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.documents.domain.kinds import ABOUT_RESULTS, OF_A_HOLDER, PaperKind
from innovate.documents.models import Document
from innovate.documents.queries.current import is_current
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event
from innovate.results.models import Board
from innovate.tasks.models import Task
from innovate.tasks.queries import list_tasks
from innovate.teams.models import Membership

SETTING = "documents.set"
_PUBLIC = [state for state in BoardState if state.is_public]
TRAIL_NAMES = {"document": names_by(Document.id, Document.number)}


def subject_of(event_id: int) -> str:
    """How tasks name whose papers are set."""
    return f"event:{event_id}"


def find_place(task: Task) -> tuple[str, dict[str, Any]]:
    """Where papers are listed: endpoint and values."""
    return "documents.room", {"slug": db.session.get_one(Event, task.event_id).slug}


def find_setting(event_id: int) -> Task | None:
    """The latest work on the event's papers."""
    return next(iter(list_tasks(SETTING, subject_of(event_id), limit=1)), None)


def list_documents(
    event_id: int, *, search: str = "", kind: PaperKind | None = None, page: int = 1
) -> Page[Document]:
    """The event's papers, newest first; `search` looks at number and name."""
    query = select(Document).where(Document.event_id == event_id)
    if kind is not None:
        query = query.where(Document.kind == kind)
    if search:
        words = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = query.where(
            or_(Document.number.ilike(words, escape="\\"), Document.holder.ilike(words, escape="\\"))
        )
    return paginate(query.order_by(Document.id.desc()), page=page)


def get_document(event_id: int, public_id: str) -> Document:
    """One paper of the event with who issued it and what took its place, or NotFound."""
    query = select(Document).where(Document.event_id == event_id, Document.public_id == public_id)
    found = db.session.scalar(query.options(joinedload(Document.issued_by), joinedload(Document.replaced_by)))
    if found is None:
        raise NotFound
    return found


def find_valid(event_id: int, subject: str) -> Document | None:
    """The paper about a subject that is in force."""
    query = select(Document).where(Document.event_id == event_id, Document.subject == subject)
    return db.session.scalar(query.where(Document.ended_at.is_(None)))


def map_valid(event_id: int) -> dict[str, Document]:
    """The papers of which an event has few that are in force, by subject."""
    query = select(Document).where(Document.event_id == event_id, Document.ended_at.is_(None))
    rows = db.session.scalars(query.where(Document.kind.in_((*ABOUT_RESULTS, PaperKind.APPOINTMENT))))
    return {row.subject: row for row in rows}


def count_letters(event_id: int) -> dict[str, int]:
    """How many invitations and letters of duty are in force, by kind."""
    letters = (PaperKind.INVITATION, PaperKind.DUTY)
    query = select(Document.kind, func.count()).where(
        Document.event_id == event_id, Document.kind.in_(letters), Document.ended_at.is_(None)
    )
    found = dict(db.session.execute(query.group_by(Document.kind)).tuples().all())
    return {kind.value: found.get(kind, 0) for kind in letters}


def find_by_code(code: str) -> tuple[Document, bool] | None:
    """The paper with this code and its event, and whether the name on it is public today: a certificate's alone is."""
    query = select(Document, Board.state).outerjoin(Board, Board.id == Document.board_id)
    row = db.session.execute(
        query.where(Document.code == code, Document.storage_key != "").options(
            joinedload(Document.event), joinedload(Document.activity), joinedload(Document.replaced_by)
        )
    ).first()
    if row is None:
        return None
    return row[0], row[0].kind in OF_A_HOLDER and (row[1] is None or row[1] in _PUBLIC)


def list_own(user_id: int) -> Sequence[Document]:
    """The person's and their teams' papers in force, newest first; none that would tell what is sealed today."""
    teams = select(Membership.team_id).where(Membership.user_id == user_id, Membership.left_at.is_(None))
    mine = or_(Document.user_id == user_id, Document.team_id.in_(teams))
    query = (
        select(Document)
        .outerjoin(Board, Board.id == Document.board_id)
        .where(mine, Document.ended_at.is_(None), Document.storage_key != "")
        .where(or_(Document.board_id.is_(None), Board.state.in_(_PUBLIC)), is_current())
        .options(joinedload(Document.event), joinedload(Document.activity))
        .order_by(Document.id.desc())
    )
    return list(db.session.scalars(query))


def get_own(user_id: int, public_id: str) -> Document:
    """One of them, or NotFound."""
    found = next((row for row in list_own(user_id) if row.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def list_lot(event_id: int, kind: PaperKind, *, limit: int | None = None) -> Sequence[Document]:
    """The event's papers of a kind that are in force and set, for an archive; those of sealed boards stay out."""
    query = (
        select(Document)
        .outerjoin(Board, Board.id == Document.board_id)
        .where(Document.event_id == event_id, Document.kind == kind)
        .where(Document.ended_at.is_(None), Document.storage_key != "")
        .where(or_(Document.board_id.is_(None), Board.state.in_(_PUBLIC)), is_current())
        .order_by(Document.sequence)
        .limit(limit)
    )
    return list(db.session.scalars(query))

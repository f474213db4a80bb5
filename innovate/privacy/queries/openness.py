"""What a competition tells everybody."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from innovate.core.db import db
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.models import Document
from innovate.events.domain.seal import BoardState
from innovate.ideas.models import Idea
from innovate.results.models import Board

_PUBLIC = [state for state in BoardState if state.is_public]


def count_entries(event_id: int) -> int:
    """How many entries were handed in."""
    query = select(func.count()).select_from(Idea)
    return db.session.scalar(query.where(Idea.event_id == event_id, Idea.submitted_at.is_not(None))) or 0


def list_public_papers(event_id: int) -> list[Document]:
    """Announcements and decrees in force about boards that are public: number, date and code."""
    query = select(Document).outerjoin(Board, Board.id == Document.board_id)
    query = query.where(
        Document.event_id == event_id, Document.ended_at.is_(None), Document.storage_key != ""
    )
    query = query.where(Document.kind.in_((PaperKind.ANNOUNCEMENT, PaperKind.DECREE)))
    query = query.where(or_(Document.board_id.is_(None), Board.state.in_(_PUBLIC)))
    return list(db.session.scalars(query.order_by(Document.id)))

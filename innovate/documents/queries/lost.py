"""Certificates in force whose ground is gone: their award was withdrawn, or their entry was disqualified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from innovate.core.db import db
from innovate.documents.domain.kinds import Audience, PaperKind
from innovate.documents.models import Document
from innovate.events.models import Event
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.results.queries.awards import load_laurels
from innovate.results.queries.boards import list_boards
from innovate.results.queries.withdrawals import list_lost as list_lost_awards


@dataclass(frozen=True)
class Lost:
    """A certificate with why it should not be in force. Papers are Indonesian, so is the cause."""

    document: Document
    cause: str


def list_lost(event: Event) -> Sequence[Lost]:
    """All of an event, oldest first: also of those whose award changed by a correction. Two statements where nothing
    was lost.
    """
    causes = {
        (row.idea_id, row.award): f"{row.award} dicabut dengan keputusan {row.decree}"
        for row in list_lost_awards(event.id)
    }
    query = select(Idea.id).where(Idea.event_id == event.id, Idea.state == IdeaState.DISQUALIFIED)
    out = set(db.session.scalars(query))
    if not causes and not out:
        return []
    held = _list_held(event)
    found = []
    for document in _list_telling(event.id):
        audience, _user, idea, name = document.subject.split(":", 3)
        cause = "Karyanya didiskualifikasi" if int(idea) in out else causes.get((int(idea), name), "")
        if not cause and audience == Audience.WINNERS and held is not None and (int(idea), name) not in held:
            cause = "Peringkatnya berubah sesudah hasil dikoreksi"
        if cause:
            found.append(Lost(document, cause))
    return found


def _list_held(event: Event) -> set[tuple[int, str]] | None:
    """Entries with their awards as they are public now; None while they are sealed, so that nothing is told."""
    view = next((each for each in list_boards(event) if each.is_last and each.state.is_public), None)
    if view is None or view.board is None or view.board.snapshot_id is None:
        return None
    laurels = load_laurels(view.board.snapshot_id)
    ranked = {(row.idea_id, row.award) for row in laurels.rows}
    return ranked | {(each.row.idea_id, each.award.name) for each in laurels.specials}


def _list_telling(event_id: int) -> Sequence[Document]:
    """Certificates in force that tell of an entry (`services/certificates`: audience, person, entry, name)."""
    telling = [Document.subject.startswith(f"{each.value}:") for each in Audience if each.tells_results]
    query = select(Document).where(Document.event_id == event_id, Document.kind == PaperKind.CERTIFICATE)
    query = query.where(Document.ended_at.is_(None), or_(*telling))
    return list(db.session.scalars(query.order_by(Document.sequence)))

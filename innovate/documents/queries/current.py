"""Whether papers still say what holds: results are corrected and prizes taken back after papers about them went out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, literal, or_, select

from innovate.core.db import db
from innovate.documents.domain.kinds import Audience, PaperKind
from innovate.documents.models import Document
from innovate.events.domain.seal import BoardState
from innovate.results.models import Board, SpecialAward, StandingRow
from innovate.voting.domain.stages import PollState
from innovate.voting.models import Poll, PollWinner

_PUBLIC = [state for state in BoardState if state.is_public]
_TELLING = [f"{each.value}:" for each in Audience if each.tells_results]


def is_current() -> ColumnElement[bool]:
    """Condition on a paper, outer joined with its board: what it says of the ranking is what the ranking says now.

    While a board is sealed again all papers of one snapshot look the same, or a certificate would tell who still wins.
    """
    same = Document.snapshot_id == Board.snapshot_id
    telling = or_(*(Document.subject.startswith(prefix) for prefix in _TELLING))
    certificate = Document.kind == PaperKind.CERTIFICATE
    return or_(
        Document.board_id.is_(None),
        Document.snapshot_id.is_(None),  # it says nothing of a ranking
        and_(certificate, ~telling),
        and_(certificate, Board.state.in_(_PUBLIC), _is_held()),
        and_(or_(~certificate, Board.state.not_in(_PUBLIC)), same),
    )


def _is_held() -> ColumnElement[bool]:
    """Condition on a certificate: the award it names is the holder's entry's today."""
    row = (StandingRow.snapshot_id == Board.snapshot_id) & (StandingRow.idea_id.is_not(None))
    special = select(SpecialAward.id).where(
        SpecialAward.board_id == Board.id,
        SpecialAward.revoked_at.is_(None),
        _names(Audience.WINNERS, SpecialAward.idea_id, SpecialAward.name),
    )
    favorite = (
        select(PollWinner.id)
        .join(Poll, Poll.id == PollWinner.poll_id)
        .join(StandingRow, StandingRow.idea_id == PollWinner.idea_id)
        .where(row, or_(StandingRow.award == "", Poll.excludes_winners.is_(False)))
        .where(Poll.event_id == Document.event_id, Poll.state == PollState.COUNTED)
        .where(_names(Audience.WINNERS, PollWinner.idea_id, Poll.name))
    )
    return or_(
        exists().where(row, _names(Audience.WINNERS, StandingRow.idea_id, StandingRow.award)),
        exists().where(row, _names(Audience.FINALISTS, StandingRow.idea_id, literal("Finalis"))),
        special.correlate(Document, Board).exists(),
        favorite.correlate(Document, Board).exists(),
    )


def _names(audience: Audience, idea: Any, award: Any) -> ColumnElement[bool]:
    start = literal(f"{audience.value}:") + cast(Document.user_id, String) + ":"
    return Document.subject == start + cast(idea, String) + ":" + award


def _query() -> Select[tuple[Document]]:
    return select(Document).outerjoin(Board, Board.id == Document.board_id)


def find_current(paper: Document) -> bool:
    """Whether one paper says what holds."""
    return db.session.scalar(_query().where(Document.id == paper.id, is_current())) is not None


def list_outdated(event_id: int) -> Sequence[Document]:
    """The event's papers in force that no longer say what its rankings say, by number."""
    query = _query().where(Document.event_id == event_id, Document.ended_at.is_(None))
    query = query.where(Board.snapshot_id.is_not(None), ~is_current())
    return list(db.session.scalars(query.order_by(Document.sequence)))

"""Reading which announced awards were withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.results.domain.awards import Succession
from innovate.results.models import AwardWithdrawal, Board


def map_withdrawn(board_id: int) -> dict[int, Succession]:
    """Ideas whose award of this board is withdrawn now, with what becomes of their place."""
    query = select(AwardWithdrawal.idea_id, AwardWithdrawal.succession)
    query = query.where(AwardWithdrawal.board_id == board_id, AwardWithdrawal.ended_at.is_(None))
    return dict(db.session.execute(query).tuples().all())


def list_standing(board: Board) -> Sequence[AwardWithdrawal]:
    """The withdrawals in force, oldest first; what is private in them is for the template to leave out.

    Withdrawing takes a new snapshot: a board that still stands on its first one (which must be loaded) needs no asking.
    """
    if board.snapshot is None or board.snapshot.number == 1:
        return []
    query = select(AwardWithdrawal).where(
        AwardWithdrawal.board_id == board.id, AwardWithdrawal.ended_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(AwardWithdrawal.id)))


def list_withdrawals(board_id: int) -> Sequence[AwardWithdrawal]:
    """Every withdrawal of a board, those taken back too, newest first, with who withdrew."""
    query = select(AwardWithdrawal).where(AwardWithdrawal.board_id == board_id)
    query = query.options(joinedload(AwardWithdrawal.by)).order_by(AwardWithdrawal.id.desc())
    return list(db.session.scalars(query))


def get_withdrawal(board_id: int, public_id: str) -> AwardWithdrawal:
    """One of them, or NotFound."""
    query = select(AwardWithdrawal).where(
        AwardWithdrawal.board_id == board_id, AwardWithdrawal.public_id == public_id
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def list_lost(event_id: int) -> Sequence[AwardWithdrawal]:
    """The withdrawals in force in all boards of an event: what was issued for them is no longer true."""
    query = select(AwardWithdrawal).join(Board, Board.id == AwardWithdrawal.board_id)
    query = query.where(Board.event_id == event_id, AwardWithdrawal.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(AwardWithdrawal.id)))

"""Before the announcement: how long objections are taken, and the time set for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.results import policy
from innovate.results.domain.objections import MOST_DAYS
from innovate.results.models import Board
from innovate.results.queries.boards import list_boards
from innovate.results.services.boards import hold_board, move_board


def plan_announcement(
    actor: Actor, number: int, *, objection_days: int, announce_at: datetime | None, at: datetime
) -> Board:
    """Set the working days for objections (0: none) and, once the chair has signed, when the result goes public.

    `announce_at` None: nobody is told before an organizer announces by hand.
    """
    require(policy.can_move_board(actor))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    board = hold_board(actor, number)
    over = _l("Hasil sudah diumumkan. Masa sanggahnya kini hanya dapat diperpanjang.")
    require(not board.state.is_public, Refused(over))
    require(0 <= objection_days <= MOST_DAYS, Refused(_l("Isi 0 sampai 30 hari."), field="objection_days"))
    if announce_at is not None and announce_at != board.announce_at:
        unsigned = _l("Waktu pengumuman dapat ditetapkan setelah ketua juri mengesahkan peringkat.")
        require(board.state is BoardState.SIGNED, Refused(unsigned, field="announce_at"))
        past = _l("Pilih waktu yang belum lewat.")
        require(announce_at > at, Refused(past, field="announce_at"))
    before = {"objection_days": board.objection_days, "announce_at": _iso(board.announce_at)}
    board.objection_days, board.announce_at = objection_days, announce_at
    board.announce_by_id = actor.user_id if announce_at else None
    after = {"objection_days": objection_days, "announce_at": _iso(announce_at)}
    if after != before:
        record(
            "board.plan",
            actor_id=actor.user_id,
            at=at,
            object_type="board",
            object_id=board.id,
            event_id=actor.event.id,
            before=before,
            after=after,
        )
    return board


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def list_due(at: datetime) -> list[int]:
    """Boards whose announcement time has come."""
    query = select(Board.id).where(Board.state == BoardState.SIGNED, Board.announce_at <= at)
    query = query.join(Event, Event.id == Board.event_id).where(Event.state != EventState.ARCHIVED)
    return list(db.session.scalars(query.order_by(Board.announce_at, Board.id)))


def announce_planned(board_id: int, *, at: datetime) -> bool:
    """Announce one board in the name of whoever set the time; False if it is no longer due (somebody was faster)."""
    board = locked(Board, board_id)
    due = board.state is BoardState.SIGNED and board.announce_at is not None and board.announce_at <= at
    if not due or board.announce_by_id is None:
        return False
    slug = db.session.scalar(select(Event.slug).where(Event.id == board.event_id)) or ""
    actor = get_actor(slug, db.session.get_one(User, board.announce_by_id))
    # The decision was an organizer's when it was made, whatever became of the person since.
    actor = replace(actor, roles=actor.roles | {Role.ORGANIZER})
    number = next(view.number for view in list_boards(actor.event) if view.round.id == board.round_id)
    move_board(actor, number, BoardState.ANNOUNCED, expected=BoardState.SIGNED, at=at)
    return True

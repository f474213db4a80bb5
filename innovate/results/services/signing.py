"""Who answers for a frozen ranking, and what must be settled before it is final."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.domain.kinds import Role
from innovate.events.policy import Actor
from innovate.events.queries import list_people
from innovate.notifications.services import enqueue_mail_once
from innovate.results.domain.objections import Obstacle, find_obstacles
from innovate.results.models import Board, BoardSignOff, Snapshot
from innovate.results.queries.objections import count_unanswered

_LEAST = 10  # characters of a reason


def ask_to_sign(actor: Actor, number: int, board: Board, *, at: datetime) -> None:
    """Tell every chair that a ranking waits for their signature. The mail says nothing of what is in it."""
    event = actor.event
    for role in list_people(event.id, Role.CHAIR):
        enqueue_mail_once(
            "results_sign",
            cause=f"snapshot:{board.snapshot_id}:sign",
            address=role.user.email,
            user_id=role.user.id,
            locale=role.user.locale or "id",
            event_id=event.id,
            context={
                "name": role.user.full_name,
                "event": event.name,
                "path": f"/k/{event.slug}/kelola/hasil/{number}",
            },
            at=at,
        )


def sign_off(actor: Actor, board: Board, *, reason: str, at: datetime) -> BoardSignOff:
    """The chair signs the snapshot in force; without a chair an organizer does, saying why."""
    is_chair = actor.has(Role.CHAIR)
    _require_signer(actor, is_chair=is_chair, reason=reason)
    snapshot = locked(Snapshot, board.snapshot_id or 0)
    row = BoardSignOff(
        board_id=board.id,
        snapshot_id=snapshot.id,
        sha256=snapshot.sha256,
        user_id=actor.user_id,
        is_chair=is_chair,
        reason=reason,
        at=at,
    )
    db.session.add(row)
    return row


def _require_signer(actor: Actor, *, is_chair: bool, reason: str) -> None:
    if is_chair:
        return
    theirs = _l(
        "Peringkat ini disahkan oleh ketua juri. Panitia mengesahkan hanya bila tidak ada ketua juri."
    )
    require(not list_people(actor.event.id, Role.CHAIR), Refused(theirs))
    why = _l("Tuliskan mengapa panitia mengesahkan tanpa ketua juri, paling sedikit 10 karakter.")
    require(len(reason.strip()) >= _LEAST, Refused(why, field="reason"))


def withdraw_sign_off(board: Board, *, at: datetime) -> None:
    """The signature under the snapshot in force no longer holds."""
    query = select(BoardSignOff).where(BoardSignOff.board_id == board.id, BoardSignOff.withdrawn_at.is_(None))
    for row in db.session.scalars(query):
        row.withdrawn_at = at


def require_settled(board: Board, *, reason: str, at: datetime) -> None:
    """Refuse a final result while objections may come or wait, unless somebody takes it on themselves with a reason."""
    found = find_obstacles(board.objections_until, count_unanswered(board.id), at)
    if found and len(reason.strip()) < _LEAST:
        texts = {
            Obstacle.WINDOW: _l(
                "Masa sanggah belum berakhir. Tunggu, atau tuliskan alasan paling sedikit 10 karakter."
            ),
            Obstacle.UNANSWERED: _l(
                "Masih ada sanggahan yang belum dijawab. Jawab dahulu, atau tuliskan alasan paling sedikit 10 karakter."
            ),
        }
        raise Refused(texts[found[-1]], field="reason")

"""The window for objections made longer after the announcement."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, Stale, require
from innovate.events.domain.kinds import EventState
from innovate.events.domain.seal import BoardState
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail
from innovate.results import policy
from innovate.results.domain.objections import WindowFault, check_window
from innovate.results.models import Board, ObjectionExtension
from innovate.results.services.boards import hold_board
from innovate.teams.queries import list_captains

LEAST_REASON = 10  # characters
_FAULTS = {
    WindowFault.SHORTER: _l("Masa sanggah hanya dapat diperpanjang. Pilih waktu sesudah batas sekarang."),
    WindowFault.PAST: _l("Pilih waktu yang belum lewat."),
    WindowFault.FAR: _l("Pilih waktu paling lama 60 hari dari sekarang."),
}


def lengthen_window(actor: Actor, number: int, *, until: datetime, reason: str, at: datetime) -> Board:
    """Take objections to the announced board of round `number` until `until`; every captain is told why.

    Stale unless the result is announced and not final; Refused unless the window grows and there is a reason.
    """
    require(policy.can_move_board(actor))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    board = hold_board(actor, number)
    closed = _l("Masa sanggah hanya dapat diperpanjang selama hasil sudah diumumkan dan belum final.")
    require(board.state is BoardState.ANNOUNCED and board.snapshot_id is not None, Stale(closed))
    fault = check_window(board.objections_until, until, at)
    if fault is not None:
        raise Refused(_FAULTS[fault], field="until")
    missing = Refused(_l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat."), field="reason")
    require(len(reason.strip()) >= LEAST_REASON, missing)
    extension = ObjectionExtension(
        board_id=board.id,
        snapshot_id=board.snapshot_id,
        old_until=board.objections_until,
        new_until=until,
        reason=reason.strip(),
        actor_id=actor.user_id,
        at=at,
    )
    db.session.add(extension)
    board.objections_until = until
    db.session.flush()
    record(
        "board.lengthen",
        actor_id=actor.user_id,
        at=at,
        object_type="board",
        object_id=board.id,
        event_id=actor.event.id,
        before={"objections_until": extension.old_until.isoformat() if extension.old_until else None},
        after={"objections_until": until.isoformat(), "reason": extension.reason},
    )
    _tell(actor, extension, at)
    return board


def _tell(actor: Actor, extension: ObjectionExtension, at: datetime) -> None:
    event = actor.event
    for user in list_captains(event.id):
        enqueue_mail(
            "results_window",
            address=user.email,
            user_id=user.id,
            locale=user.locale or "id",
            event_id=event.id,
            cause=f"window:{extension.id}:{user.id}",
            context={
                "name": user.full_name,
                "event": event.name,
                "until": extension.new_until.isoformat(),
                "zone": event.zone,
                "reason": extension.reason,
                "path": f"/k/{event.slug}/sanggahan",
            },
            at=at,
        )

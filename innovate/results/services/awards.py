"""Special prizes: given by hand, each with a reason, and taken back with one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.core.withdrawn import withdraw
from innovate.events.domain.kinds import EventState
from innovate.events.domain.seal import BoardState
from innovate.events.models import Prize
from innovate.events.policy import Actor
from innovate.results import policy
from innovate.results.models import Board, SpecialAward
from innovate.results.queries.awards import find_row, get_special, get_special_prize
from innovate.results.services.boards import hold_board


def give_award(
    actor: Actor, number: int, *, prize_id: str, idea_id: str, reason: str, at: datetime
) -> SpecialAward:
    """Give a prize that has no rank to an entry of the frozen ranking. It is sealed like the ranking itself."""
    board = _hold(actor, number)
    prize = get_special_prize(actor.event.id, prize_id)
    row = find_row(board, idea_id)
    if prize is None:
        raise Refused(_l("Pilih penghargaan tanpa peringkat."), field="prize")
    if row is None:
        raise Refused(_l("Pilih karya yang ada di peringkat ini."), field="idea")
    twice = _l("Karya ini sudah menerima penghargaan itu.")
    require(not _has(board, prize, row.idea_id), Refused(twice, field="idea"))
    award = SpecialAward(
        board_id=board.id,
        prize_id=prize.id,
        name=prize.name,
        idea_id=row.idea_id,
        reason=reason,
        given_by_id=actor.user_id,
        given_at=at,
    )
    db.session.add(award)
    db.session.flush()
    _record("award.give", actor, award, at, {"prize": prize.name, "reason": reason})
    return award


def revoke_award(actor: Actor, number: int, public_id: str, *, reason: str, at: datetime) -> SpecialAward:
    """Take a special prize back; who gave it and why stays on record."""
    board = _hold(actor, number)
    award = locked(SpecialAward, get_special(board.id, public_id).id)
    require(award.revoked_at is None, Refused(_l("Penghargaan ini sudah dicabut.")))
    short = _l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat.")
    require(len(reason.strip()) >= 10, Refused(short, field="reason"))
    withdraw()
    award.revoked_at, award.revoked_by_id, award.revoked_reason = at, actor.user_id, reason
    _record("award.revoke", actor, award, at, {"prize": award.name, "reason": reason})
    return award


def _hold(actor: Actor, number: int) -> Board:
    require(policy.can_move_board(actor))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    board = hold_board(actor, number)
    early = _l("Penghargaan khusus diberikan setelah peringkat dibekukan.")
    require(board.state.is_settled, Refused(early))
    over = _l("Hasil sudah ditetapkan. Batalkan penetapannya untuk mengubah penghargaan.")
    require(board.state is not BoardState.FINAL, Refused(over))
    return board


def _has(board: Board, prize: Prize, idea_id: int) -> bool:
    query = select(SpecialAward.id).where(
        SpecialAward.board_id == board.id,
        SpecialAward.prize_id == prize.id,
        SpecialAward.idea_id == idea_id,
        SpecialAward.revoked_at.is_(None),
    )
    return db.session.scalar(query) is not None


def _record(action: str, actor: Actor, award: SpecialAward, at: datetime, after: dict[str, Any]) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="special_award",
        object_id=award.id,
        event_id=actor.event.id,
        after={**after, "idea": award.idea_id},
    )

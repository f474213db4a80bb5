"""What the jury decides in session about entries that no other rule separates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.seal import BoardState
from innovate.events.policy import Actor
from innovate.results import policy
from innovate.results.models import TieRuling
from innovate.results.queries.boards import BoardView, find_state, get_board
from innovate.results.queries.ties import list_waiting_ties
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import list_hidden


def rule_tie(actor: Actor, number: int, order: Sequence[str], *, reason: str, at: datetime) -> TieRuling:
    """Put tied entries (public ids, the first first) in the order the jury decided, with its reason."""
    view = _hold_open_board(actor, number)
    ties = list_waiting_ties(actor.event, view, list_hidden(actor))
    tie = next((tie for tie in ties if {row.idea_public_id for row in tie} == set(order)), None)
    if tie is None or len(order) != len(tie):
        gone = _l("Berikan tempat yang berbeda kepada setiap karya yang nilainya sama.")
        raise Refused(gone, field="order")
    reason = _require_reason(reason)
    by_id = {row.idea_public_id: row.idea_id for row in tie}
    ruling = TieRuling(
        round_id=view.round.id,
        order=[by_id[key] for key in order],
        reason=reason,
        made_by_id=actor.user_id,
        made_at=at,
    )
    db.session.add(ruling)
    db.session.flush()
    _record(actor, "tie.rule", view, ruling, reason, at)
    return ruling


def withdraw_ruling(actor: Actor, number: int, ruling_id: int, *, reason: str, at: datetime) -> TieRuling:
    """Take a decision back; the entries share their rank again until the jury decides anew."""
    view = _hold_open_board(actor, number)
    ruling = locked(TieRuling, ruling_id) if db.session.get(TieRuling, ruling_id) else None
    if ruling is None or ruling.round_id != view.round.id or ruling.withdrawn_at is not None:
        raise NotFound
    require(list_hidden(actor).isdisjoint(ruling.order), NotFound())
    ruling.withdrawn_reason = _require_reason(reason)
    ruling.withdrawn_at, ruling.withdrawn_by_id = at, actor.user_id
    _record(actor, "tie.withdraw", view, ruling, ruling.withdrawn_reason, at)
    return ruling


def _hold_open_board(actor: Actor, number: int) -> BoardView:
    require(policy.can_rule_ties(actor))
    view = get_board(actor.event, number)
    locked(Round, view.round.id)
    require(
        find_state(view.round) is BoardState.PROVISIONAL,  # read again: somebody may have frozen it meanwhile
        Refused(_l("Sidang pleno memutuskan selagi peringkat sementara terbuka, sebelum dibekukan.")),
    )
    return view


def _require_reason(reason: str) -> str:
    reason = reason.strip()
    short = Refused(_l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat."), field="reason")
    require(len(reason) >= 10, short)
    return reason


def _record(actor: Actor, action: str, view: BoardView, ruling: TieRuling, reason: str, at: datetime) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=view.round.id,
        event_id=actor.event.id,
        after={"entries": ruling.order, "reason": reason},
    )

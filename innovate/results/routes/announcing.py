"""Between frozen and public: the signature, the window for objections, the time of the announcement."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.domain.kinds import Role
from innovate.events.policy import Actor
from innovate.events.queries import list_people
from innovate.results import policy
from innovate.results.domain.objections import end_of_window, find_obstacles, is_open
from innovate.results.forms import PlanForm, SignForm, WindowForm
from innovate.results.queries.awards import find_sign_off
from innovate.results.queries.boards import BoardView
from innovate.results.queries.objections import count_unanswered, list_window_extensions


def around(
    actor: Actor, view: BoardView, sign: SignForm | None, plan: PlanForm | None, window: WindowForm | None
) -> dict[str, Any]:
    """What the page of a board says about signature, announcement and objections."""
    board, now = view.board, clock.now()
    unanswered = count_unanswered(board.id) if board and board.announced_at else 0
    until = board.objections_until if board else None
    days = board.objection_days if board else 0
    has_chair = bool(list_people(actor.event.id, Role.CHAIR))
    return {
        "sign": sign or SignForm(formdata=None),
        "plan": plan or PlanForm(formdata=None, obj=board, zone=actor.event.zone),
        "window": window or WindowForm(formdata=None, zone=actor.event.zone),
        "extensions": list_window_extensions(board, actor.event.zone),
        "signed_off": find_sign_off(board) if board and board.snapshot_id else None,
        "has_chair": has_chair,
        "may_sign": actor.has(Role.CHAIR) or (policy.can_move_board(actor) and not has_chair),
        "signs_alone": not actor.has(Role.CHAIR),
        "may_present": policy.can_present(actor),
        "unanswered": unanswered,
        "window_open": view.state.is_public and is_open(until, now),
        "window_if_now": end_of_window(now, days, actor.event.zone),
        "obstacles": find_obstacles(until, unanswered, now) if view.state.is_public else [],
    }


def said(state: str) -> str:
    """What is told after signing or taking a signature back."""
    return (
        _("Peringkat disahkan.")
        if state == "signed"
        else _("Pengesahan dicabut. Peringkat kembali dibekukan.")
    )

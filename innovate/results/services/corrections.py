"""Correcting rankings that stand: the earlier snapshot is superseded with its reason, a new one waits to be signed."""

from __future__ import annotations

from datetime import datetime

from innovate.core.errors import Refused
from innovate.events.domain.seal import BoardState
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.results.queries.affected import list_affected
from innovate.results.queries.boards import BoardView
from innovate.results.services.boards import move_board


def correct_boards(actor: Actor, idea: Idea, reason: str, at: datetime) -> None:
    """Rank anew, in their order, the boards that stand and in which the idea stands or should."""
    for view in list_affected(actor.event, idea):
        correct_board(actor, view, reason=reason, at=at)


def correct_board(actor: Actor, view: BoardView, *, reason: str, at: datetime) -> None:
    """Open a board that stands and freeze it again in the same moment, so that no ballot comes in between.

    Where nothing is left to rank it stays open, for its people to decide.
    """
    move_board(actor, view.number, BoardState.PROVISIONAL, expected=view.state, reason=reason, at=at)
    try:
        move_board(actor, view.number, BoardState.FROZEN, expected=BoardState.PROVISIONAL, at=at)
    except Refused:
        return

"""In which state the board of a round is. Boards stand above: they say it here when the application is built."""

from __future__ import annotations

from collections.abc import Callable

from innovate.events.domain.seal import BoardState
from innovate.scoring.models.rounds import Round

FindState = Callable[[Round], BoardState]
_boards: list[FindState] = []


def say_board_state(find: FindState) -> None:
    """Register who knows the state of a round's board; whoever said so before is replaced."""
    _boards[:] = [find]


def find_board_state(round_: Round) -> BoardState:
    """The board's state; collecting, which seals most, while nobody says."""
    return _boards[0](round_) if _boards else BoardState.COLLECTING


def is_settled(round_: Round) -> bool:
    """Whether the round's ranking is frozen or further: nothing may be added to what it was computed from."""
    return find_board_state(round_).is_settled

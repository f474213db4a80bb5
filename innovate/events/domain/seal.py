"""The seal: what may be shown of results, to whom. One rule for every door: pages, exports, counts, mails."""

from __future__ import annotations

import enum


class BoardState(enum.StrEnum):
    """Life of a ranking: collecting → provisional → frozen → signed off → announced → final.

    The time for objections lies within "announced": it begins and ends by the clock (`results/domain/objections.py`).
    """

    COLLECTING = "collecting"
    PROVISIONAL = "provisional"
    FROZEN = "frozen"
    SIGNED = "signed"
    ANNOUNCED = "announced"
    FINAL = "final"

    @property
    def is_public(self) -> bool:
        """Whether everyone may see ranks and scores."""
        return self in {BoardState.ANNOUNCED, BoardState.FINAL}

    @property
    def is_settled(self) -> bool:
        """Whether ranks stand as they are, so that nothing is added to what they were computed from."""
        return self not in {BoardState.COLLECTING, BoardState.PROVISIONAL}


_NEXT = {
    BoardState.COLLECTING: {BoardState.PROVISIONAL},
    BoardState.PROVISIONAL: {BoardState.COLLECTING, BoardState.FROZEN},
    BoardState.FROZEN: {BoardState.PROVISIONAL, BoardState.SIGNED},
    BoardState.SIGNED: {BoardState.FROZEN, BoardState.PROVISIONAL, BoardState.ANNOUNCED},
    BoardState.ANNOUNCED: {BoardState.PROVISIONAL, BoardState.SIGNED, BoardState.FINAL},
    BoardState.FINAL: {BoardState.PROVISIONAL, BoardState.SIGNED, BoardState.ANNOUNCED},
}


def can_move(before: BoardState, after: BoardState) -> bool:
    """Whether a board may go from one state to the other; every way back asks a reason."""
    return after in _NEXT[before]


def needs_reason(before: BoardState, after: BoardState) -> bool:
    """Going back is possible, never silent."""
    order = list(BoardState)
    return order.index(after) < order.index(before)


def may_see_results(state: BoardState, *, is_organizer: bool, is_chair: bool, is_auditor: bool) -> bool:
    """Whether a person may see ranks, totals, or anything that orders ideas by them, in this state."""
    return state.is_public or is_organizer or is_auditor or (is_chair and state is not BoardState.COLLECTING)

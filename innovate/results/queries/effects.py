"""Reading what one ballot does to a ranking: the board with it and without it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from innovate.events.models import Event
from innovate.results.domain.standing import Row
from innovate.results.domain.veil import veil
from innovate.results.queries.boards import BoardView, compute_board
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.queries.ballots import Sheet


@dataclass(frozen=True)
class Moved:
    """One entry, with the ballot and without it."""

    counted: Row
    left_out: Row

    @property
    def is_moved(self) -> bool:
        """Whether its rank differs."""
        return self.counted.rank != self.left_out.rank


@dataclass(frozen=True)
class Effect:
    """The entry the ballot is about, and every other one whose rank it moves."""

    own: Moved
    others: Sequence[Moved]

    @property
    def total(self) -> int:
        """How many others move."""
        return len(self.others)


def compare(event: Event, view: BoardView, sheet: Sheet, hidden: Collection[int] = ()) -> Effect | None:
    """Both rankings without the `hidden` ideas; None where no entry of the board has the ballot, or it is a draft."""
    if sheet.ballot_id is None or sheet.total is None or sheet.submitted_at is None:
        return None
    counts = sheet.ballot_state is BallotState.SUBMITTED
    now = veil(compute_board(event, view, full=False).rows, hidden)
    change = {"leave_out" if counts else "count_in": sheet.ballot_id}
    then = veil(compute_board(event, view, full=False, **change).rows, hidden)
    other = {row.idea_id: row for row in then}
    pairs = [Moved(row, other[row.idea_id]) if counts else Moved(other[row.idea_id], row) for row in now]
    own = next((pair for pair in pairs if pair.counted.idea_id == sheet.idea_id), None)
    if own is None:
        return None
    return Effect(own, [pair for pair in pairs if pair.is_moved and pair is not own])

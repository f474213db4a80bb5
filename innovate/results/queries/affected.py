"""Which rankings that stand already change when an entry leaves the competition or comes back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from innovate.core.db import db
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.results.queries.boards import BoardView, list_boards
from innovate.results.queries.objections import is_on_board
from innovate.scoring.models.ballots import Ballot, BallotState


def list_affected(event: Event, idea: Idea) -> Sequence[BoardView]:
    """The settled boards in whose snapshot the idea stands, or in whose round it has ballots; in their order."""
    query = select(Ballot.round_id).where(Ballot.idea_id == idea.id, Ballot.state == BallotState.SUBMITTED)
    judged = set(db.session.scalars(query))
    return [
        view
        for view in list_boards(event)
        if view.board is not None
        and view.state.is_settled
        and (view.round.id in judged or is_on_board(view.board, idea.id))
    ]

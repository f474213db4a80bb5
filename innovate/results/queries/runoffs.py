"""Reading where a run-off could be asked for beside a board, and what came out of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from innovate.core.db import db
from innovate.pairwise.models import Contest, ContestKind, ContestState
from innovate.pairwise.queries.outcome import load_outcome
from innovate.results.domain.brackets import Bracket, find_brackets_of
from innovate.results.models import StandingRow
from innovate.results.queries.boards import BoardView, Standing


class NearRow(NamedTuple):
    """What brackets are read from."""

    idea_id: int
    group_code: str
    pool: int
    rank: int | None
    near_high: int | None


def list_brackets(view: BoardView, standing: Standing) -> Mapping[int, Bracket]:
    """Entries a run-off could separate, by the idea each bracket begins with. One statement for a frozen board."""
    if standing.computed is not None:
        return find_brackets_of(standing.computed.rows)
    columns = (getattr(StandingRow, name) for name in NearRow._fields)
    query = select(*columns).where(
        StandingRow.snapshot_id == (view.board.snapshot_id if view.board else None)
    )
    rows = db.session.execute(query.order_by(StandingRow.group_code, StandingRow.position))
    return find_brackets_of([NearRow(*row) for row in rows])


class RunOffPlace(NamedTuple):
    """An entry's place in the last run-off that was closed, among so many."""

    rank: int
    of: int


def list_runoff_places(contests: Sequence[Contest]) -> Mapping[int, RunOffPlace]:
    """By idea, the places of the newest closed run-off with votes among these contests; for those who see the board."""
    closed = [c for c in contests if c.kind is ContestKind.RUNOFF and c.state is ContestState.CLOSED]
    if not closed:
        return {}
    found = load_outcome(closed[-1])
    places = {row.stall.idea_id: RunOffPlace(row.place.rank, len(found.rows)) for row in found.rows}
    return places if found.votes else {}

"""Reading ties that wait for the jury."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from innovate.events.models import Event
from innovate.ideas.queries.entries import list_board_entries
from innovate.results.domain.standing import Row
from innovate.results.domain.veil import Veil
from innovate.results.queries.boards import BoardView, compute_board


def list_waiting_ties(event: Event, view: BoardView, hidden: Collection[int] = ()) -> list[list[Row]]:
    """Entries that share a rank until the jury has met, each tie in the order of the list. For boards that are open.

    A tie with a `hidden` entry is left out, and the others have their rank among what is shown.
    """
    rows = compute_board(event, view, full=False).rows
    found = []
    for _key, together in groupby(rows, key=lambda row: (row.group_code, row.pool, row.rank)):
        tie = list(together)
        if len(tie) > 1 and tie[0].tie and tie[0].tie["awaits_plenary"]:
            found.append(tie)
    over = Veil([row for row in rows if row.idea_id in hidden])
    return [
        [over.over(row) for row in tie] if hidden else tie
        for tie in found
        if not any(row.idea_id in hidden for row in tie)
    ]


def list_titles(event: Event) -> dict[int, str]:
    """The titles of all entries, by idea."""
    return {entry.idea_id: entry.title for entry in list_board_entries(event.id)}

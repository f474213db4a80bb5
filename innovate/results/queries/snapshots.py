"""Reading snapshots: rows, leaders, winners, and what to show of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event, Phase
from innovate.ideas.models import Idea
from innovate.results.domain.standing import Row
from innovate.results.domain.veil import Veil, veil
from innovate.results.models import Board, Snapshot, StandingRow
from innovate.scoring.models.rounds import Round


@dataclass(frozen=True)
class Filter:
    """What of a board to show; empty values do not narrow."""

    group: str = ""
    track: str = ""
    search: str = ""
    page: int = 1
    names: bool = True  # False: whose entries they are stays out, of the search too
    hidden: frozenset[int] = frozenset()  # entries that do not exist for the person: conflicts of interest


def list_snapshot_rows(snapshot: Snapshot, chosen: Filter) -> Page[Any]:
    """Rows of a snapshot in order, 50 a page, each with whether its team agrees today to be shown.

    For somebody from whom entries are kept they are `Row`s, ranked among what is shown.
    """
    query = select(StandingRow).where(StandingRow.snapshot_id == snapshot.id)
    if chosen.group:
        query = query.where(StandingRow.group_code == chosen.group)
    if chosen.track:
        query = query.where(StandingRow.track_code == chosen.track)
    if chosen.search:
        query = query.where(mentions(chosen.search, names=chosen.names))
    if chosen.hidden:
        query = query.where(StandingRow.idea_id.not_in(chosen.hidden))
    consent = joinedload(StandingRow.idea).load_only(Idea.in_gallery, Idea.state)
    order = (StandingRow.group_code, StandingRow.position)
    page = paginate(query.options(consent).order_by(*order), page=chosen.page)
    if not chosen.hidden:
        return page
    over = veil_of(snapshot.id, chosen.hidden)
    return replace(page, items=[over.over(row) for row in page.items])


def veil_of(snapshot_id: int, hidden: Collection[int]) -> Veil:
    """What lies over a snapshot for somebody from whom these ideas are kept."""
    query = select(StandingRow).where(StandingRow.snapshot_id == snapshot_id)
    return Veil(list(db.session.scalars(query.where(StandingRow.idea_id.in_(hidden)))))


def mentions(search: str, *, names: bool = True) -> ColumnElement[bool]:
    """Condition on a row: its title, team or unit (without `names` only the title) holds the words."""
    words = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    column = StandingRow.title + " " + StandingRow.team_name + " " + StandingRow.unit_name
    if not names:
        return StandingRow.title.ilike(f"%{words}%", escape="\\")
    return column.ilike(f"%{words}%", escape="\\")


def filter_rows(rows: Sequence[Row], chosen: Filter, *, size: int = 50) -> Page[Row]:
    """The same narrowing over computed rows."""
    words = chosen.search.casefold()
    kept = [
        row
        for row in veil(rows, chosen.hidden)
        if (not chosen.group or row.group_code == chosen.group)
        and (not chosen.track or row.track_code == chosen.track)
        and (not words or words in _words_of(row, names=chosen.names))
    ]
    page = max(1, min(chosen.page, -(-len(kept) // size) or 1))
    return Page(kept[(page - 1) * size : page * size], page, size, len(kept))


def _words_of(row: Row, *, names: bool) -> str:
    """What a search looks through."""
    return (f"{row.title} {row.team_name} {row.unit_name}" if names else row.title).casefold()


def list_all_rows(snapshot_id: int) -> list[StandingRow]:
    """Every row of a snapshot, for files."""
    query = select(StandingRow).where(StandingRow.snapshot_id == snapshot_id)
    return list(db.session.scalars(query.order_by(StandingRow.group_code, StandingRow.position)))


def find_leaders(snapshot_id: int, chosen: Filter, rows: Page[StandingRow]) -> list[StandingRow]:
    """The first three ranks of the chosen group: on the first page of the whole list they are already there."""
    if rows.page == 1 and not chosen.search and not chosen.track:
        return [row for row in rows.items if row.rank is not None and row.rank <= 3]
    return list_top(snapshot_id, chosen.group)


def list_top(snapshot_id: int, group: str, limit: int = 12) -> list[StandingRow]:
    """The first three ranks of a group (of all where there are none)."""
    query = select(StandingRow).where(StandingRow.snapshot_id == snapshot_id, StandingRow.rank <= 3)
    if group:
        query = query.where(StandingRow.group_code == group)
    return list(db.session.scalars(query.order_by(StandingRow.group_code, StandingRow.position).limit(limit)))


def list_snapshots(board_id: int) -> list[tuple[Snapshot, User]]:
    """Every snapshot ever taken of a board, newest first, with who took it."""
    query = (
        select(Snapshot, User)
        .join(User, User.id == Snapshot.taken_by_id)
        .where(Snapshot.board_id == board_id)
    )
    return [(snapshot, user) for snapshot, user in db.session.execute(query.order_by(Snapshot.number.desc()))]


def get_snapshot(board_id: int, number: int) -> Snapshot:
    """One snapshot by its number, superseded ones too, or NotFound."""
    snapshot = db.session.scalar(
        select(Snapshot).where(Snapshot.board_id == board_id, Snapshot.number == number)
    )
    if snapshot is None:
        raise NotFound
    return snapshot


def list_latest_winners(limit: int = 6) -> list[tuple[Event, StandingRow]]:
    """First places of the boards announced last, for the front page."""
    query = (
        select(Event, StandingRow)
        .join(Board, Board.event_id == Event.id)
        .join(Phase, Phase.event_id == Event.id)
        .join(Round, (Round.id == Board.round_id) & (Round.phase_id == Phase.id))
        .join(StandingRow, StandingRow.snapshot_id == Board.snapshot_id)
        .where(Board.state.in_([BoardState.ANNOUNCED, BoardState.FINAL]))
        .where(StandingRow.rank == 1, StandingRow.award != "")
        .order_by(Board.announced_at.desc(), StandingRow.group_code)
        .limit(limit)
    )
    return [(event, row) for event, row in db.session.execute(query)]

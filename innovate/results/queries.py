"""Reading boards: computed while open, from the snapshot once frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event, Phase, Prize
from innovate.ideas.domain.reading import Entry, lay_out
from innovate.ideas.models import Idea
from innovate.ideas.queries import get_judged_revision, list_board_entries
from innovate.results.domain.ranking import RoundMeans, combine_rounds
from innovate.results.domain.standing import Row, build_rows
from innovate.results.models import Board, BoardChange, Snapshot, StandingRow
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.rounds import list_round_entry_ids, list_rounds, raw_totals


@dataclass(frozen=True)
class BoardView:
    """A round with its board (None until it first moves) and its number in the event, counting from 1."""

    number: int
    round: Round
    is_last: bool
    board: Board | None = None

    @property
    def state(self) -> BoardState:
        """Where the board is; collecting until somebody moves it."""
        return self.board.state if self.board else BoardState.COLLECTING

    @property
    def name(self) -> str:
        """The phase's name."""
        return self.round.phase.name


def list_boards(event: Event) -> list[BoardView]:
    """Every round of the event in order, with its board."""
    rounds = list_rounds(event.id)
    query = select(Board).where(Board.event_id == event.id).options(joinedload(Board.snapshot))
    boards = {board.round_id: board for board in db.session.scalars(query)}
    return [BoardView(n, r, n == len(rounds), boards.get(r.id)) for n, r in enumerate(rounds, 1)]


def get_board(event: Event, number: int) -> BoardView:
    """The board of round `number` (from 1), or NotFound."""
    boards = list_boards(event)
    if not 1 <= number <= len(boards):
        raise NotFound
    return boards[number - 1]


def list_public_boards(event: Event) -> list[BoardView]:
    """The boards everybody may see, in the order of their rounds."""
    return [view for view in list_boards(event) if view.state.is_public]


def find_public_board(event: Event, number: int | None = None) -> BoardView | None:
    """The announced board of round `number`, or of the latest round announced; None while all are sealed."""
    return choose_board(list_public_boards(event), number)


def choose_board(boards: Sequence[BoardView], number: int | None) -> BoardView | None:
    """The board of round `number` among `boards`, or the last of them."""
    chosen = [view for view in boards if number is None or view.number == number]
    return chosen[-1] if chosen else None


def compute_rows(event: Event, view: BoardView) -> list[Row]:
    """The standing of a round as it is now, from ballots: every round up to this one by its weight."""
    rounds = list_rounds(event.id)[: view.number]
    entries = list_board_entries(event.id)
    if not view.round.takes_all:
        chosen = list_round_entry_ids(view.round.id)
        entries = [entry for entry in entries if entry.idea_id in chosen]
    means = [
        RoundMeans(r.weight, {k: (t.mean, t.ballots) for k, t in raw_totals(r.id).items()}) for r in rounds
    ]
    scores = combine_rounds([entry.idea_id for entry in entries], means)
    minimum = view.board.minimum_ballots if view.board else 1
    return build_rows(entries, scores, minimum_ballots=minimum, awards=_awards(event) if view.is_last else {})


def _awards(event: Event) -> dict[int, str]:
    query = select(Prize.rank, Prize.name).where(Prize.event_id == event.id, Prize.rank.is_not(None))
    return {
        int(rank): name for rank, name in db.session.execute(query.order_by(Prize.position.desc())) if rank
    }


@dataclass(frozen=True)
class Filter:
    """What of a board to show; empty values do not narrow."""

    group: str = ""
    track: str = ""
    search: str = ""
    page: int = 1


@dataclass(frozen=True)
class Standing:
    """One page of a board, and how many entries the whole board ranks and leaves out."""

    rows: Page[Any]
    ranked: int
    unranked: int


def load_standing(event: Event, view: BoardView, chosen: Filter) -> Standing:
    """The board as it counts now: its snapshot if there is one, else computed from ballots."""
    if view.board and view.board.snapshot:
        query = select(func.count(StandingRow.rank), func.count()).where(
            StandingRow.snapshot_id == view.board.snapshot.id
        )
        ranked, total = db.session.execute(query).one()
        return Standing(list_snapshot_rows(view.board.snapshot, chosen), ranked, total - ranked)
    rows = compute_rows(event, view)
    ranked = sum(row.rank is not None for row in rows)
    return Standing(filter_rows(rows, chosen), ranked, len(rows) - ranked)


def list_leaders(event: Event, view: BoardView) -> Sequence[Row | StandingRow]:
    """The first three ranks of each group as the board counts now."""
    if view.board and view.board.snapshot_id:
        return list_top(view.board.snapshot_id, "", limit=24)
    rows = compute_rows(event, view)
    return [row for row in rows if row.rank is not None and row.rank <= 3][:24]


def list_snapshot_rows(snapshot: Snapshot, chosen: Filter) -> Page[StandingRow]:
    """Rows of a snapshot in order, 50 a page, each with whether its team agrees today to be shown."""
    query = select(StandingRow).where(StandingRow.snapshot_id == snapshot.id)
    if chosen.group:
        query = query.where(StandingRow.group_code == chosen.group)
    if chosen.track:
        query = query.where(StandingRow.track_code == chosen.track)
    if chosen.search:
        query = query.where(_mentions(chosen.search))
    consent = joinedload(StandingRow.idea).load_only(Idea.in_gallery)
    return paginate(
        query.options(consent).order_by(StandingRow.group_code, StandingRow.position), page=chosen.page
    )


def _mentions(search: str) -> ColumnElement[bool]:
    words = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    column = StandingRow.title + " " + StandingRow.team_name + " " + StandingRow.unit_name
    return column.ilike(f"%{words}%", escape="\\")


def filter_rows(rows: Sequence[Row], chosen: Filter, *, size: int = 50) -> Page[Row]:
    """The same narrowing over computed rows."""
    words = chosen.search.casefold()
    kept = [
        row
        for row in rows
        if (not chosen.group or row.group_code == chosen.group)
        and (not chosen.track or row.track_code == chosen.track)
        and (not words or words in f"{row.title} {row.team_name} {row.unit_name}".casefold())
    ]
    page = max(1, min(chosen.page, -(-len(kept) // size) or 1))
    return Page(kept[(page - 1) * size : page * size], page, size, len(kept))


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


def list_winners(snapshot_id: int, limit: int = 24) -> list[StandingRow]:
    """Rows that won something, by group and rank."""
    query = select(StandingRow).where(StandingRow.snapshot_id == snapshot_id, StandingRow.award != "")
    return list(db.session.scalars(query.order_by(StandingRow.group_code, StandingRow.position).limit(limit)))


_Winner = aliased(StandingRow)
_AWARD = func.coalesce(_Winner.award, "")


def _gallery(snapshot_id: int, awards_from: int) -> Select[tuple[StandingRow, str]]:
    """Rows that may be shown, each with its award. The team's consent counts as it is now, not as it was frozen."""
    return (
        select(StandingRow, _AWARD)
        .join(Idea, Idea.id == StandingRow.idea_id)
        .outerjoin(_Winner, (_Winner.idea_id == StandingRow.idea_id) & (_Winner.snapshot_id == awards_from))
        .where(StandingRow.snapshot_id == snapshot_id, Idea.in_gallery)
    )


def list_gallery(snapshot_id: int, awards_from: int, chosen: Filter) -> Page[tuple[StandingRow, str]]:
    """Entries whose teams agree to be shown, with their awards in the snapshot `awards_from`.

    Winners first, then by number, never by a sealed score.
    """
    query = _gallery(snapshot_id, awards_from)
    if chosen.group:
        query = query.where(StandingRow.group_code == chosen.group)
    if chosen.search:
        query = query.where(_mentions(chosen.search))
    order = (_AWARD == "", StandingRow.group_code, func.coalesce(StandingRow.number, 0))
    return paginate(query.order_by(*order), page=chosen.page, size=24, scalars=False)


def get_gallery_row(snapshot_id: int, awards_from: int, idea_public_id: str) -> tuple[StandingRow, str]:
    """One entry of the gallery with its award, or NotFound if it is not there or its team does not agree."""
    query = _gallery(snapshot_id, awards_from).where(StandingRow.idea_public_id == idea_public_id)
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def read_gallery_entry(event: Event, row: StandingRow) -> Entry:
    """An entry of the gallery as it was judged, without its attachments: those were meant for the jury."""
    revision, fields = get_judged_revision(row.idea_id)
    shown = [field for field in fields if field.kind is not FieldKind.FILE]
    return Entry(
        public_id=row.idea_public_id,
        number=row.number,
        title=row.title,
        group=next((group.name for group in event.groups if group.code == row.group_code), ""),
        track=next((track.name for track in event.tracks if track.code == row.track_code), ""),
        sections=lay_out(shown, revision.answers, ()),
    )


def list_changes(board_id: int) -> list[tuple[BoardChange, User]]:
    """The board's history with who did it, newest first."""
    query = select(BoardChange, User).join(User, User.id == BoardChange.actor_id)
    rows = db.session.execute(query.where(BoardChange.board_id == board_id).order_by(BoardChange.id.desc()))
    return [(change, user) for change, user in rows]


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

"""Reading boards: computed while open, from the snapshot once frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event, Phase, Prize
from innovate.ideas.queries.entries import list_board_entries
from innovate.results.domain.awards import Succession, without_awards
from innovate.results.domain.method import PLAIN, ScoringRules
from innovate.results.domain.standing import Row
from innovate.results.models import Board, BoardChange, RoundRules, StandingRow
from innovate.results.queries.rulings import list_plenaries
from innovate.results.queries.snapshots import Filter, filter_rows, list_snapshot_rows, list_top
from innovate.results.queries.withdrawals import map_withdrawn
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.rounds import list_round_entry_ids, list_rounds

if TYPE_CHECKING:  # numpy is loaded by whoever computes
    from innovate.results.queries.computed import Basis, Computed

_LEADING = 3  # ranks of a group that the overview names


@dataclass(frozen=True)
class BoardView:
    """A round with its board (None until it first moves) and its number in the event, counting from 1."""

    number: int
    round: Round
    is_last: bool
    board: Board | None = None
    chosen: ScoringRules | None = None

    @property
    def rules(self) -> ScoringRules:
        """How it is ranked; a round from before there was a choice by the plain mean."""
        if self.chosen is not None:
            return self.chosen
        return replace(PLAIN, minimum_ballots=self.board.minimum_ballots if self.board else 1)

    @property
    def criteria(self) -> list[str]:
        """Criteria as they were when frozen, the heaviest first."""
        kept = self.board.snapshot if self.board else None
        return (kept.criteria or []) if kept else []

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
    query = (
        select(Round, Board, RoundRules)
        .join(Phase, Phase.id == Round.phase_id)
        .outerjoin(Board, Board.round_id == Round.id)
        .outerjoin(RoundRules, RoundRules.round_id == Round.id)
        .where(Round.event_id == event.id)
        .options(contains_eager(Round.phase), joinedload(Board.snapshot))
        .order_by(Phase.position, Phase.id)
    )
    found = db.session.execute(query).all()
    views = []
    for number, (round_, board, rules) in enumerate(found, 1):
        round_.number = number
        views.append(BoardView(number, round_, number == len(found), board, rules.read() if rules else None))
    return views


def get_board(event: Event, number: int) -> BoardView:
    """The board of round `number` (from 1), or NotFound."""
    boards = list_boards(event)
    if not 1 <= number <= len(boards):
        raise NotFound
    return boards[number - 1]


def find_state(round_: Round) -> BoardState:
    """The state of a round's board; collecting while nobody has moved it."""
    state = db.session.scalar(select(Board.state).where(Board.round_id == round_.id))
    return state or BoardState.COLLECTING


def list_public_boards(event: Event) -> list[BoardView]:
    """The boards everybody may see, in the order of their rounds."""
    return [view for view in list_boards(event) if view.state.is_public]


def was_announced(event_id: int) -> bool:
    """Whether a result was public before and is being corrected now: everybody saw it go."""
    query = select(Board.id).where(Board.event_id == event_id, Board.announced_at.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


def find_public_board(event: Event, number: int | None = None) -> BoardView | None:
    """The announced board of round `number`, or of the latest round announced; None while all are sealed."""
    return choose_board(list_public_boards(event), number)


def choose_board(boards: Sequence[BoardView], number: int | None) -> BoardView | None:
    """The board of round `number` among `boards`, or the last of them."""
    chosen = [view for view in boards if number is None or view.number == number]
    return chosen[-1] if chosen else None


def list_finalists(boards: Sequence[BoardView], view: BoardView) -> frozenset[int]:
    """Ideas that went on from a public board: those on the next board, once that one is public too."""
    after = next((each for each in boards if each.number > view.number), None)
    if after is None or after.round.takes_all or after.board is None:
        return frozenset()
    query = select(StandingRow.idea_id).where(StandingRow.snapshot_id == after.board.snapshot_id)
    return frozenset(db.session.scalars(query))


def compute_rows(event: Event, view: BoardView) -> list[Row]:
    """The standing of a round as it would be frozen now, from ballots."""
    return compute_board(event, view, full=True).rows


def compute_board(
    event: Event,
    view: BoardView,
    *,
    full: bool | None = None,
    explain: int | None = None,
    **more: Any,
) -> Computed:
    """The board as it is now, from ballots; `full` and `explain` as in `computed.compute`, `more` as in `Basis`."""
    from innovate.results.queries.computed import compute

    entries = list_board_entries(event.id)
    if not view.round.takes_all:
        chosen = list_round_entry_ids(view.round.id)
        entries = [entry for entry in entries if entry.idea_id in chosen]
    withdrawn = map_withdrawn(view.board.id) if view.is_last and view.board else {}
    entries = [each for each in entries if withdrawn.get(each.idea_id) is not Succession.MOVES_UP]
    awards = _awards(event) if view.is_last else {}
    found = compute(entries, load_basis(event, view, **more), awards=awards, full=full, explain=explain)
    return replace(found, rows=without_awards(found.rows, withdrawn)) if withdrawn else found


def load_basis(event: Event, view: BoardView, **more: Any) -> Basis:
    """What the board is computed from: every round up to this one, or this one alone where it does not carry scores."""
    from innovate.results.queries.computed import Basis

    rounds = list_rounds(event.id)[: view.number] if view.round.carries else [view.round]
    return Basis(rounds, view.rules, list_plenaries(view.round.id), **more)


def _awards(event: Event) -> dict[int, str]:
    query = select(Prize.rank, Prize.name).where(Prize.event_id == event.id, Prize.rank.is_not(None))
    return {
        int(rank): name for rank, name in db.session.execute(query.order_by(Prize.position.desc())) if rank
    }


@dataclass(frozen=True)
class Standing:
    """One page of a board, and how many entries the whole board ranks and leaves out."""

    rows: Page[Any]
    ranked: int
    unranked: int
    computed: Computed | None = None  # while the board is open


def load_standing(event: Event, view: BoardView, chosen: Filter) -> Standing:
    """The board as it counts now: its snapshot if there is one, else computed from ballots."""
    if view.board and view.board.snapshot:
        query = select(func.count(StandingRow.rank), func.count()).where(
            StandingRow.snapshot_id == view.board.snapshot.id
        )
        ranked, total = db.session.execute(query).one()
        return Standing(list_snapshot_rows(view.board.snapshot, chosen), ranked, total - ranked)
    computed = compute_board(event, view)
    ranked = sum(row.rank is not None for row in computed.rows)
    return Standing(filter_rows(computed.rows, chosen), ranked, len(computed.rows) - ranked, computed)


class NamedEntry(Protocol):
    """What a list of leaders says of an entry."""

    @property
    def idea_id(self) -> int: ...

    @property
    def group_code(self) -> str: ...

    @property
    def title(self) -> str: ...


class Leader(NamedTuple):
    """An entry among the first three ranks of its group."""

    group_code: str
    rank: int | None
    title: str
    ballots: int
    score: float | None


def list_leaders(
    event: Event, view: BoardView, entries: Sequence[NamedEntry], *, limit: int = 24
) -> list[Leader]:
    """The first three ranks of each group as the board counts now. `entries`: all of the round, by number."""
    if view.board and view.board.snapshot_id:
        frozen = list_top(view.board.snapshot_id, "", limit=limit)
        return [Leader(row.group_code, row.rank, row.title, row.ballots, row.score) for row in frozen]
    from innovate.results.queries.computed import TieFacts, rank, score

    withdrawn = map_withdrawn(view.board.id) if view.is_last and view.board else {}
    entries = [each for each in entries if withdrawn.get(each.idea_id) is not Succession.MOVES_UP]
    basis = load_basis(event, view)
    scoring = score(basis)
    if scoring is None:
        return []
    named = {entry.idea_id: entry for entry in entries}
    load = TieFacts(basis, scoring, {}).load
    groups, standings = rank(entries, basis, scoring, load, within=_LEADING)
    index = {int(idea): n for n, idea in enumerate(scoring.ideas)}
    leaders = []
    for group, found in zip(groups, standings, strict=True):
        for place in found:
            if place.rank <= _LEADING:
                n = index[place.idea]
                count, points = int(scoring.ballots[n]), float(scoring.estimate.score[n])
                leaders.append(Leader(group.label, place.rank, named[place.idea].title, count, points))
    return leaders[:limit]


def list_changes(board_id: int) -> list[tuple[BoardChange, User]]:
    """The board's history with who did it, newest first."""
    query = select(BoardChange, User).join(User, User.id == BoardChange.actor_id)
    rows = db.session.execute(query.where(BoardChange.board_id == board_id).order_by(BoardChange.id.desc()))
    return [(change, user) for change, user in rows]

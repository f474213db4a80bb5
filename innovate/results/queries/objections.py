"""Reading objections and the entries that may object."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.results.domain.objections import end_of_window, is_open
from innovate.results.models import Board, Objection, ObjectionExtension, StandingRow
from innovate.results.queries.boards import BoardView, list_public_boards
from innovate.scoring.models.rounds import Round
from innovate.teams.models import Membership, Team

_PEOPLE = (joinedload(Objection.filed_by), joinedload(Objection.answered_by))
_ENTRY = joinedload(Objection.idea).joinedload(Idea.team).selectinload(Team.memberships)
_ROUND = joinedload(Objection.board).joinedload(Board.round).joinedload(Round.phase)


def get_objection(event_id: int, public_id: str) -> Objection:
    """One objection with its entry, team, board and people, or NotFound."""
    query = select(Objection).where(Objection.event_id == event_id, Objection.public_id == public_id)
    found = db.session.scalar(query.options(*_PEOPLE, _ENTRY, _ROUND))
    if found is None:
        raise NotFound
    return found


def list_objections(
    event_id: int, *, only_open: bool = False, hidden: Collection[int] = (), page: int = 1
) -> Page[Objection]:
    """The event's objections: those that wait for an answer first, then the newest. `hidden`: ideas left out."""
    query = select(Objection).where(Objection.event_id == event_id)
    if only_open:
        query = query.where(Objection.answered_at.is_(None))
    if hidden:
        query = query.where(Objection.idea_id.not_in(hidden))
    entry = joinedload(Objection.idea).joinedload(Idea.team)
    order = (Objection.answered_at.is_not(None), Objection.number.desc())
    return paginate(query.options(entry, _ROUND, *_PEOPLE).order_by(*order), page=page, size=30)


def count_unanswered(board_id: int) -> int:
    """Objections to this board that wait for an answer."""
    query = select(func.count()).where(Objection.board_id == board_id, Objection.answered_at.is_(None))
    return db.session.scalar(query) or 0


def count_of_entry(board: Board, idea_id: int) -> int:
    """Objections of one entry to the ranking in force."""
    query = select(func.count()).where(
        Objection.idea_id == idea_id, Objection.snapshot_id == (board.snapshot_id or 0)
    )
    return db.session.scalar(query) or 0


def find_twin(board: Board, idea_id: int, user_id: int | None, reason: str, sha256: str) -> Objection | None:
    """The same objection, word for word and file for file, that the person has filed to the ranking in force."""
    query = select(Objection).where(
        Objection.idea_id == idea_id,
        Objection.snapshot_id == (board.snapshot_id or 0),
        Objection.filed_by_id == user_id,
        Objection.reason == reason,
        Objection.sha256 == sha256,
    )
    return db.session.scalar(query.limit(1))


@dataclass(frozen=True)
class Entrant:
    """An entry of one's own on an announced board."""

    view: BoardView
    row: StandingRow
    is_captain: bool
    is_open: bool


def list_entrants(event: Event, user: User, at: datetime) -> list[Entrant]:
    """The entries of the person's teams on every announced board, with whether objections are still taken."""
    boards = {view.board.snapshot_id: view for view in list_public_boards(event) if view.board}
    if not boards:
        return []
    query = (
        select(StandingRow, Team.captain_id)
        .join(Idea, Idea.id == StandingRow.idea_id)
        .join(Team, Team.id == Idea.team_id)
        .join(Membership, (Membership.team_id == Team.id) & Membership.left_at.is_(None))
        .where(StandingRow.snapshot_id.in_(boards), Membership.user_id == user.id)
        .order_by(StandingRow.snapshot_id, StandingRow.number)
    )
    return [
        Entrant(
            view, row, captain == user.id, is_open(view.board.objections_until if view.board else None, at)
        )
        for row, captain in db.session.execute(query)
        for view in [boards[row.snapshot_id]]
    ]


def list_own_objections(event_id: int, user_id: int) -> list[Objection]:
    """What the person's teams have objected, newest first."""
    query: Select[tuple[Objection]] = (
        select(Objection)
        .join(Idea, Idea.id == Objection.idea_id)
        .join(Membership, (Membership.team_id == Idea.team_id) & Membership.left_at.is_(None))
        .where(Objection.event_id == event_id, Membership.user_id == user_id)
        .options(joinedload(Objection.idea), _ROUND)
        .order_by(Objection.number.desc())
    )
    return list(db.session.scalars(query))


def is_on_board(board: Board, idea_id: int) -> bool:
    """Whether the entry stands in the ranking in force."""
    query = select(StandingRow.idea_id).where(
        StandingRow.snapshot_id == (board.snapshot_id or 0), StandingRow.idea_id == idea_id
    )
    return db.session.scalar(query) is not None


def lock_last_number(event_id: int) -> int:
    """The last number given to an objection of the event; others wait until this transaction ends."""
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    query = select(func.max(Objection.number)).where(Objection.event_id == event_id)
    return db.session.scalar(query) or 0


def list_window_extensions(board: Board | None, zone: str) -> list[ObjectionExtension]:
    """How the window of the announcement in force grew, oldest first. No statement where it is as it was announced."""
    if board is None or not board.state.is_public or board.announced_at is None:
        return []
    if board.objections_until == end_of_window(board.announced_at, board.objection_days, zone):
        return []
    query = select(ObjectionExtension).filter_by(board_id=board.id, snapshot_id=board.snapshot_id)
    return list(db.session.scalars(query.order_by(ObjectionExtension.id)))

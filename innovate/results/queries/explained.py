"""Reading how one idea came to its rank."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.models import Event, Phase
from innovate.ideas.models import Idea
from innovate.results.domain.method import Method
from innovate.results.domain.standing import Row
from innovate.results.domain.ties.menu import draw_lot
from innovate.results.domain.ties.rules import TieRule
from innovate.results.domain.veil import Veil, veil
from innovate.results.models import FrozenResult, Snapshot, StandingRow
from innovate.results.queries.boards import BoardView, compute_board
from innovate.results.queries.snapshots import veil_of
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Round


class Lot(NamedTuple):
    """A lot that was drawn: the Merkle root of the frozen ballots, the idea's public id, and the SHA-256 of both."""

    root: str
    idea: str
    drawn: str


@dataclass(frozen=True)
class Explained:
    """A row with what it was computed from. `steps` one for each round (`scored.working`), `rounds` their names."""

    row: Row | StandingRow
    steps: Sequence[Mapping[str, Any]]
    rounds: Sequence[str]
    method: Method
    criteria: Sequence[str]
    top: int | None
    ranked: int
    rules: Mapping[str, Any]
    lot: Lot | None = None


def explain_frozen(view: BoardView, idea_public_id: str, hidden: Collection[int] = ()) -> Explained:
    """Out of the snapshot in force; NotFound for an idea that is not in it. `hidden`: ideas kept from the reader."""
    key = view.board.snapshot_id if view.board else None
    snapshot = db.session.get(Snapshot, key) if key else None
    if snapshot is None:
        raise NotFound
    query = select(StandingRow).where(StandingRow.snapshot_id == snapshot.id)
    row = db.session.scalar(
        query.where(StandingRow.idea_public_id == idea_public_id).options(undefer(StandingRow.working))
    )
    if row is None or row.idea_id in hidden:
        raise NotFound
    over = veil_of(snapshot.id, hidden) if hidden else Veil()
    together = (StandingRow.snapshot_id == snapshot.id) & (StandingRow.group_code == row.group_code)
    count = select(func.count(StandingRow.rank)).where(together, StandingRow.pool == row.pool)
    return Explained(
        row=over.over(row) if hidden else row,
        steps=row.working or [],
        rounds=_name_rounds([fit["round"] for fit in snapshot.fits or []]),
        method=Method(snapshot.method),
        criteria=snapshot.criteria or [],
        top=snapshot.top,
        ranked=(db.session.scalar(count) or 0) - _count_together(over.kept, row),
        rules=snapshot.rules or {},
        lot=None if hidden else _find_lot(row),  # a tie is not told to whom entries are kept from
    )


def _find_lot(row: StandingRow) -> Lot | None:
    if not row.tie or row.tie["rule"] != TieRule.LOT:
        return None
    root = db.session.scalar(select(FrozenResult.root).where(FrozenResult.snapshot_id == row.snapshot_id))
    return Lot(root, row.idea_public_id, draw_lot(bytes.fromhex(root), row.idea_public_id)) if root else None


def explain_open(
    event: Event, view: BoardView, idea_public_id: str, hidden: Collection[int] = ()
) -> Explained:
    """Out of the ballots as they are now."""
    idea = db.session.scalar(
        select(Idea.id).where(Idea.event_id == event.id, Idea.public_id == idea_public_id)
    )
    computed = compute_board(event, view, explain=idea)
    rows = veil(computed.rows, hidden)
    row = next((row for row in rows if row.idea_id == idea), None)
    if row is None:
        raise NotFound
    rules = computed.basis.rules
    return Explained(
        row=row,
        steps=row.working or [],
        rounds=[round_.phase.name for round_ in computed.basis.rounds],
        method=rules.method,
        criteria=computed.criteria,
        top=computed.top,
        ranked=_count_together(rows, row),
        rules={"passing": rules.passing, "quota": rules.quota},
    )


def _count_together(rows: Sequence[Any], row: Any) -> int:
    """How many of the rows are ranked together with one."""
    group = row.group_code, row.pool
    return sum(other.rank is not None and (other.group_code, other.pool) == group for other in rows)


def _name_rounds(round_ids: Sequence[int]) -> list[str]:
    query = (
        select(Round.id, Phase.name).join(Phase, Phase.id == Round.phase_id).where(Round.id.in_(round_ids))
    )
    names = {row.id: row.name for row in db.session.execute(query)}
    return [names.get(key, "") for key in round_ids]


class Judged(NamedTuple):
    """Who gave an idea what, for those who may know."""

    juror: str
    total: float | None
    state: BallotState
    seat: str


def list_judged(round_: Round, idea_id: int) -> list[Judged]:
    """The ballots of one idea in a round that were handed in, those taken out of the count too, by juror."""
    query = (
        select(User.name, Ballot.total, Ballot.state, Assignment.public_id)
        .join(Ballot, Ballot.user_id == User.id)
        .join(Assignment, Assignment.id == Ballot.assignment_id)
        .where(Ballot.round_id == round_.id, Ballot.idea_id == idea_id)
        .where(Ballot.submitted_at.is_not(None))
        .order_by(User.name)
    )
    return [Judged(*row) for row in db.session.execute(query)]

"""What an inspector looks at in one competition. Names of officials and what they did; no addresses or telephones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from innovate.accounts.models import User
from innovate.audit.models import AuditCheckpoint, AuditEntry
from innovate.audit.queries import find_last_checkpoint
from innovate.core.db import db
from innovate.documents.models import Document
from innovate.events.models import Event, Phase, PhaseChange
from innovate.ideas.models import Idea, Screening
from innovate.results.models import Board, BoardChange, Objection, ResultBundle, Snapshot
from innovate.results.queries.boards import BoardView, list_boards
from innovate.scoring.models.ballots import Ballot, BallotChange
from innovate.scoring.models.integrity import Dismissal
from innovate.scoring.models.jury import Assignment, Conflict
from innovate.scoring.models.late import LateBallot
from innovate.scoring.models.rounds import Round

_MOST = 200
_CORRECTIONS = ("late", "reopen", "exclude", "include", "rubric")


@dataclass(frozen=True)
class Correction:
    """Something that was decided otherwise afterwards: when, what kind, which entry, by whom and why."""

    at: datetime
    kind: str
    entry: str
    by: str
    reason: str


@dataclass(frozen=True)
class Inspection:
    """All of it, in a number of statements that does not grow with the event."""

    entries: int
    checkpoint: AuditCheckpoint | None
    boards: Sequence[BoardView]
    snapshots: Sequence[tuple[Snapshot, str]]
    bundles: Sequence[ResultBundle]
    documents: tuple[int, int]
    ended: Sequence[Document]
    objections: Sequence[Objection]
    dismissals: Sequence[tuple[Dismissal, str, str, str, str]]
    withdrawn: Sequence[tuple[Conflict, str, str, str]]
    corrections: Sequence[Correction]


def load_inspection(event: Event) -> Inspection:
    """Everything for the page of inspectors."""
    boards = list_boards(event)
    ids = [view.board.id for view in boards if view.board]
    taken = select(Snapshot, User.name).join(User, User.id == Snapshot.taken_by_id)
    taken = taken.where(Snapshot.board_id.in_(ids)).order_by(Snapshot.board_id, Snapshot.number.desc())
    bundles = select(ResultBundle).join(Snapshot, Snapshot.id == ResultBundle.snapshot_id)
    ended = select(Document).where(Document.event_id == event.id, Document.ended_at.is_not(None))
    objections = select(Objection).where(Objection.event_id == event.id).order_by(Objection.number.desc())
    return Inspection(
        entries=_count(AuditEntry, AuditEntry.event_id == event.id),
        checkpoint=find_last_checkpoint(),
        boards=boards,
        snapshots=[(row, name) for row, name in db.session.execute(taken.limit(_MOST))],
        bundles=list(
            db.session.scalars(bundles.where(Snapshot.board_id.in_(ids)).order_by(ResultBundle.snapshot_id))
        ),
        documents=(
            _count(Document, Document.event_id == event.id, Document.ended_at.is_(None)),
            _count(Document, Document.event_id == event.id, Document.ended_at.is_not(None)),
        ),
        ended=list(db.session.scalars(ended.order_by(Document.ended_at.desc()).limit(_MOST))),
        objections=list(db.session.scalars(objections.limit(_MOST))),
        dismissals=_list_dismissals(event.id),
        withdrawn=_list_withdrawn(event.id),
        corrections=sorted(_corrections(event.id, ids), key=lambda each: each.at, reverse=True)[:_MOST],
    )


def _count(table: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def _list_dismissals(event_id: int) -> list[tuple[Dismissal, str, str, str, str]]:
    """(dismissal, entry, juror, proposed by, confirmed by) that stand."""
    proposer, confirmer = aliased(User), aliased(User)
    query = (
        select(Dismissal, Idea.title, User.name, proposer.name, confirmer.name)
        .join(Idea, Idea.id == Dismissal.idea_id)
        .join(User, User.id == Dismissal.user_id)
        .join(proposer, proposer.id == Dismissal.proposed_by_id)
        .outerjoin(confirmer, confirmer.id == Dismissal.confirmed_by_id)
        .where(Dismissal.event_id == event_id, Dismissal.ended_at.is_(None))
        .order_by(Dismissal.id.desc())
        .limit(_MOST)
    )
    return [(row, entry, juror, by, sure or "") for row, entry, juror, by, sure in db.session.execute(query)]


def _list_withdrawn(event_id: int) -> list[tuple[Conflict, str, str, str]]:
    """(conflict, entry, juror, ended by) of those that were put aside."""
    ender = aliased(User)
    query = (
        select(Conflict, Idea.title, User.name, ender.name)
        .join(Idea, Idea.id == Conflict.idea_id)
        .join(User, User.id == Conflict.user_id)
        .join(ender, ender.id == Conflict.ended_by_id)
        .where(Conflict.event_id == event_id)
        .order_by(Conflict.id.desc())
        .limit(_MOST)
    )
    return [(row, entry, juror, by) for row, entry, juror, by in db.session.execute(query)]


def _corrections(event_id: int, board_ids: Sequence[int]) -> list[Correction]:
    ballots = (
        select(BallotChange.at, BallotChange.action, Idea.title, User.name, BallotChange.reason)
        .join(Ballot, Ballot.id == BallotChange.ballot_id)
        .join(Round, Round.id == Ballot.round_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .join(User, User.id == BallotChange.actor_id)
        .where(Round.event_id == event_id, BallotChange.action.in_(_CORRECTIONS))
        .order_by(BallotChange.id.desc())
    )
    late = (
        select(LateBallot.decided_at, LateBallot.state, Idea.title, User.name, LateBallot.decided_reason)
        .join(Assignment, Assignment.id == LateBallot.assignment_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .join(User, User.id == LateBallot.decided_by_id)
        .where(LateBallot.event_id == event_id)
        .order_by(LateBallot.id.desc())
    )
    moves = (
        select(BoardChange.at, BoardChange.after, Phase.name, User.name, BoardChange.reason)
        .join(Board, Board.id == BoardChange.board_id)
        .join(Round, Round.id == Board.round_id)
        .join(Phase, Phase.id == Round.phase_id)
        .join(User, User.id == BoardChange.actor_id)
        .where(BoardChange.board_id.in_(board_ids), BoardChange.reason != "")
        .order_by(BoardChange.id.desc())
    )
    screened = (
        select(Screening.undone_at, Screening.decision, Idea.title, User.name, Screening.undo_reason)
        .join(Idea, Idea.id == Screening.idea_id)
        .join(User, User.id == Screening.undone_by_id)
        .where(Idea.event_id == event_id)
        .order_by(Screening.id.desc())
    )
    moved = (
        select(PhaseChange.at, Phase.kind, Phase.name, User.name, PhaseChange.reason)
        .join(Phase, Phase.id == PhaseChange.phase_id)
        .join(User, User.id == PhaseChange.actor_id)
        .where(Phase.event_id == event_id)
        .order_by(PhaseChange.id.desc())
    )
    kinds = (("ballot", ballots), ("late", late), ("board", moves), ("screening", screened), ("phase", moved))
    return [
        Correction(at, f"{kind}.{code}" if kind in {"ballot", "board"} else kind, entry, by, reason)
        for kind, query in kinds
        for at, code, entry, by, reason in db.session.execute(query.limit(_MOST))
    ]

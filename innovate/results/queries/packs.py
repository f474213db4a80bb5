"""What stands behind announced results, row by row, for the committee's workbook; and the workbooks made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.models import Event, Group
from innovate.ideas.models import Idea
from innovate.pairwise.models import Contest
from innovate.results.models import Board, BoardChange, CommitteePack, Objection, TieRuling
from innovate.results.queries.boards import BoardView, list_public_boards
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.jury import Conflict
from innovate.scoring.models.rounds import Criterion
from innovate.tasks.models import Task
from innovate.tasks.queries import list_tasks
from innovate.teams.models import Team
from innovate.voting.queries.packs import find_last_move

PACK = "results.pack"
AT_ONCE = 2_000
_Ender = aliased(User)


def subject_of(event_id: int) -> str:
    """How tasks name what is packed."""
    return f"event:{event_id}"


def find_pack_place(task: Task) -> tuple[str, dict[str, Any]]:
    """Where packs are fetched: endpoint and values."""
    event = db.session.get_one(Event, task.event_id)
    return "results.packs", {"slug": event.slug}


def find_pack_task(event_id: int) -> Task | None:
    """The latest making."""
    return next(iter(list_tasks(PACK, subject_of(event_id), limit=1)), None)


def find_pack(event: Event) -> CommitteePack | None:
    """The latest workbook, if results are announced and neither a board nor a vote's outcome moved since."""
    if not list_public_boards(event):
        return None
    moved = select(func.max(BoardChange.at)).join(Board, Board.id == BoardChange.board_id)
    moved = moved.where(Board.event_id == event.id)
    query = select(CommitteePack).where(
        CommitteePack.event_id == event.id, CommitteePack.made_at >= moved.scalar_subquery()
    )
    if told := find_last_move(event.id):
        query = query.where(CommitteePack.made_at >= told)
    return db.session.scalar(query.order_by(CommitteePack.id.desc()).limit(1))


def _stream(query: Select[Any]) -> Iterator[Sequence[Any]]:
    yield from map(_named, db.session.execute(query.execution_options(yield_per=AT_ONCE)))


def _named(row: Sequence[Any]) -> Sequence[Any]:
    """A row with its people by name."""
    return tuple(value.full_name if isinstance(value, User) else value for value in row)


def iter_scores(view: BoardView) -> Iterator[Sequence[Any]]:
    """(number, title, juror, state, total, submitted at, criterion, value) of every score that was given."""
    query = (
        select(
            Idea.number,
            Idea.title,
            User,
            Ballot.state,
            Ballot.total,
            Ballot.submitted_at,
            Criterion.name,
            BallotScore.value,
        )
        .join(Ballot, Ballot.id == BallotScore.ballot_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .join(User, User.id == Ballot.user_id)
        .join(Criterion, Criterion.id == BallotScore.criterion_id)
        .where(Ballot.round_id == view.round.id, Ballot.state != BallotState.DRAFT)
        .order_by(Idea.number, Ballot.id, Criterion.position)
    )
    return _stream(query)


def name_groups(event_id: int) -> dict[str, str]:
    """The event's groups, names by code."""
    return dict(
        db.session.execute(select(Group.code, Group.name).where(Group.event_id == event_id)).tuples().all()
    )


def list_comments(view: BoardView) -> list[Sequence[Any]]:
    """(number, title, juror, criterion or "", to the team, to the jury): whatever was written."""
    common = (Idea.number, Idea.title, User)
    whole = select(*common, Ballot.comment_team, Ballot.comment_internal).select_from(Ballot)
    whole = whole.where((Ballot.comment_team != "") | (Ballot.comment_internal != ""))
    parts = select(*common, Criterion.name, BallotScore.comment, BallotScore.comment_internal)
    parts = parts.select_from(BallotScore).join(Ballot, Ballot.id == BallotScore.ballot_id)
    parts = parts.join(Criterion, Criterion.id == BallotScore.criterion_id)
    parts = parts.where((BallotScore.comment != "") | (BallotScore.comment_internal != ""))
    rows = [(*row[:3], "", *row[3:]) for row in map(_named, db.session.execute(_of_round(whole, view)))]
    return [*rows, *map(_named, db.session.execute(_of_round(parts, view)))]


def _of_round(query: Select[Any], view: BoardView) -> Select[Any]:
    query = query.join(Idea, Idea.id == Ballot.idea_id).join(User, User.id == Ballot.user_id)
    query = query.where(Ballot.round_id == view.round.id, Ballot.state != BallotState.DRAFT)
    return query.order_by(Idea.number, Ballot.id)


def list_conflicts(event_id: int) -> list[Sequence[Any]]:
    """(number, title, juror, source, reason, at, ended at, ended by, why it ended), oldest first."""
    query = (
        select(
            Idea.number,
            Idea.title,
            User,
            Conflict.source,
            Conflict.reason,
            Conflict.at,
            Conflict.ended_at,
            _Ender,
            Conflict.ended_reason,
        )
        .join(Idea, Idea.id == Conflict.idea_id)
        .join(User, User.id == Conflict.user_id)
        .outerjoin(_Ender, _Ender.id == Conflict.ended_by_id)
        .where(Conflict.event_id == event_id)
        .order_by(Conflict.id)
    )
    return list(map(_named, db.session.execute(query)))


def list_changes(view: BoardView, actions: Collection[str]) -> list[Sequence[Any]]:
    """(number, title, juror, what was done, reason, by whom, at) of these kinds of changes of ballots."""
    query = (
        select(
            Idea.number,
            Idea.title,
            User,
            BallotChange.action,
            BallotChange.reason,
            _Ender,
            BallotChange.at,
        )
        .join(Ballot, Ballot.id == BallotChange.ballot_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .join(User, User.id == Ballot.user_id)
        .join(_Ender, _Ender.id == BallotChange.actor_id)
        .where(Ballot.round_id == view.round.id, BallotChange.action.in_(actions))
        .order_by(BallotChange.id)
    )
    return list(map(_named, db.session.execute(query)))


def list_verdicts(view: BoardView) -> list[Sequence[Any]]:
    """(name, verdict, reason, by whom, at) of the comparisons that were decided beside a round."""
    query = (
        select(Contest.name, Contest.verdict, Contest.verdict_reason, User, Contest.verdict_at)
        .outerjoin(User, User.id == Contest.verdict_by_id)
        .where(Contest.round_id == view.round.id, Contest.verdict.is_not(None))
        .order_by(Contest.id)
    )
    return list(map(_named, db.session.execute(query)))


def list_rulings(view: BoardView) -> list[Sequence[Any]]:
    """(order by title, reason, by whom, at, withdrawn at, by whom, why) of the jury's decisions about equal scores."""
    query = (
        select(TieRuling, User, _Ender)
        .join(User, User.id == TieRuling.made_by_id)
        .outerjoin(_Ender, _Ender.id == TieRuling.withdrawn_by_id)
        .where(TieRuling.round_id == view.round.id)
        .order_by(TieRuling.id)
    )
    found = db.session.execute(query).all()
    wanted = {idea for ruling, *_people in found for idea in ruling.order}
    titles = dict(db.session.execute(select(Idea.id, Idea.title).where(Idea.id.in_(wanted))).tuples().all())
    return [
        (
            " > ".join(titles.get(idea, str(idea)) for idea in ruling.order),
            ruling.reason,
            maker.full_name,
            ruling.made_at,
            ruling.withdrawn_at,
            ender.full_name if ender else "",
            ruling.withdrawn_reason,
        )
        for ruling, maker, ender in found
    ]


def list_objections(view: BoardView) -> list[Sequence[Any]]:
    """(number, entry's number, title, team, reason, by whom, at, attachment, outcome, answer, by whom, at)."""
    query = (
        select(
            Objection.number,
            Idea.number,
            Idea.title,
            Team.name,
            Objection.reason,
            User,
            Objection.filed_at,
            Objection.filename,
            Objection.outcome,
            Objection.answer,
            _Ender,
            Objection.answered_at,
        )
        .join(Idea, Idea.id == Objection.idea_id)
        .join(Team, Team.id == Idea.team_id)
        .join(User, User.id == Objection.filed_by_id)
        .outerjoin(_Ender, _Ender.id == Objection.answered_by_id)
        .where(Objection.board_id == (view.board.id if view.board else 0))
        .order_by(Objection.number)
    )
    return list(map(_named, db.session.execute(query)))

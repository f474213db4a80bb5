"""Every change of a round's ballots since its jury sat down."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.paging import Page, paginate
from innovate.deliberation.domain.amendments import ALONE, CLOSING, OPENING, Amendment, Step, put_together
from innovate.deliberation.models import Deliberation
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.rounds import Criterion, Rubric


class ChangeRow(NamedTuple):
    """A change with the entry it is about."""

    number: int | None
    title: str
    change: Amendment


SIZE = 20


def page_of_changes(
    session: Deliberation, *, hidden: Collection[int], juror_id: int | None = None, page: int = 1
) -> Page[ChangeRow]:
    """What happened to ballots from the opening on, later than its closing too, what was completed last first; without
    entries that do not exist for the reader, or only one juror's. Five statements; the ballots of one page are read.
    """
    in_session = (Ballot.round_id == session.round_id) & (BallotChange.at >= session.opened_at)
    if juror_id is not None:
        in_session &= Ballot.user_id == juror_id
    completed = select(BallotChange.id, BallotChange.ballot_id).join(
        Ballot, Ballot.id == BallotChange.ballot_id
    )
    completed = completed.where(in_session, Ballot.idea_id.not_in(hidden))
    completed = completed.where(
        BallotChange.action.in_(CLOSING | ALONE) | BallotChange.id.in_(_pending(in_session))
    )
    found = paginate(completed.order_by(BallotChange.id.desc()), page=page, size=SIZE, scalars=False)
    steps, about = _load_steps({row.ballot_id for row in found.items}, session)
    now = _load_states(steps)
    by_step = {
        change.step: ChangeRow(*about[key], change)
        for key in steps
        for change in put_together(steps[key], now[key])
    }
    rows = [by_step[row.id] for row in found.items]
    return Page(rows, found.page, found.size, found.total)


def _pending(in_session: ColumnElement[bool]) -> Select[Any]:
    """The first step of each amendment that was not handed in again."""
    later = aliased(BallotChange)
    done = exists().where(
        later.ballot_id == BallotChange.ballot_id, later.id > BallotChange.id, later.action.in_(CLOSING)
    )
    query = select(func.min(BallotChange.id)).join(Ballot, Ballot.id == BallotChange.ballot_id)
    return query.where(in_session, BallotChange.action == OPENING, ~done).group_by(BallotChange.ballot_id)


def _load_steps(
    ballot_ids: Collection[int], session: Deliberation
) -> tuple[dict[int, list[Step]], dict[int, tuple[int | None, str]]]:
    query = (
        select(
            BallotChange.ballot_id,
            Idea.number,
            IdeaRevision.title,
            BallotChange.id,
            BallotChange.action,
            User.name,
            BallotChange.reason,
            BallotChange.before,
            BallotChange.at,
        )
        .join(Ballot, Ballot.id == BallotChange.ballot_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(User, User.id == BallotChange.actor_id)
        .where(BallotChange.ballot_id.in_(ballot_ids), BallotChange.at >= session.opened_at)
        .where(BallotChange.action != "unchosen")
        .order_by(BallotChange.id)
    )
    steps: dict[int, list[Step]] = {}
    about: dict[int, tuple[int | None, str]] = {}
    for ballot_id, number, title, *rest in db.session.execute(query):
        steps.setdefault(ballot_id, []).append(Step(*rest))
        about[ballot_id] = (number, title)
    return steps, about


def _load_states(ballot_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    if not ballot_ids:
        return {}
    query = select(Ballot.id, Ballot.state, Ballot.total).where(Ballot.id.in_(ballot_ids))
    states: dict[int, dict[str, Any]] = {
        key: {"state": BallotState(state).value, "total": total, "values": {}}
        for key, state, total in db.session.execute(query)
    }
    scores = select(BallotScore.ballot_id, BallotScore.criterion_id, BallotScore.value)
    scores = scores.join(Ballot, Ballot.id == BallotScore.ballot_id)
    scores = scores.join(Criterion, Criterion.id == BallotScore.criterion_id)
    scores = scores.where(Ballot.id.in_(ballot_ids), Criterion.rubric_id == Ballot.rubric_id)
    for key, criterion, value in db.session.execute(scores.where(BallotScore.value.is_not(None))):
        states[key]["values"][str(criterion)] = str(value)
    return states


def list_names(round_id: int) -> dict[str, str]:
    """Names of every criterion the round ever had, by key as text."""
    query = select(Criterion.id, Criterion.name).join(Rubric, Rubric.id == Criterion.rubric_id)
    return {str(key): name for key, name in db.session.execute(query.where(Rubric.round_id == round_id))}

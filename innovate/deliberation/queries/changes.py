"""Every change of a round's ballots since its jury sat down."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.deliberation.domain.amendments import Amendment, Step, put_together
from innovate.deliberation.models import Deliberation
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.rounds import Criterion, Rubric


class ChangeRow(NamedTuple):
    """A change with the entry it is about."""

    number: int | None
    title: str
    juror_id: int
    change: Amendment


def list_changes(session: Deliberation, *, hidden: Collection[int]) -> list[ChangeRow]:
    """What happened to ballots from the opening on, later than its closing too, the newest first; without entries
    that do not exist for the reader. Three statements.
    """
    query = (
        select(
            BallotChange.ballot_id,
            Idea.id,
            Idea.number,
            IdeaRevision.title,
            Ballot.user_id,
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
        .where(Ballot.round_id == session.round_id, BallotChange.at >= session.opened_at)
        .where(BallotChange.action != "unchosen")
        .order_by(BallotChange.id)
    )
    steps: dict[int, list[Step]] = {}
    about: dict[int, tuple[int | None, str, int]] = {}
    for ballot_id, idea_id, number, title, juror_id, *rest in db.session.execute(query):
        if idea_id not in hidden:
            steps.setdefault(ballot_id, []).append(Step(*rest))
            about[ballot_id] = (number, title, juror_id)
    now = _load_states(steps)
    rows = [ChangeRow(*about[key], change) for key in steps for change in put_together(steps[key], now[key])]
    return sorted(rows, key=lambda row: row.change.at, reverse=True)


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

"""Contests of an event, and what seals them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.events.domain.seal import BoardState
from innovate.pairwise.models import Contest, ContestEntry, ContestJuror, ContestState, Step, StepKind
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.seal import find_board_state


def find_seal(contest: Contest) -> BoardState:
    """The state that decides who may see the contest's ranking.

    While jurors compare, nobody but organizers and auditors; then the chair; everybody else once the round's board is
    announced.
    """
    if contest.state is not ContestState.CLOSED:
        return BoardState.COLLECTING
    state = find_board_state(contest.round)
    return BoardState.PROVISIONAL if state is BoardState.COLLECTING else state


def get_contest(event_id: int, public_id: str) -> Contest:
    """A contest of the event with its round, or NotFound."""
    query = select(Contest).where(Contest.public_id == public_id, Contest.event_id == event_id)
    loaded = (joinedload(Contest.round).joinedload(Round.phase), joinedload(Contest.verdict_by))
    contest = db.session.scalar(query.options(*loaded))
    if contest is None:
        raise NotFound
    return contest


class ContestRow(NamedTuple):
    """A contest with its counts."""

    contest: Contest
    entries: int
    jurors: int
    votes: int


def list_contests(event_id: int) -> list[ContestRow]:
    """The event's contests, the newest first, counted. One statement."""
    entries = (
        select(func.count())
        .where(ContestEntry.contest_id == Contest.id, ContestEntry.removed_at.is_(None))
        .scalar_subquery()
    )
    jurors = (
        select(func.count())
        .where(ContestJuror.contest_id == Contest.id, ContestJuror.removed_at.is_(None))
        .scalar_subquery()
    )
    votes = (
        select(func.count())
        .where(Step.contest_id == Contest.id, Step.kind == StepKind.VOTE, Step.undone_at.is_(None))
        .scalar_subquery()
    )
    query = select(Contest, entries, jurors, votes).where(Contest.event_id == event_id)
    query = query.options(joinedload(Contest.round).joinedload(Round.phase)).order_by(Contest.id.desc())
    return [ContestRow(*row) for row in db.session.execute(query)]


def list_contests_of(round_id: int, *, only_published: bool = False) -> list[Contest]:
    """The contests beside a round, oldest first; for the public only those that were published. One statement."""
    query = select(Contest).where(Contest.round_id == round_id).order_by(Contest.id)
    if only_published:
        query = query.where(Contest.published_at.is_not(None), Contest.state == ContestState.CLOSED)
    return list(db.session.scalars(query))


def get_published_contest(event_id: int, public_id: str) -> Contest:
    """A contest whose outcome everybody may read: closed, published, its round's board announced; or NotFound."""
    contest = get_contest(event_id, public_id)
    require(contest.published_at is not None and find_seal(contest).is_public, NotFound())
    return contest


def list_own_contests(event_id: int, user_id: int) -> list[Contest]:
    """Contests the person judges in that were opened, the open ones first. One statement."""
    query = (
        select(Contest)
        .join(ContestJuror, ContestJuror.contest_id == Contest.id)
        .where(
            Contest.event_id == event_id,
            Contest.state != ContestState.DRAFT,
            ContestJuror.user_id == user_id,
            ContestJuror.removed_at.is_(None),
        )
        .options(joinedload(Contest.round).joinedload(Round.phase))
        .order_by(Contest.state.desc(), Contest.id.desc())
    )
    return list(db.session.scalars(query))


TRAIL_NAMES = {"pairwise_contest": names_by(Contest.id, Contest.name)}

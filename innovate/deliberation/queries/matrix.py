"""The scores of a panel side by side, for those who sit together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Numeric, Select, case, cast, func, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.deliberation.domain.disagreement import Disagreement, measure, median_deviation, middle_of
from innovate.deliberation.models import Deliberation, DeliberationNote
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import CriterionRow
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.jury import Coverage, select_coverage

SIZE = 30


class Given(NamedTuple):
    """What one juror gave an entry."""

    user_id: int
    juror: str
    total: float


@dataclass(frozen=True)
class MatrixRow:
    """An entry with every total handed in, and how far apart they lie. No team: the row is safe in a blind round."""

    entry: Coverage
    spread: Disagreement
    given: list[Given]


@dataclass(frozen=True)
class Matrix:
    """A page of the panel's rows, the widest apart first, and the panel's median spread."""

    page: Page[MatrixRow]
    median: float | None


def load_matrix(round_: Round, *, hidden: Collection[int], page: int = 1) -> Matrix:
    """The score matrix without the entries that do not exist for the reader. Five statements, a page of rows."""
    entries = select_coverage(round_)
    if hidden:
        entries = entries.where(Idea.id.not_in(hidden))
    spread = (_rounded(_VARIANCE).desc(), _rounded(_WIDTH).desc())
    order = (case((_COUNT < 2, 1), else_=0), *spread, Idea.number, Idea.id)
    found = paginate(entries.order_by(None).order_by(*order), page=page, size=SIZE, scalars=False)
    median = _find_median(entries)
    rows = [Coverage(*row) for row in found.items]
    given: dict[int, list[Given]] = {row.idea_id: [] for row in rows}
    for idea_id, *rest in db.session.execute(_ballots(round_).where(Ballot.idea_id.in_(given))):
        given[idea_id].append(Given(*rest))
    shown = [
        MatrixRow(row, measure([g.total for g in given[row.idea_id]], median), given[row.idea_id])
        for row in rows
    ]
    return Matrix(Page(shown, found.page, found.size, found.total), median)


_COUNT = func.count(Ballot.id)
_SUM = func.sum(Ballot.total)
_WIDTH = func.coalesce(func.max(Ballot.total) - func.min(Ballot.total), 0.0)
_VARIANCE = case(
    (_COUNT > 1, (func.sum(Ballot.total * Ballot.total) - _SUM * _SUM / _COUNT) / (_COUNT - 1)), else_=0.0
)


def _rounded(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Sums are not exact: what is equal must not be told apart by their last digits."""
    return func.round(cast(value, Numeric), 6)


def _find_median(entries: Select[Any]) -> float | None:
    """The median standard deviation of the entries that have one."""
    spread = entries.order_by(None).having(_COUNT > 1).with_only_columns(_VARIANCE.label("variance"))
    count = db.session.scalar(select(func.count()).select_from(spread.subquery())) or 0
    skip, take = middle_of(count)
    middle = spread.order_by(_VARIANCE).offset(skip).limit(take)
    return median_deviation([float(value) for value in db.session.scalars(middle)])


def _ballots(round_: Round) -> Select[Any]:
    return (
        select(Ballot.idea_id, User.id, User.name, Ballot.total)
        .join(User, User.id == Ballot.user_id)
        .join(Assignment, Assignment.id == Ballot.assignment_id)
        .where(Ballot.round_id == round_.id, Ballot.state == BallotState.SUBMITTED)
        .where(Assignment.state == AssignmentState.ACTIVE)
        .order_by(User.name, Ballot.id)
    )


@dataclass(frozen=True)
class Sheet:
    """One juror's ballot of an entry, handed in or being changed."""

    public_id: str
    user_id: int
    juror: str
    submitted: bool
    total: float | None
    values: dict[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class EntryPage:
    """An entry in session: the criteria in force, and every juror's values."""

    idea_id: int
    public_id: str
    number: int | None
    title: str
    criteria: list[CriterionRow]
    sheets: list[Sheet]


def get_entry(round_: Round, idea_public_id: str, *, hidden: Collection[int]) -> EntryPage:
    """One entry of the round with what everybody handed in, or NotFound. Four statements."""
    query = select(Idea.id, Idea.number, IdeaRevision.title)
    query = query.join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
    query = query.where(Idea.public_id == idea_public_id, Idea.event_id == round_.event_id)
    row = db.session.execute(query).one_or_none()
    if row is None or row.id in hidden:
        raise NotFound
    seats = db.session.execute(_seats(round_, row.id)).all()
    if not seats:
        raise NotFound
    scores = select(BallotScore.ballot_id, BallotScore.criterion_id, BallotScore.value)
    scores = scores.where(BallotScore.ballot_id.in_([s.ballot_id for s in seats]))
    values: dict[int, dict[int, Decimal]] = {}
    for ballot_id, criterion_id, value in db.session.execute(scores.where(BallotScore.value.is_not(None))):
        values.setdefault(ballot_id, {})[criterion_id] = value
    sheets = []
    for seat in seats:
        done = seat.state is BallotState.SUBMITTED
        shown = values.get(seat.ballot_id, {}) if done else {}
        sheets.append(
            Sheet(seat.public_id, seat.user_id, seat.name, done, seat.total if done else None, shown)
        )
    criteria = list_criteria(round_.rubric_id)
    return EntryPage(row.id, idea_public_id, row.number, row.title, criteria, sheets)


def _seats(round_: Round, idea_id: int) -> Select[Any]:
    return (
        select(
            Assignment.public_id,
            Assignment.user_id,
            User.name,
            Ballot.id.label("ballot_id"),
            Ballot.state,
            Ballot.total,
        )
        .join(User, User.id == Assignment.user_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_.id, Assignment.idea_id == idea_id)
        .where(Assignment.state == AssignmentState.ACTIVE)
        .order_by(User.name, Assignment.id)
    )


def list_notes(session: Deliberation, idea_id: int) -> list[DeliberationNote]:
    """What was said about an entry in a session, in order of time."""
    query = select(DeliberationNote).filter_by(deliberation_id=session.id, idea_id=idea_id)
    query = query.options(joinedload(DeliberationNote.author)).order_by(DeliberationNote.id)
    return list(db.session.scalars(query))

"""Reading sheets: what to print, what is typed in, and how far a round is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.paper.domain.agreement import SheetState
from innovate.paper.domain.codes import read_code
from innovate.paper.models import PaperEntry, PaperSheet
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round, Rubric
from innovate.scoring.queries.conflicts import find_conflicts

_BALLOTS = (SheetState.MATCHED, SheetState.CONFIRMED)
_LOADED = (
    joinedload(PaperSheet.user),
    joinedload(PaperSheet.assignment).joinedload(Assignment.idea).joinedload(Idea.submitted_revision),
    joinedload(PaperSheet.assignment).joinedload(Assignment.ballot),
    selectinload(PaperSheet.entries).options(
        joinedload(PaperEntry.user),
        joinedload(PaperEntry.assignment).joinedload(Assignment.idea).joinedload(Idea.submitted_revision),
    ),
)


class Seat(NamedTuple):
    """An entry a juror has to score in a round."""

    id: int
    user_id: int
    number: int | None
    title: str


class Printed(NamedTuple):
    """One sheet as it is printed; a spare has neither number nor title."""

    code: str
    juror: str
    juror_public_id: str
    is_spare: bool
    number: int | None
    title: str | None


@dataclass(frozen=True)
class Progress:
    """How many sheets of the rubric in force are in which state; spares count once they are used."""

    counts: dict[SheetState, int]
    objections: int

    @property
    def total(self) -> int:
        """Sheets that want to be typed in."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Sheets that became ballots."""
        return sum(self.counts.get(state, 0) for state in _BALLOTS)

    def of(self, state: SheetState) -> int:
        """How many are in a state."""
        return self.counts.get(state, 0)


def list_seats(round_: Round, user_id: int | None = None) -> list[Seat]:
    """Active seats on entries still judged that are neither handed in nor closed by a conflict; by juror and number."""
    query = (
        select(Assignment.id, Assignment.user_id, Idea.number, IdeaRevision.title, Idea.id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .where(Assignment.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE)
        .where(Idea.state == IdeaState.ELIGIBLE, ~_scored_online())
        .order_by(Assignment.user_id, Idea.number, Assignment.id)
    )
    if user_id is not None:
        query = query.where(Assignment.user_id == user_id)
    barred = find_conflicts(round_.event_id)
    rows = db.session.execute(query)
    return [Seat(*row[:4]) for row in rows if (row[4], row.user_id) not in barred]


def list_printable(round_: Round, juror: str = "") -> list[Printed]:
    """Sheets of the rubric in force that are not ballots yet, a juror's together, spares last."""
    seats = {seat.id: seat for seat in list_seats(round_)}
    query = (
        select(PaperSheet.code, PaperSheet.assignment_id, PaperSheet.is_spare, User.name, User.public_id)
        .join(User, User.id == PaperSheet.user_id)
        .where(PaperSheet.rubric_id == round_.rubric_id, PaperSheet.state.not_in(_BALLOTS))
    )
    if juror:
        query = query.where(User.public_id == juror)
    found = []
    for row in db.session.execute(query):
        seat = seats.get(row.assignment_id or 0)
        if seat is not None or row.is_spare:
            place = (seat.number, seat.title) if seat else (None, None)
            found.append(Printed(row.code, row.name, row.public_id, row.is_spare, *place))
    return sorted(found, key=lambda sheet: (sheet.juror, sheet.is_spare, sheet.number or 0, sheet.code))


def list_sheets_of(rubric_id: int) -> Sequence[PaperSheet]:
    """Every sheet printed under a rubric, bare."""
    return db.session.scalars(select(PaperSheet).where(PaperSheet.rubric_id == rubric_id)).all()


def get_paper(event_id: int, public_id: str, *, hidden: Collection[int] = ()) -> PaperSheet:
    """A sheet of the event with its juror, its entry and all that was typed, or NotFound; not of `hidden` entries."""
    query = select(PaperSheet).where(PaperSheet.event_id == event_id, PaperSheet.public_id == public_id)
    return _one(query.where(_is_shown(hidden)))


def get_own_paper(event_id: int, user_id: int, public_id: str) -> PaperSheet:
    """A juror's own sheet once it is a ballot, or NotFound."""
    query = select(PaperSheet).where(PaperSheet.event_id == event_id, PaperSheet.public_id == public_id)
    return _one(query.where(PaperSheet.user_id == user_id, PaperSheet.state.in_(_BALLOTS)))


def find_by_code(event_id: int, code: str, *, hidden: Collection[int] = ()) -> PaperSheet | None:
    """The event's sheet with this code (as `read_code` gives it), unless it is of one of the `hidden` entries."""
    query = select(PaperSheet).filter_by(event_id=event_id, code=code)
    return db.session.scalar(query.where(_is_shown(hidden)))


def list_own_papers(event_id: int, user_id: int) -> Sequence[PaperSheet]:
    """A juror's sheets that became ballots, the latest first."""
    query = select(PaperSheet).where(PaperSheet.event_id == event_id, PaperSheet.user_id == user_id)
    query = query.where(PaperSheet.state.in_(_BALLOTS)).order_by(PaperSheet.settled_at.desc(), PaperSheet.id)
    return db.session.scalars(query.options(*_LOADED)).all()


def count_own_papers(event_id: int, user_id: int) -> int:
    """How many of a juror's sheets became ballots."""
    query = select(func.count()).select_from(PaperSheet)
    query = query.where(PaperSheet.event_id == event_id, PaperSheet.user_id == user_id)
    return db.session.scalar(query.where(PaperSheet.state.in_(_BALLOTS))) or 0


def find_seat_by_number(round_: Round, user_id: int, number: int) -> Assignment | None:
    """The juror's latest seat on entry `number` in a round, whatever became of it."""
    query = select(Assignment).join(Idea, Idea.id == Assignment.idea_id)
    query = query.where(Assignment.round_id == round_.id, Assignment.user_id == user_id)
    return db.session.scalar(query.where(Idea.number == number).order_by(Assignment.id.desc()).limit(1))


def get_version(rubric_id: int) -> int:
    """The version number of a rubric."""
    return db.session.get_one(Rubric, rubric_id).version


def count_states(round_: Round) -> Progress:
    """Progress of a round. Two statements."""
    query = select(PaperSheet.state, func.count()).where(_wanted(round_)).group_by(PaperSheet.state)
    counts = dict(db.session.execute(query).tuples().all())
    objected = select(func.count()).where(PaperSheet.round_id == round_.id, _objected())
    return Progress(counts, db.session.scalar(objected) or 0)


def page_of_sheets(
    round_: Round,
    *,
    page: int = 1,
    size: int = 50,
    search: str = "",
    only: str = "",
    hidden: Collection[int] = (),
) -> Page[PaperSheet]:
    """Sheets of a round by juror and number. `only`: a state, or `objection`. Seven statements, whatever the size."""
    idea = aliased(Idea)
    seat = aliased(Assignment)
    query = (
        select(PaperSheet)
        .join(User, User.id == PaperSheet.user_id)
        .outerjoin(seat, seat.id == PaperSheet.assignment_id)
        .outerjoin(idea, idea.id == seat.idea_id)
        .outerjoin(IdeaRevision, IdeaRevision.id == idea.submitted_revision_id)
        .where(PaperSheet.round_id == round_.id, or_(_current(round_), PaperSheet.state != SheetState.BLANK))
        .where(_is_shown(hidden))
        .order_by(User.name, PaperSheet.is_spare, idea.number, PaperSheet.id)
    )
    if only == "objection":
        query = query.where(_objected())
    elif only:
        query = query.where(PaperSheet.state == SheetState(only))
    if search:
        query = query.where(_matches(search, idea))
    loaded = (contains_eager(PaperSheet.user), *_LOADED[1:])
    return paginate(query.options(*loaded), page=page, size=size)


def _one(query: Select[Any]) -> PaperSheet:
    found: PaperSheet | None = db.session.scalar(
        query.options(*_LOADED).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _is_shown(hidden: Collection[int]) -> ColumnElement[bool]:
    """Condition on PaperSheet: of none of these entries, neither as printed nor (a spare) as typed."""
    if not hidden:
        return true()
    seats = select(Assignment.id).where(Assignment.idea_id.in_(hidden))
    typed = select(PaperEntry.sheet_id).where(PaperEntry.assignment_id.in_(seats))
    printed = PaperSheet.assignment_id.is_(None) | PaperSheet.assignment_id.not_in(seats)
    return printed & PaperSheet.id.not_in(typed)


def _current(round_: Round) -> ColumnElement[bool]:
    return PaperSheet.rubric_id == (round_.rubric_id or 0)


def _wanted(round_: Round) -> ColumnElement[bool]:
    done = PaperSheet.state.in_(_BALLOTS)
    used = or_(PaperSheet.is_spare.is_(False), PaperSheet.state != SheetState.BLANK)
    online = select(Assignment.id).where(Assignment.id == PaperSheet.assignment_id, _scored_online()).exists()
    return (PaperSheet.round_id == round_.id) & or_(done, _current(round_) & ~online) & used


def _scored_online() -> ColumnElement[bool]:
    """Condition on Assignment: its ballot stands, so paper has nothing to add."""
    known = Ballot.state.in_((BallotState.SUBMITTED, BallotState.EXCLUDED))
    return select(Ballot.id).where(Ballot.assignment_id == Assignment.id, known).exists()


def _objected() -> ColumnElement[bool]:
    return PaperSheet.objected_at.is_not(None) & PaperSheet.answered_at.is_(None)


def _matches(search: str, idea: Any) -> ColumnElement[bool]:
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    wanted: list[ColumnElement[bool]] = [
        column.ilike(f"%{escaped}%", escape="\\") for column in (User.name, IdeaRevision.title)
    ]
    if code := read_code(search):
        wanted.append(PaperSheet.code == code)
    digits = search.lstrip("#").lstrip("0")
    if digits.isascii() and digits.isdecimal() and len(digits) < 9:
        wanted.append(idea.number == int(digits))
    return or_(*wanted)

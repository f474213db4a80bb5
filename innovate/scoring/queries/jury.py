"""Reading the jury: who judges, how far everyone is, which entries still need jurors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, and_, case, func, literal, select, union_all
from sqlalchemy.orm import contains_eager

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole, Group, Phase, Track
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Juror
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import JURY
from innovate.scoring.queries.rounds import is_entry_of

_GONE = (IdeaState.WITHDRAWN, IdeaState.DISQUALIFIED)


class Progress(NamedTuple):
    """How far a juror is in a round: assigned, begun (a draft exists), handed in, and when last at work."""

    assigned: int = 0
    begun: int = 0
    done: int = 0
    last_at: datetime | None = None

    @property
    def left(self) -> int:
        """What remains to be handed in."""
        return self.assigned - self.done

    def without(self, assigned: int, begun: int, done: int) -> Progress:
        """The same less what can no longer be scored."""
        return Progress(self.assigned - assigned, self.begun - begun, self.done - done, self.last_at)


def progress_by_juror(round_id: int) -> dict[int, Progress]:
    """Progress of every juror with an active assignment in the round, by user. Three statements, or four.

    Each table is gone through by itself: a ballot that is not excluded belongs to an active assignment. Entries that
    left the competition are taken off: nobody can score them any more.
    """
    held = select(Assignment.user_id, func.count()).where(
        Assignment.round_id == round_id, Assignment.state == AssignmentState.ACTIVE
    )
    given = select(
        Ballot.user_id,
        func.count(case((Ballot.state == BallotState.DRAFT, 1))),
        func.count(case((Ballot.state == BallotState.SUBMITTED, 1))),
        func.max(Ballot.updated_at),
    ).where(Ballot.round_id == round_id, Ballot.state != BallotState.EXCLUDED)
    work = {user_id: counts for user_id, *counts in db.session.execute(given.group_by(Ballot.user_id))}
    gone = _count_gone(round_id)
    return {
        user_id: Progress(assigned, *work.get(user_id, ())).without(*gone.get(user_id, (0, 0, 0)))
        for user_id, assigned in db.session.execute(held.group_by(Assignment.user_id))
    }


def _count_gone(round_id: int) -> dict[int, tuple[int, int, int]]:
    """By juror: seats with entries that left the competition, and how many have a draft or a submitted ballot.

    Such entries are few and found by their event and state first: joined, every seat of the round would look up its
    entry, which doubles the time of a dashboard of 25,000 seats.
    """
    event_id = select(Round.event_id).where(Round.id == round_id).scalar_subquery()
    gone = list(db.session.scalars(select(Idea.id).where(Idea.event_id == event_id, Idea.state.in_(_GONE))))
    if not gone:
        return {}
    query = (
        select(
            Assignment.user_id,
            func.count(),
            func.count(case((Ballot.state == BallotState.DRAFT, 1))),
            func.count(case((Ballot.state == BallotState.SUBMITTED, 1))),
        )
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.state == AssignmentState.ACTIVE)
        .where(Assignment.idea_id.in_(gone))
        .group_by(Assignment.user_id)
    )
    return {user_id: (seats, drafts, done) for user_id, seats, drafts, done in db.session.execute(query)}


class MyRound(NamedTuple):
    """A juror's work in one round of one event."""

    event_id: int
    phase_name: str
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    assigned: int
    done: int

    @property
    def left(self) -> int:
        """What remains to be handed in."""
        return self.assigned - self.done


def list_my_rounds(user_id: int, event_ids: Collection[int]) -> list[MyRound]:
    """The rounds of these events in which the person has something assigned, in order of time. One query."""
    query = (
        select(
            Round.event_id,
            Phase.name,
            Phase.starts_at,
            Phase.ends_at,
            Round.closed_at,
            func.count(),
            func.count(case((Ballot.state == BallotState.SUBMITTED, 1))),
        )
        .select_from(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(Phase, Phase.id == Round.phase_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.user_id == user_id, Assignment.state == AssignmentState.ACTIVE)
        .where(Round.event_id.in_(event_ids), Idea.state.not_in(_GONE))
        .group_by(Round.id, Round.event_id, Round.closed_at, Phase.name, Phase.starts_at, Phase.ends_at)
        .order_by(Phase.starts_at, Round.id)
    )
    return [MyRound(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class JurorRow:
    """A person who judges in the event."""

    user: User
    is_chair: bool
    public_title: str
    capacity: int | None
    expertise: tuple[str, ...]
    keywords: tuple[str, ...]
    last_seen_at: datetime | None
    progress: Progress


def list_jurors(event_id: int, round_id: int | None = None) -> list[JurorRow]:
    """Everyone with the role of juror or chair, by name; with their progress in a round if one is given."""
    query = (
        select(EventRole, Juror)
        .join(User, User.id == EventRole.user_id)
        .outerjoin(Juror, and_(Juror.event_id == event_id, Juror.user_id == User.id))
        .options(contains_eager(EventRole.user).joinedload(User.unit))
        .where(EventRole.event_id == event_id, EventRole.role.in_(JURY), EventRole.revoked_at.is_(None))
        .order_by(User.name, User.id)
    )
    progress = progress_by_juror(round_id) if round_id else {}
    rows: dict[int, JurorRow] = {}
    for role, juror in db.session.execute(query):
        before = rows.get(role.user_id)
        rows[role.user_id] = JurorRow(
            user=role.user,
            is_chair=role.role is Role.CHAIR or bool(before and before.is_chair),
            public_title=role.public_title or (before.public_title if before else ""),
            capacity=juror.capacity if juror else None,
            expertise=tuple(juror.expertise) if juror else (),
            keywords=tuple(juror.keywords) if juror else (),
            last_seen_at=juror.last_seen_at if juror else None,
            progress=progress.get(role.user_id, Progress()),
        )
    return list(rows.values())


def get_juror(event_id: int, public_id: str) -> JurorRow:
    """One juror of the event, or NotFound."""
    found = [row for row in list_jurors(event_id) if row.user.public_id == public_id]
    if not found:
        raise NotFound
    return found[0]


class Coverage(NamedTuple):
    """How many jurors an entry has and how many ballots count."""

    idea_id: int
    public_id: str
    number: int | None
    title: str
    group_code: str
    track_code: str
    assigned: int
    done: int


def select_coverage(round_: Round) -> Select[Any]:
    """The columns of `Coverage` for every entry of the round, by number; each row gathers the ballots that count."""
    active = and_(
        Assignment.idea_id == Idea.id,
        Assignment.round_id == round_.id,
        Assignment.state == AssignmentState.ACTIVE,
    )
    counted = and_(Ballot.assignment_id == Assignment.id, Ballot.state == BallotState.SUBMITTED)
    return (
        _select_entries(round_)
        .add_columns(func.count(Assignment.id).label("assigned"), func.count(Ballot.id).label("done"))
        .outerjoin(Assignment, active)
        .outerjoin(Ballot, counted)
        .group_by(Idea.id, IdeaRevision.id, Group.id, Track.id)
        .order_by(Idea.number, Idea.id)
    )


def _select_entries(round_: Round) -> Select[Any]:
    """The columns of `Coverage` without the counts."""
    return (
        select(
            Idea.id,
            Idea.public_id,
            Idea.number,
            IdeaRevision.title,
            func.coalesce(Group.code, ""),
            func.coalesce(Track.code, ""),
        )
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Track, Track.id == IdeaRevision.track_id)
        .where(is_entry_of(round_))
    )


def coverage_by_idea(round_: Round) -> list[Coverage]:
    """Every entry of the round with its jurors and ballots counted, by number, in one statement."""
    return coverage_by_round([round_])[round_.id]


def coverage_by_round(rounds: Collection[Round]) -> dict[int, list[Coverage]]:
    """The same for several rounds, by round, still in one statement.

    Counted entry by entry from indexes alone: of a large event that takes half of what joining and grouping takes.
    """
    found: dict[int, list[Coverage]] = {round_.id: [] for round_ in rounds}
    parts = [
        _select_entries(round_).add_columns(
            _count(Assignment, round_, AssignmentState.ACTIVE),
            _count(Ballot, round_, BallotState.SUBMITTED),
            literal(round_.id),
        )
        for round_ in rounds
    ]
    for *row, round_id in db.session.execute(union_all(*parts)) if parts else ():
        found[round_id].append(Coverage(*row))
    for entries in found.values():
        entries.sort(key=lambda entry: (entry.number or 0, entry.idea_id))
    return found


def _count(
    table: type[Assignment | Ballot], round_: Round, state: AssignmentState | BallotState
) -> ScalarSelect[int]:
    """How many rows the entry has in a state. A ballot that is not excluded belongs to an active assignment."""
    own = table.round_id == round_.id, table.idea_id == Idea.id, table.state == state
    return select(func.count()).select_from(table).where(*own).correlate(Idea).scalar_subquery()


def list_short_entries(round_: Round) -> list[Coverage]:
    """Entries with fewer jurors than the round wants."""
    query = select_coverage(round_).having(func.count(Assignment.id) < round_.ballots_per_idea)
    return [Coverage(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class Seat:
    """One juror on one entry."""

    public_id: str
    user_id: int
    juror: str
    state: AssignmentState
    reason: str
    by_draw: bool
    ballot: BallotState | None
    total: float | None


@dataclass(frozen=True)
class EntryRow:
    """An entry with its jurors: those at work, and those who stepped back or were taken away."""

    entry: Coverage
    seats: list[Seat] = field(default_factory=list)
    past: list[Seat] = field(default_factory=list)


def page_of_entries(
    round_: Round,
    *,
    page: int = 1,
    size: int = 50,
    search: str = "",
    only: str = "",
    group: str = "",
    user_id: int | None = None,
    hidden: Collection[int] = (),
) -> Page[EntryRow]:
    """Entries of the round with their jurors, a page at a time.

    `only`: `short` (too few jurors) or `open` (ballots missing). `user_id`: those this juror has. `hidden`: entries
    that do not exist for the reader.
    """
    query = select_coverage(round_)
    if user_id is not None:
        held = select(Assignment.idea_id).where(
            Assignment.round_id == round_.id,
            Assignment.user_id == user_id,
            Assignment.state == AssignmentState.ACTIVE,
        )
        query = query.where(Idea.id.in_(held))
    if hidden:
        query = query.where(Idea.id.not_in(hidden))
    if search:
        query = query.where(_matches(search))
    if group:
        query = query.where(Group.code == group)
    if only == "short":
        query = query.having(func.count(Assignment.id) < round_.ballots_per_idea)
    elif only == "open":
        query = query.having(func.count(Ballot.id) < round_.ballots_per_idea)
    # Counting by jurors and ballots takes them; any other count takes the entries alone.
    counted = query if only else query.with_only_columns(Idea.id).distinct().group_by(None)
    total = db.session.scalar(select(func.count()).select_from(counted.order_by(None).subquery())) or 0
    page = max(1, min(page, max(1, -(-total // size))))
    found = [Coverage(*row) for row in db.session.execute(query.limit(size).offset((page - 1) * size))]
    rows = {entry.idea_id: EntryRow(entry) for entry in found}
    for idea_id, seat in _list_seats(round_.id, list(rows)):
        side = rows[idea_id].seats if seat.state is AssignmentState.ACTIVE else rows[idea_id].past
        side.append(seat)
    return Page(list(rows.values()), page, size, total)


def _matches(search: str) -> Any:
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    by_title = IdeaRevision.title.ilike(f"%{escaped}%", escape="\\")
    digits = search.lstrip("#").lstrip("0")
    return by_title | (Idea.number == int(digits)) if digits.isdecimal() and len(digits) < 9 else by_title


def _list_seats(round_id: int, idea_ids: list[int]) -> list[tuple[int, Seat]]:
    query = (
        select(
            Assignment.idea_id,
            Assignment.public_id,
            Assignment.user_id,
            User.name,
            Assignment.state,
            Assignment.reason,
            Assignment.by_draw,
            Ballot.state,
            Ballot.total,
        )
        .join(User, User.id == Assignment.user_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.idea_id.in_(idea_ids))
        .order_by(User.name, Assignment.id)
    )
    return [(idea_id, Seat(*rest)) for idea_id, *rest in db.session.execute(query)]


def pick_round(rounds: list[Round], number: int | None, now: datetime) -> Round | None:
    """The round asked for; without a wish the open one, else the next to open, else the last; None without rounds."""
    if number is not None:
        found = [round_ for round_ in rounds if round_.number == number]
        if not found:
            raise NotFound
        return found[0]
    for window in (Window.OPEN, Window.WAITING):
        for round_ in rounds:
            if round_.window(now) is window:
                return round_
    return rounds[-1] if rounds else None

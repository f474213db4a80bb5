"""Everything a contest's arithmetic needs, in a fixed number of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import func, select

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.events.models import Group, Track
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.pairwise.domain.choosing import Situation
from innovate.pairwise.domain.posterior import Belief, Vote, believe, settle
from innovate.pairwise.models import Contest, ContestEntry, ContestJuror, ContestKind, Step, StepKind
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.teams.models import Team

BUSY = timedelta(minutes=8)  # so long a stand counts as visited when nobody says otherwise


class Stall(NamedTuple):
    """An entry of a contest with everything that names it."""

    id: int
    public_id: str
    idea_id: int
    idea_public_id: str
    number: int | None
    title: str
    team: str
    unit: str
    group: str
    track: str
    stand: str
    removed_at: datetime | None
    idea_state: IdeaState

    @property
    def is_open(self) -> bool:
        """Whether it is offered and ranked: not taken out, and still in the competition."""
        return self.removed_at is None and self.idea_state is IdeaState.ELIGIBLE

    def without_identity(self) -> Stall:
        """The same beside a blind round: whose entry it is stays out."""
        return self._replace(team="", unit="")


class Seat(NamedTuple):
    """A juror of a contest and where they are."""

    user_id: int
    public_id: str
    name: str
    seen_id: int | None
    offered_id: int | None
    token: str
    offered_at: datetime | None
    removed_at: datetime | None


class Trace(NamedTuple):
    """A standing step."""

    user_id: int
    kind: StepKind
    seen_id: int | None
    offered_id: int
    better_id: int | None


@dataclass(frozen=True)
class Field:
    """A contest's entries, jurors, standing steps and conflicts as they are now."""

    contest: Contest
    stalls: Sequence[Stall]
    seats: Sequence[Seat]
    traces: Sequence[Trace]
    conflicts: Collection[tuple[int, int]]  # (idea, user)

    @cached_property
    def by_id(self) -> dict[int, Stall]:
        """Entries by key."""
        return {stall.id: stall for stall in self.stalls}

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """Every entry there ever was, in a fixed order: those taken out still link the others."""
        return tuple(sorted(self.by_id))

    @cached_property
    def open_keys(self) -> frozenset[int]:
        """Entries that are offered and ranked."""
        return frozenset(stall.id for stall in self.stalls if stall.is_open)

    @cached_property
    def active(self) -> list[Seat]:
        """Jurors who are still in it."""
        return [seat for seat in self.seats if seat.removed_at is None]

    @cached_property
    def votes(self) -> list[Vote]:
        """What counts: standing votes of jurors still in it, without those a conflict of interest forbids."""
        present = {seat.user_id for seat in self.active}
        return [
            Vote(trace.better_id, other, trace.user_id)
            for trace in self.traces
            if trace.kind is StepKind.VOTE and trace.better_id and trace.seen_id and trace.user_id in present
            for other in [trace.offered_id if trace.better_id == trace.seen_id else trace.seen_id]
            if self.may_meet(trace.seen_id, trace.user_id) and self.may_meet(trace.offered_id, trace.user_id)
        ]

    @cached_property
    def seen(self) -> Counter[int]:
        """How often each entry was seen, counting those jurors are on their way to."""
        shown = Counter(trace.offered_id for trace in self.traces if trace.kind is not StepKind.SKIP)
        shown.update(seat.offered_id for seat in self.active if seat.offered_id)
        return shown

    @cached_property
    def belief(self) -> Belief:
        """What is believed now, vote by vote."""
        return believe(self.keys, self.votes)

    @cached_property
    def settled(self) -> Belief:
        """The fit over all votes at once."""
        return settle(self.keys, self.votes)

    def may_meet(self, entry_id: int, user_id: int) -> bool:
        """Whether no conflict of interest stands between an entry and a juror."""
        return (self.by_id[entry_id].idea_id, user_id) not in self.conflicts

    def is_fit(self, entry_id: int | None, user_id: int) -> bool:
        """Whether the entry may be before this juror now."""
        return entry_id in self.open_keys and self.may_meet(entry_id, user_id)

    def seat_of(self, user_id: int) -> Seat | None:
        """The juror's seat while they are in it."""
        return next((seat for seat in self.active if seat.user_id == user_id), None)

    def busy(self, at: datetime, *, but: int = 0) -> dict[int, datetime]:
        """Entries of a hall that a juror (other than `but`) is visiting, with since when. Old visits are over."""
        if self.contest.kind is not ContestKind.HALL:
            return {}
        return {
            seat.offered_id: seat.offered_at
            for seat in self.active
            if seat.offered_id and seat.offered_at and seat.user_id != but and at - seat.offered_at < BUSY
        }

    def situation(self, user_id: int, current: int | None, at: datetime) -> Situation:
        """What the juror's next entry depends on."""
        own = [trace for trace in self.traces if trace.user_id == user_id]
        return Situation(
            allowed=[key for key in self.keys if self.is_fit(key, user_id)],
            cut=self.contest.cut,
            current=current,
            seen=self.seen,
            busy=self.busy(at, but=user_id).keys(),
            passed={trace.offered_id for trace in own if trace.kind is StepKind.SKIP},
            visited={trace.offered_id for trace in own if trace.kind is not StepKind.SKIP},
            compared={
                frozenset((trace.seen_id, trace.offered_id))
                for trace in own
                if trace.kind is StepKind.VOTE and trace.seen_id
            },
            seed=f"{self.contest.public_id} {user_id} {len(self.traces)}",
        )


def load_field(contest: Contest) -> Field:
    """The contest's field; seven statements whatever its size."""
    seats = _list_seats(contest.id)
    users = [seat.user_id for seat in seats]
    stalls = _list_stalls(contest.id)
    ideas = [stall.idea_id for stall in stalls]
    conflicts = find_conflicts(contest.event_id, idea_ids=ideas, user_ids=users) if users else {}
    return Field(contest, stalls, seats, _list_traces(contest.id), conflicts)


def _list_stalls(contest_id: int) -> list[Stall]:
    query = (
        select(
            ContestEntry.id,
            ContestEntry.public_id,
            Idea.id,
            Idea.public_id,
            Idea.number,
            IdeaRevision.title,
            Team.name,
            func.coalesce(Unit.name, Team.organization),
            func.coalesce(Group.code, ""),
            func.coalesce(Track.name, ""),
            ContestEntry.stand,
            ContestEntry.removed_at,
            Idea.state,
        )
        .join(Idea, Idea.id == ContestEntry.idea_id)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Track, Track.id == IdeaRevision.track_id)
        .where(ContestEntry.contest_id == contest_id)
        .order_by(Idea.number, ContestEntry.id)
    )
    return [Stall(*row) for row in db.session.execute(query)]


def _list_seats(contest_id: int) -> list[Seat]:
    query = (
        select(
            ContestJuror.user_id,
            User.public_id,
            User.name,
            ContestJuror.seen_id,
            ContestJuror.offered_id,
            ContestJuror.token,
            ContestJuror.offered_at,
            ContestJuror.removed_at,
        )
        .join(User, User.id == ContestJuror.user_id)
        .where(ContestJuror.contest_id == contest_id)
        .order_by(User.name, User.id)
    )
    return [Seat(*row) for row in db.session.execute(query)]


def _list_traces(contest_id: int) -> list[Trace]:
    query = (
        select(Step.user_id, Step.kind, Step.seen_id, Step.offered_id, Step.better_id)
        .where(Step.contest_id == contest_id, Step.undone_at.is_(None))
        .order_by(Step.id)
    )
    return [Trace(*row) for row in db.session.execute(query)]

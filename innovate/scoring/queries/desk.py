"""Reading a juror's own work: what is assigned, how far it is, what comes next."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, select

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events import policy as event_policy
from innovate.events.models import Event, EventRole, Group, Phase
from innovate.events.policy import Actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.reading import Entry
from innovate.ideas.models import Idea, IdeaRevision
from innovate.ideas.queries.reading import read_entry
from innovate.scoring import policy
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotState
from innovate.scoring.models.integrity import PactSignature
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import Sheet
from innovate.scoring.queries.conflicts import JURY, is_barred, list_barred_seats
from innovate.scoring.queries.rounds import list_rounds
from innovate.teams.models import Team


class Work(enum.StrEnum):
    """How far a juror is with one entry."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    RECUSED = "recused"
    EXCLUDED = "excluded"


class WorkItem(NamedTuple):
    """One assigned entry. Until `is_cleared` only what identifies it may be shown."""

    public_id: str
    round_id: int
    number: int | None
    title: str
    team: str
    unit: str
    group: str
    state: AssignmentState
    cleared_at: datetime | None
    reason: str
    ballot: BallotState | None
    version: int | None
    total: float | None
    submitted_at: datetime | None
    must_confirm: bool
    idea_state: IdeaState
    idea_id: int
    signed_at: datetime | None
    is_blind: bool

    @property
    def is_cleared(self) -> bool:
        """Whether the entry is open: the pact is signed, and the juror declared to be free of conflicts."""
        return self.cleared_at is not None and self.signed_at is not None

    def without_identity(self) -> WorkItem:
        """The same in a blind round: whose entry it is stays out."""
        return self._replace(team="", unit="") if self.is_blind else self

    @property
    def work(self) -> Work:
        """Belum, sedang, selesai; or out of the juror's hands."""
        if self.state is not AssignmentState.ACTIVE:
            return Work.RECUSED if self.state is AssignmentState.RECUSED else Work.EXCLUDED
        known = {
            BallotState.SUBMITTED: Work.DONE,
            BallotState.EXCLUDED: Work.EXCLUDED,
            BallotState.DRAFT: Work.DOING,
        }
        return known[self.ballot] if self.ballot else Work.TODO


@dataclass(frozen=True)
class Desk:
    """A juror's work in one round."""

    round: Round
    items: Sequence[WorkItem]
    kept: int = 0  # entries once assigned that do not exist for the juror any more

    @property
    def is_signed(self) -> bool:
        """Whether the pact of this round is signed, as far as the juror has work in it."""
        return all(item.signed_at is not None for item in self.items)

    @property
    def active(self) -> list[WorkItem]:
        """What is theirs to score, still in the competition."""
        return [
            i for i in self.items if i.state is AssignmentState.ACTIVE and i.idea_state is IdeaState.ELIGIBLE
        ]

    @property
    def undeclared(self) -> list[WorkItem]:
        """What waits for the declaration."""
        return [item for item in self.active if not item.is_cleared]

    def count(self, work: Work) -> int:
        """How many entries are that far."""
        return sum(item.work == work for item in self.active)

    @property
    def next(self) -> WorkItem | None:
        """What to do next: begun work first, then the first one not begun."""
        ready = [item for item in self.active if item.is_cleared]
        doing = [item for item in ready if item.work is Work.DOING]
        todo = [item for item in ready if item.work is Work.TODO]
        return next(iter(doing + todo), None)


def list_work(event_id: int, user_id: int, *, barred: frozenset[int] | None = None) -> list[WorkItem]:
    """What is or was assigned to the juror in the event, as the juror sees it, by number. Two statements.

    Entries with a standing conflict do not exist for them (`barred`, where a sheet knows them already: one statement),
    and blind rounds name neither team nor unit.
    """
    barred = list_barred_seats(event_id, user_id) if barred is None else barred
    return [item.without_identity() for item in list_record(event_id, user_id) if item.idea_id not in barred]


def list_record(event_id: int, user_id: int) -> list[WorkItem]:
    """Everything ever assigned to a juror in the event, for those who lead, by number. One statement."""
    confirmed = exists().where(
        BallotChange.ballot_id == Ballot.id,
        BallotChange.version == Ballot.version - 1,
        BallotChange.action == "rubric",
    )
    query = (
        select(
            Assignment.public_id,
            Assignment.round_id,
            Idea.number,
            IdeaRevision.title,
            Team.name,
            func.coalesce(Unit.name, Team.organization),
            func.coalesce(Group.code, ""),
            Assignment.state,
            Assignment.cleared_at,
            Assignment.reason,
            Ballot.state,
            Ballot.version,
            Ballot.total,
            Ballot.submitted_at,
            confirmed,
            Idea.state,
            Idea.id,
            PactSignature.at,
            Round.is_blind,
        )
        .join(Round, Round.id == Assignment.round_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .outerjoin(PactSignature, (PactSignature.round_id == Round.id) & (PactSignature.user_id == user_id))
        .where(Round.event_id == event_id, Assignment.user_id == user_id)
        .order_by(Idea.number, Assignment.id)
    )
    return [WorkItem(*row) for row in db.session.execute(query)]


def list_desks(actor: Actor) -> list[Desk]:
    """The juror's work by round, in the order of the timetable. Three statements."""
    barred = list_barred_seats(actor.event.id, actor.user_id)
    record = list_record(actor.event.id, actor.user_id)
    return [
        _desk(round_, [item for item in record if item.round_id == round_.id], barred)
        for round_ in list_rounds(actor.event.id)
    ]


def _desk(round_: Round, record: Sequence[WorkItem], barred: frozenset[int]) -> Desk:
    items = [item.without_identity() for item in record if item.idea_id not in barred]
    return Desk(round_, items, len(record) - len(items))


def pick_desk(desks: Sequence[Desk], number: int | None, now: datetime) -> Desk | None:
    """The desk asked for; without a wish the open round with work, else the next to open, else the last."""
    if number is not None:
        found = [desk for desk in desks if desk.round.number == number]
        if not found:
            raise NotFound
        return found[0]
    busy = [desk for desk in desks if desk.items] or list(desks)
    for window in (Window.OPEN, Window.WAITING):
        for desk in busy:
            if desk.round.window(now) is window:
                return desk
    return busy[-1] if busy else None


def find_unsigned(desks: Sequence[Desk], now: datetime) -> Desk | None:
    """The first round that is not over in which the juror has work and has not signed the pact."""
    living = [desk for desk in desks if desk.active and desk.round.window(now) is not Window.CLOSED]
    return next((desk for desk in living if not desk.is_signed), None)


@dataclass(frozen=True)
class Place:
    """Where an entry stands in the juror's pile."""

    number: int
    total: int
    before: WorkItem | None
    after: WorkItem | None
    item: WorkItem


def find_place(items: Sequence[WorkItem], sheet: Sheet) -> Place:
    """Neighbours of a sheet among the entries of its round that the juror may open."""
    pile = [
        item
        for item in items
        if item.round_id == sheet.round_id and item.state is AssignmentState.ACTIVE and item.is_cleared
    ]
    keys = [item.public_id for item in pile]
    if sheet.public_id not in keys:
        item = next(item for item in items if item.public_id == sheet.public_id)
        return Place(0, len(pile), None, None, item)
    at = keys.index(sheet.public_id)
    before = pile[at - 1] if at else None
    after = pile[at + 1] if at + 1 < len(pile) else None
    return Place(at + 1, len(pile), before, after, pile[at])


def find_next_open(items: Sequence[WorkItem], sheet: Sheet) -> WorkItem | None:
    """After handing in: the next entry that is not done, beginning anew after the last."""
    pile = [item for item in items if item.round_id == sheet.round_id and item.is_cleared]
    keys = [item.public_id for item in pile]
    at = keys.index(sheet.public_id) + 1 if sheet.public_id in keys else 0
    return next((item for item in pile[at:] + pile[:at] if item.work in {Work.TODO, Work.DOING}), None)


def get_revision(revision_id: int) -> IdeaRevision:
    """The revision a ballot is about."""
    return db.session.get_one(IdeaRevision, revision_id)


def read_as_juror(event: Event, idea: Idea, revision: IdeaRevision, *, blind: bool) -> Entry:
    """The entry as a juror reads it: in a blind round its files carry neutral names."""
    entry = read_entry(event, idea, revision)
    return entry.with_neutral_files() if blind else entry


def may_read_entry(actor: Actor, idea: Idea) -> bool:
    """An assigned juror reads an entry once they signed the pact and declared to be free of conflicts."""
    return bool(_list_open_seats(actor, idea)) and not is_barred(idea.event_id, idea.id, actor.user_id)


def reads_blind(actor: Actor, idea: Idea) -> bool:
    """Whether the person reads the entry as a juror who must not learn whose it is: no round of theirs names it."""
    if event_policy.can_read_all(actor) or event_policy.can_read_screening(actor):
        return False
    seats = _list_open_seats(actor, idea)
    return bool(seats) and all(seats)


def _list_open_seats(actor: Actor, idea: Idea) -> list[bool]:
    """The person's open assignments of an entry: for each whether its round is blind."""
    if actor.user is None or not actor.roles.intersection(JURY):
        return []
    signed = (PactSignature.round_id == Assignment.round_id) & (PactSignature.user_id == Assignment.user_id)
    query = (
        select(Round.is_blind)
        .select_from(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(PactSignature, signed)
        .where(
            Assignment.idea_id == idea.id,
            Assignment.user_id == actor.user.id,
            Assignment.state == AssignmentState.ACTIVE,
            Assignment.cleared_at.is_not(None),
        )
    )
    return list(db.session.scalars(query))


def is_kept_from(actor: Actor, idea: Idea) -> bool:
    """Whether an entry does not exist for this person, whatever other role they hold."""
    return policy.is_bound(actor) and is_barred(idea.event_id, idea.id, actor.user_id)


class PeerScore(NamedTuple):
    """What another juror gave."""

    juror: str
    total: float


def list_peers(sheet: Sheet) -> list[PeerScore]:
    """Handed-in totals of the other jurors of the same entry, where the chair opened them."""
    query = (
        select(User.name, Ballot.total)
        .join(User, User.id == Ballot.user_id)
        .join(Round, Round.id == Ballot.round_id)
        .where(
            Ballot.round_id == sheet.round_id,
            Ballot.idea_id == sheet.idea_id,
            Ballot.user_id != sheet.user_id,
            Ballot.state == BallotState.SUBMITTED,
            Round.peers_opened_at.is_not(None),
        )
        .order_by(User.name)
    )
    return [PeerScore(*row) for row in db.session.execute(query)]


class JurorTask(NamedTuple):
    """A person's jury work in one event, for their home: the round that ends first with something left."""

    slug: str
    event: str
    phase: str
    starts_at: datetime
    ends_at: datetime
    assigned: int
    done: int
    undeclared: int


def list_tasks(user_id: int, now: datetime) -> list[JurorTask]:
    """Rounds that are not over in which the person judges, the soonest end first. One statement."""
    done = func.count(Ballot.id).filter(Ballot.state == BallotState.SUBMITTED)
    shut = Assignment.cleared_at.is_(None) | PactSignature.id.is_(None)
    undeclared = func.count(Assignment.id).filter(shut)
    holds = exists().where(
        EventRole.event_id == Round.event_id,
        EventRole.user_id == user_id,
        EventRole.role.in_(JURY),
        EventRole.revoked_at.is_(None),
    )
    query = (
        select(
            Event.slug,
            Event.name,
            Phase.name,
            Phase.starts_at,
            Phase.ends_at,
            func.count(Assignment.id),
            done,
            undeclared,
        )
        .select_from(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(Phase, Phase.id == Round.phase_id)
        .join(Event, Event.id == Round.event_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .outerjoin(PactSignature, (PactSignature.round_id == Round.id) & (PactSignature.user_id == user_id))
        .where(
            Assignment.user_id == user_id,
            Assignment.state == AssignmentState.ACTIVE,
            Idea.state == IdeaState.ELIGIBLE,
            Phase.ends_at > now,
            Round.closed_at.is_(None),
            holds,
        )
        .group_by(Event.id, Phase.id)
        .order_by(Phase.ends_at)
    )
    return [JurorTask(*row) for row in db.session.execute(query)]

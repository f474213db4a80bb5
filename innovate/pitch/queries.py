"""Reading a pitch day: its programme, the team on stage, and what is to be shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event, Group, Phase
from innovate.ideas.models import Idea, IdeaRevision
from innovate.pitch.domain.order import Entrant, label_of
from innovate.pitch.domain.schedule import Line, list_lines
from innovate.pitch.domain.timer import Run, Stage
from innovate.pitch.models import PitchChange, PitchDay, PitchSlot, PitchStep
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.locks import OwnSeat
from innovate.scoring.queries.rounds import is_entry_of, list_rounds
from innovate.teams.models import Team


@dataclass(frozen=True)
class Turn:
    """One team in the running order, with its names as submitted."""

    slot: PitchSlot
    label: str
    group: str
    title: str
    team: str
    unit: str
    takes_part: bool  # still an entry of the round
    seat: OwnSeat | None = None  # the scorecard of the juror who asks

    @property
    def run(self) -> Run:
        """The team's time."""
        return self.slot.run

    @property
    def is_waiting(self) -> bool:
        """Whether the team has yet to come on stage."""
        return self.takes_part and self.slot.stage is Stage.READY


@dataclass(frozen=True)
class Programme:
    """A pitch day with its turns in order."""

    day: PitchDay
    turns: list[Turn]

    @property
    def current(self) -> Turn | None:
        """The team on stage."""
        return next((turn for turn in self.turns if turn.slot.id == self.day.current_id), None)

    @property
    def next(self) -> Turn | None:
        """The team after that: the first that waits."""
        waiting = (t for t in self.turns if t.is_waiting and t.slot.id != self.day.current_id)
        return next(waiting, None)

    @property
    def has_begun(self) -> bool:
        """Whether anybody has been on stage."""
        return self.day.current_id is not None or any(t.slot.stage is not Stage.READY for t in self.turns)

    @property
    def is_over(self) -> bool:
        """Whether everybody has been on stage and has left it."""
        return self.has_begun and self.next is None and self.current is None

    @property
    def lines(self) -> list[Line]:
        """The programme's times: of teams that take part, and breaks."""
        day = self.day
        return list_lines(day.starts_at, len(self.listed), minutes=day.minutes, breaks=day.pauses)

    @property
    def listed(self) -> list[Turn]:
        """The turns that have a place in the programme, in order."""
        return [turn for turn in self.turns if turn.takes_part or turn.slot.stage is not Stage.READY]

    def find(self, public_id: str) -> Turn:
        """A turn by its address, or NotFound."""
        for turn in self.turns:
            if turn.slot.public_id == public_id:
                return turn
        raise NotFound


def find_day(round_id: int) -> PitchDay | None:
    """The pitch day of a round."""
    return db.session.scalar(select(PitchDay).where(PitchDay.round_id == round_id))


def find_round_and_day(event_id: int, round_id: int) -> tuple[Round, PitchDay | None]:
    """A round of the event with its number, and its pitch day if it has one. One statement."""
    query = select(Round, PitchDay).join(Phase, Phase.id == Round.phase_id)
    query = query.outerjoin(PitchDay, PitchDay.round_id == Round.id).where(Round.event_id == event_id)
    query = query.options(contains_eager(Round.phase)).order_by(Phase.position, Phase.id)
    for number, (round_, day) in enumerate(db.session.execute(query), 1):
        if round_.id == round_id:
            round_.number = number
            return round_, day
    raise NotFound


def list_days(event_id: int) -> dict[int, PitchDay]:
    """The pitch days of an event by round."""
    query = select(PitchDay).where(PitchDay.event_id == event_id)
    return {day.round_id: day for day in db.session.scalars(query)}


def get_day(round_id: int) -> PitchDay:
    """The pitch day of a round, or NotFound."""
    day = find_day(round_id)
    if day is None:
        raise NotFound
    return day


def load_programme(day: PitchDay, round_: Round, *, juror_id: int | None = None) -> Programme:
    """The day with its turns, and with the scorecards of one juror if there is one, in one statement."""
    return _load_programmes([(day, round_)], juror_id)[0]


def _load_programmes(days: Sequence[tuple[PitchDay, Round]], juror_id: int | None = None) -> list[Programme]:
    of_juror = (Assignment.idea_id == PitchSlot.idea_id) & (Assignment.user_id == juror_id)
    of_juror &= Assignment.round_id.in_([round_.id for _, round_ in days])
    of_juror &= Assignment.state == AssignmentState.ACTIVE
    takes_part = or_(*(and_(PitchSlot.day_id == day.id, is_entry_of(round_)) for day, round_ in days))
    query = (
        select(
            PitchSlot,
            Idea.number,
            IdeaRevision.title,
            Group.code,
            Team.name,
            Unit.name,
            Team.organization,
            takes_part,
            Assignment.public_id,
            Ballot.state,
        )
        .join(Idea, Idea.id == PitchSlot.idea_id)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Assignment, of_juror)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(PitchSlot.day_id.in_([day.id for day, _ in days]))
        .order_by(PitchSlot.position, PitchSlot.id)
        .execution_options(populate_existing=True)
    )
    turns: dict[int, list[Turn]] = {day.id: [] for day, _ in days}
    for slot, number, title, code, team, unit, other, is_in, seat, ballot in db.session.execute(query):
        names = (label_of(code or "", number), code or "", title, team, unit or other or "")
        own = OwnSeat(seat, ballot is BallotState.SUBMITTED) if seat else None
        turns[slot.day_id].append(Turn(slot, *names, bool(is_in), own))
    return [Programme(day, turns[day.id]) for day, _ in days]


def list_entrants(round_: Round) -> list[Entrant]:
    """Who is to be drawn: the entries of the round, by number."""
    query = (
        select(Idea.id, Idea.number, Group.code, Group.position)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .where(is_entry_of(round_))
        .order_by(Idea.number, Idea.id)
    )
    return [
        Entrant(idea_id, label_of(code or "", number), (position or 0) if code else -1)
        for idea_id, number, code, position in db.session.execute(query)
    ]


def list_missing(programme: Programme, round_: Round) -> list[Entrant]:
    """Entries of the round without a place in the order: they came after the draw."""
    known = {turn.slot.idea_id for turn in programme.turns}
    return [entrant for entrant in list_entrants(round_) if entrant.key not in known]


class Change(NamedTuple):
    """One line of the order's history."""

    what: str
    label: str
    before: int | None
    after: int | None
    seed: str
    reason: str
    actor: str
    at: datetime


def list_changes(day_id: int) -> list[Change]:
    """What happened to the order, the newest first."""
    columns = (PitchChange.what, PitchChange.label, PitchChange.before, PitchChange.after)
    more = (PitchChange.seed, PitchChange.reason, User.name, PitchChange.at)
    query = select(*columns, *more).join(User, User.id == PitchChange.actor_id)
    query = query.where(PitchChange.day_id == day_id).order_by(PitchChange.id.desc())
    return [Change(*row) for row in db.session.execute(query)]


def find_last_step(day_id: int) -> PitchStep | None:
    """The press that an undo would take back."""
    query = select(PitchStep).where(PitchStep.day_id == day_id, PitchStep.undone_at.is_(None))
    return db.session.scalar(query.order_by(PitchStep.id.desc()).limit(1))


class Published(NamedTuple):
    """A pitch day that everybody may see."""

    round: Round
    programme: Programme


def list_published(event_id: int) -> list[Published]:
    """The event's public running orders in the order of its rounds: three statements, one where there is none."""
    query = select(PitchDay).where(PitchDay.event_id == event_id, PitchDay.published_at.is_not(None))
    days = {day.round_id: day for day in db.session.scalars(query)}
    if not days:
        return []
    rounds = [round_ for round_ in list_rounds(event_id) if round_.id in days]
    programmes = _load_programmes([(days[round_.id], round_) for round_ in rounds])
    return [Published(*pair) for pair in zip(rounds, programmes, strict=True)]


# -- what screens ask for again and again -----------------------------------------------------------------------------


class Scene(NamedTuple):
    """A pitch day at its address, before its turns are loaded."""

    round: Round
    day: PitchDay
    event_state: EventState

    @property
    def is_public(self) -> bool:
        """Whether everybody may follow."""
        return self.day.published_at is not None and self.event_state is not EventState.DRAFT


def find_scene(slug: str, number: int) -> Scene | None:
    """The pitch day of round `number`, without loading a person or the event. One statement."""
    query = (
        select(Round, PitchDay, Event.state)
        .join(Event, Event.id == Round.event_id)
        .join(Phase, Phase.id == Round.phase_id)
        .outerjoin(PitchDay, PitchDay.round_id == Round.id)
        .where(Event.slug == slug)
        .order_by(Phase.position, Phase.id)
        .offset(number - 1)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none() if number > 0 else None
    return Scene(*row) if row is not None and row[1] is not None else None

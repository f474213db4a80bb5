"""Reading rounds, their entries and rubrics, and the totals results are made of."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, selectinload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.models import Event, Phase
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.rounds import Round, RoundEntry, Rubric


class RawTotal(NamedTuple):
    """An idea's ballots in a round: the mean of their totals (0..100), and how many count."""

    mean: float
    ballots: int


def raw_totals(round_id: int) -> dict[int, RawTotal]:
    """Mean of the stored totals of submitted ballots by idea; ideas without one are absent."""
    query = (
        select(Ballot.idea_id, func.avg(Ballot.total), func.count())
        .where(Ballot.round_id == round_id, Ballot.state == BallotState.SUBMITTED, Ballot.total.is_not(None))
        .group_by(Ballot.idea_id)
    )
    return {idea_id: RawTotal(float(mean), count) for idea_id, mean, count in db.session.execute(query)}


def list_rounds(event_id: int) -> list[Round]:
    """The event's rounds with their phases, in the order of the timetable, numbered from 1."""
    query = select(Round).join(Phase, Phase.id == Round.phase_id).where(Round.event_id == event_id)
    query = query.options(contains_eager(Round.phase)).order_by(Phase.position, Phase.id)
    rounds = list(db.session.scalars(query))
    for number, round_ in enumerate(rounds, 1):
        round_.number = number
    return rounds


def get_round(event: Event, number: int) -> Round:
    """Round `number` of the event (from 1), or NotFound."""
    rounds = list_rounds(event.id)
    if not 1 <= number <= len(rounds):
        raise NotFound
    return rounds[number - 1]


def list_phases_without_round(event: Event) -> list[Phase]:
    """Judging phases of the timetable that have no round yet (added after the event was made)."""
    known = {round_.phase_id for round_ in list_rounds(event.id)}
    return [phase for phase in event.phases if phase.kind.is_round and phase.id not in known]


def list_round_entry_ids(round_id: int) -> frozenset[int]:
    """Ideas chosen into a round that does not take all."""
    return frozenset(db.session.scalars(select(RoundEntry.idea_id).where(RoundEntry.round_id == round_id)))


def is_entry_of(round_: Round) -> ColumnElement[bool]:
    """Condition on Idea: eligible, of the round's event, and chosen where the round does not take all."""
    condition = (Idea.event_id == round_.event_id) & (Idea.state == IdeaState.ELIGIBLE)
    if round_.takes_all:
        return condition
    return condition & Idea.id.in_(select(RoundEntry.idea_id).where(RoundEntry.round_id == round_.id))


def count_entries(round_: Round) -> int:
    """How many ideas the round has to judge."""
    return db.session.scalar(select(func.count()).select_from(Idea).where(is_entry_of(round_))) or 0


def find_rubric(rubric_id: int | None) -> Rubric | None:
    """A rubric with its criteria in order."""
    if rubric_id is None:
        return None
    query = select(Rubric).where(Rubric.id == rubric_id).options(selectinload(Rubric.criteria))
    return db.session.scalar(query)


def list_rubric_versions(round_id: int) -> list[Rubric]:
    """Every version of a round's rubric with its criteria, the newest first."""
    query = select(Rubric).where(Rubric.round_id == round_id).options(selectinload(Rubric.criteria))
    return list(db.session.scalars(query.order_by(Rubric.version.desc())))


def list_rubrics_in_force(event_id: int) -> list[tuple[Round, Rubric]]:
    """Each round of the event with the rubric in force; rounds without criteria are left out. For public pages too."""
    rounds = list_rounds(event_id)
    ids = [round_.rubric_id for round_ in rounds if round_.rubric_id]
    query = select(Rubric).where(Rubric.id.in_(ids)).options(selectinload(Rubric.criteria))
    rubrics = {rubric.id: rubric for rubric in db.session.scalars(query)} if ids else {}
    pairs = [(round_, rubrics.get(round_.rubric_id or 0)) for round_ in rounds]
    return [(round_, rubric) for round_, rubric in pairs if rubric and rubric.criteria]

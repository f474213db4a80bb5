"""What sections count, by year and unit: one statement each, however many teams and ideas there are."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Select, Subquery, func, select

from innovate.core.db import db
from innovate.events.domain.seal import BoardState
from innovate.events.models import Phase
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.leaders.queries.frame import Frame
from innovate.results.models import Board, StandingRow
from innovate.scoring.models.rounds import Round
from innovate.teams.models import Membership, Team

Cell = tuple[int, int | None]  # year, unit


def count_teams(frame: Frame) -> Counter[Cell]:
    """Teams that were registered and not disbanded."""
    query = select(frame.say_year(Team.event_id), Team.unit_id, func.count()).where(
        Team.event_id.in_(frame.events)
    )
    return _count(frame, query.where(Team.disbanded_at.is_(None)).group_by("year", Team.unit_id))


def count_people(frame: Frame) -> dict[int, int]:
    """Different people in those teams, by year."""
    query = (
        select(frame.say_year(Team.event_id), func.count(Membership.user_id.distinct()))
        .join(Membership, Membership.team_id == Team.id)
        .where(Team.event_id.in_(frame.events), Team.disbanded_at.is_(None), Membership.left_at.is_(None))
        .group_by("year")
    )
    if frame.unit_ids is not None:
        query = query.where(Team.unit_id.in_(frame.unit_ids))
    return {int(key): count for key, count in db.session.execute(query)}


def count_submitted(frame: Frame) -> tuple[Counter[Cell], Counter[Cell]]:
    """Ideas that were handed in, whatever became of them; and those that passed the screening."""
    query = select(frame.say_year(Idea.event_id), Idea.unit_id, Idea.state, func.count())
    query = query.where(Idea.event_id.in_(frame.events), Idea.submitted_at.is_not(None))
    submitted: Counter[Cell] = Counter()
    eligible: Counter[Cell] = Counter()
    for when, unit_id, state, count in db.session.execute(query.group_by("year", Idea.unit_id, Idea.state)):
        if frame.takes(unit_id):
            submitted[when, unit_id] += count
            eligible[when, unit_id] += count if state is IdeaState.ELIGIBLE else 0
    return submitted, eligible


def last_boards() -> Subquery:
    """The board of the last round of every competition, if everybody may see it: its key, event and snapshot.

    `takes_all`: every entry is in that round, so that being in it is no distinction. What is sealed is not counted.
    """
    ranks = select(Round.event_id, func.max(Phase.position).label("position"))
    last = ranks.join(Phase, Phase.id == Round.phase_id).group_by(Round.event_id).subquery()
    public = [state for state in BoardState if state.is_public]
    query = (
        select(Board.event_id, Board.snapshot_id, Round.takes_all)
        .join(Round, Round.id == Board.round_id)
        .join(Phase, Phase.id == Round.phase_id)
        .join(last, (last.c.event_id == Round.event_id) & (last.c.position == Phase.position))
        .where(Board.state.in_(public), Board.announced_at.is_not(None))
    )
    return query.subquery()


def count_placed(frame: Frame) -> tuple[Counter[Cell], Counter[Cell]]:
    """Finalists (who won without a final among them) and winners, of results that are public."""
    board = last_boards()
    won = StandingRow.award != ""
    query = (
        select(frame.say_year(board.c.event_id), Idea.unit_id, won.label("won"), func.count())
        .join(board, board.c.snapshot_id == StandingRow.snapshot_id)
        .join(Idea, Idea.id == StandingRow.idea_id)
        .where(board.c.event_id.in_(frame.events), ~board.c.takes_all | won)
        .group_by("year", Idea.unit_id, "won")
    )
    finalists: Counter[Cell] = Counter()
    winners: Counter[Cell] = Counter()
    for when, unit_id, has_won, count in db.session.execute(query):
        if frame.takes(unit_id):
            finalists[when, unit_id] += count
            winners[when, unit_id] += count if has_won else 0
    return finalists, winners


def by_year(cells: Counter[Cell]) -> Counter[int]:
    """The same added up."""
    found: Counter[int] = Counter()
    for (year, _unit), count in cells.items():
        found[year] += count
    return found


def by_unit(cells: Counter[Cell], year: int) -> Counter[int]:
    """Of one year, by unit; what belongs to no unit is left out."""
    return Counter({unit: n for (when, unit), n in cells.items() if when == year and unit is not None})


def _count(frame: Frame, query: Select[Any]) -> Counter[Cell]:
    return Counter({(year, unit): n for year, unit, n in db.session.execute(query) if frame.takes(unit)})

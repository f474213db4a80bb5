"""Who won earlier editions held here, for the rules of eligibility."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event, Phase
from innovate.ideas.domain.eligibility.facts import FormerWin
from innovate.ideas.models import Idea
from innovate.results.models import Board, StandingRow
from innovate.scoring.models.rounds import Round


def list_former_wins(event: Event, unit_ids: Collection[int]) -> list[FormerWin]:
    """Rows of the last round of every other event, where its board is public and the entry's unit is one of these.

    What is sealed is not told: a board that was opened again says nothing until it is public. One query.
    """
    public = [state for state in BoardState if state.is_public]
    rounds = select(Round.event_id, func.max(Phase.position).label("position"))
    last = rounds.join(Phase, Phase.id == Round.phase_id).group_by(Round.event_id).subquery()
    query = (
        select(
            Event.name,
            Event.zone,
            Board.announced_at,
            StandingRow.title,
            Idea.unit_id,
            StandingRow.rank,
            StandingRow.award,
        )
        .join(Board, Board.event_id == Event.id)
        .join(Round, Round.id == Board.round_id)
        .join(Phase, Phase.id == Round.phase_id)
        .join(last, (last.c.event_id == Round.event_id) & (last.c.position == Phase.position))
        .join(StandingRow, StandingRow.snapshot_id == Board.snapshot_id)
        .join(Idea, Idea.id == StandingRow.idea_id)
        .where(
            Event.id != event.id,
            Event.deleted_at.is_(None),
            Board.state.in_(public),
            Board.announced_at.is_not(None),
            StandingRow.rank.is_not(None),
            Idea.unit_id.in_(unit_ids),
        )
        .order_by(Board.announced_at.desc(), StandingRow.rank, StandingRow.position)
    )
    return [
        FormerWin(name, at.astimezone(ZoneInfo(zone)).year, title, unit_id, rank, award)
        for name, zone, at, title, unit_id, rank, award in db.session.execute(query)
    ]

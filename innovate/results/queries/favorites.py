"""Where the public vote meets the ranking: whom it leaves out, and whom it adds to the awards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from innovate.core.db import db
from innovate.events.models import Phase
from innovate.results.models import Board, Snapshot, SpecialAward, StandingRow
from innovate.results.words.favorites import say_votes
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.rounds import list_rounds
from innovate.voting.domain.stages import BoardStage, PollState
from innovate.voting.models import Poll, PollWinner
from innovate.voting.queries.laurels import Holders

_Later, _LaterPhase = aliased(Round), aliased(Phase)


@dataclass(frozen=True)
class Favorite:
    """An award by the public's votes, read like a special prize; it is not given or taken by hand (no `public_id`)."""

    name: str
    votes: int
    public_id: str = ""

    @property
    def reason(self) -> Any:
        """Why it was given, in the reader's language."""
        return say_votes(self.votes)


def find_award_holders(event_id: int) -> Holders:
    """Who holds the awards of the event's last ranking, for the vote that leaves them out."""
    rounds = list_rounds(event_id)
    if not rounds:
        return Holders()
    board = db.session.scalar(select(Board).where(Board.round_id == rounds[-1].id))
    if board is None or board.snapshot_id is None:
        return Holders(BoardStage.UNSETTLED)
    prizes = select(StandingRow.idea_id, StandingRow.award).where(
        StandingRow.snapshot_id == board.snapshot_id, StandingRow.award != ""
    )
    specials = select(SpecialAward.idea_id, SpecialAward.name).where(
        SpecialAward.board_id == board.id, SpecialAward.revoked_at.is_(None)
    )
    return Holders(
        BoardStage.PUBLIC if board.state.is_public else BoardStage.SETTLED,
        dict(db.session.execute(prizes).tuples().all()),
        dict(db.session.execute(specials).tuples().all()),
        board.objections_until,
    )


def list_favorites(snapshot_id: int) -> list[tuple[Favorite, StandingRow]]:
    """Juara Favorit as this snapshot of the event's last round shows them; other rounds show none. One statement.

    One that came to hold a prize after the votes were counted is not among them: the vote must be counted again.
    """
    query = (
        select(Poll.name, PollWinner.votes, StandingRow)
        .join(PollWinner, PollWinner.poll_id == Poll.id)
        .join(StandingRow, StandingRow.idea_id == PollWinner.idea_id)
        .join(Snapshot, Snapshot.id == StandingRow.snapshot_id)
        .join(Board, Board.id == Snapshot.board_id)
        .where(StandingRow.snapshot_id == snapshot_id, _is_valid(), _is_of_last_round())
        .order_by(Poll.id, PollWinner.place)
    )
    return [(Favorite(name, votes), row) for name, votes, row in db.session.execute(query)]


def is_favorite(snapshot_id: int) -> ColumnElement[bool]:
    """Condition on a row: its entry is a Juara Favorit, as a snapshot of the event's last round shows it; a snapshot of
    an earlier round shows none, for the last may still be sealed.
    """
    event = (
        select(Board.event_id)
        .join(Snapshot, Snapshot.board_id == Board.id)
        .where(Snapshot.id == snapshot_id, _is_of_last_round())
    )
    return exists().where(
        PollWinner.poll_id == Poll.id,
        PollWinner.idea_id == StandingRow.idea_id,
        Poll.event_id == event.scalar_subquery(),
        Poll.state == PollState.COUNTED,
    )


def _is_valid() -> ColumnElement[bool]:
    counted = (Poll.event_id == Board.event_id) & (Poll.state == PollState.COUNTED)
    return counted & or_(StandingRow.award == "", Poll.excludes_winners.is_(False))


def _is_of_last_round() -> ColumnElement[bool]:
    position = (
        select(Phase.position).join(Round, Round.phase_id == Phase.id).where(Round.id == Board.round_id)
    )
    later = exists().where(
        _Later.event_id == Board.event_id,
        _LaterPhase.id == _Later.phase_id,
        _LaterPhase.position > position.correlate(Board).scalar_subquery(),
    )
    return ~later

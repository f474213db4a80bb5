"""Boards brought to where a test needs them: organizers take the steps, the chair signs where there is one."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event, Prize
from innovate.events.queries import get_actor, list_people
from innovate.ideas.models import Idea
from innovate.results.domain.awards import Succession
from innovate.results.models import AwardWithdrawal, Board, Objection, SpecialAward
from innovate.results.services.boards import move_board
from tests.factories.build import NOW, add

LADDER = (
    BoardState.COLLECTING,
    BoardState.PROVISIONAL,
    BoardState.FROZEN,
    BoardState.SIGNED,
    BoardState.ANNOUNCED,
)
WHY = "Dicatat dalam berita acara pleno."


def climb(
    event: Event, organizer: User, *states: BoardState, number: int = 1, at: datetime = NOW, reason: str = WHY
) -> Board:
    """Move the board of a round along `states` (default: up to the announcement), each step by who takes it."""
    db.session.flush()
    chairs = list_people(event.id, Role.CHAIR)
    board = None
    for before, after in itertools.pairwise(states or LADDER):
        signs = {before, after} == {BoardState.FROZEN, BoardState.SIGNED}
        user = chairs[0].user if signs and chairs else organizer
        board = move_board(get_actor(event.slug, user), number, after, expected=before, reason=reason, at=at)
    assert board is not None
    return board


def make_objection(board: Board, idea: Idea, captain: User, **values: Any) -> Objection:
    """An objection to the ranking in force, without an answer."""
    last = db.session.query(Objection).filter_by(event_id=board.event_id).count()
    if values.get("filename"):
        stored = storage.save(b"%PDF-1.4\n%contoh\n%%EOF\n")
        kept = {"size": stored.size, "sha256": stored.sha256, "storage_key": stored.key}
        values = {"media_type": "application/pdf", **kept, **values}
    row = Objection(
        event_id=board.event_id,
        number=last + 1,
        board_id=board.id,
        snapshot_id=board.snapshot_id,
        idea_id=idea.id,
        filed_by_id=captain.id,
        **{"reason": "Nilai kriteria kebaruan kami keliru.", "filed_at": NOW, **values},
    )
    return add(row)


def make_special(board: Board, idea: Idea, organizer: User, **values: Any) -> SpecialAward:
    """A prize without a rank, given to an entry."""
    prize = add(Prize(event_id=board.event_id, name="Inovasi Paling Hijau", position=9))
    given = {"reason": "Paling hemat kertas.", "given_by_id": organizer.id, "given_at": NOW, **values}
    return add(SpecialAward(board_id=board.id, prize_id=prize.id, name=prize.name, idea_id=idea.id, **given))


def make_withdrawal(board: Board, idea: Idea, organizer: User, **values: Any) -> AwardWithdrawal:
    """An award taken away, without what the services do to the board."""
    about = {"award": "Juara I", "title": idea.title, "team_name": "Tim", "succession": Succession.VACANT}
    ground = {"decree": "400/1", "day": NOW.date(), "reason": "Pernyataannya palsu.", "at": NOW}
    key = {"board_id": board.id, "snapshot_id": board.snapshot_id, "idea_id": idea.id}
    return add(AwardWithdrawal(**key, by_id=organizer.id, **{**about, **ground, **values}))

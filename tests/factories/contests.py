"""Contests of pairwise judging: rows, and jurors who walk through a hall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from innovate.accounts.models import User
from innovate.events.queries import get_actor
from innovate.ideas.models import Idea
from innovate.pairwise.models import Contest, ContestEntry, ContestJuror, ContestKind, ContestState
from innovate.pairwise.queries.desk import Desk, load_desk
from innovate.pairwise.services import voting
from innovate.pairwise.services.voting import Answer
from innovate.scoring.models.rounds import Round
from tests.factories.build import NOW, add


def make_contest(round_: Round, ideas: Sequence[Idea], jurors: Sequence[User], **values: Any) -> Contest:
    """An open hall with stands 1, 2, 3, … and K = 1."""
    defaults = {
        "event_id": round_.event_id,
        "round_id": round_.id,
        "kind": ContestKind.HALL,
        "state": ContestState.OPEN,
        "name": "Aula pameran",
        "created_by_id": jurors[0].id,
        "created_at": NOW,
        "opened_at": NOW,
    }
    contest = add(Contest(**{**defaults, **values}))
    for number, idea in enumerate(ideas, 1):
        add(ContestEntry(contest_id=contest.id, idea_id=idea.id, stand=str(number)))
    for juror in jurors:
        add(ContestJuror(contest_id=contest.id, user_id=juror.id))
    return contest


def walk(
    slug: str,
    contest: Contest,
    juror: User,
    votes: int,
    *,
    prefers: Callable[[int, int], bool] = lambda offered, seen: offered < seen,
    at: datetime = NOW,
) -> Desk:
    """A juror walks until they made so many comparisons; `prefers` is asked with the numbers of the two entries."""
    actor = get_actor(slug, juror)
    desk = load_desk(contest, juror.id, at)
    while desk.made < votes and not desk.is_done:
        if desk.offered is None:
            voting.take_entry(actor, contest.public_id, at=at)
        else:
            said = Answer.SEEN
            if desk.seen is not None:
                wins = prefers(desk.offered.number or 0, desk.seen.number or 0)
                said = Answer.BETTER if wins else Answer.WORSE
            voting.answer(actor, contest.public_id, token=desk.seat.token, said=said, at=at)
        at += timedelta(minutes=1)
        desk = load_desk(contest, juror.id, at)
    return desk

"""Seats and ballots of a round, in bulk, as the services would have left them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, update

from innovate.core.db import db
from innovate.demo.domain import marking
from innovate.demo.domain import scale as made
from innovate.demo.services import jury
from innovate.demo.services.competition import Competition
from innovate.demo.services.years.writing import Written
from innovate.events.domain.kinds import PhaseKind
from innovate.scoring.domain import rubric as rules
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Criterion, Round, Rubric
from innovate.scoring.queries.pact import get_wording
from innovate.scoring.queries.rounds import find_rubric
from innovate.scoring.services import pact


def judge(
    played: Competition, kind: PhaseKind, entries: Sequence[Written], *, each: int, at: datetime
) -> None:
    """Every entry is scored by `each` jurors of the panel within nine days (a final: on the day) from `at`."""
    round_ = jury.round_of(played.on, kind)
    rubric = find_rubric(round_.rubric_id)
    if rubric is None:
        raise LookupError("the round has no rubric")
    db.session.execute(update(Rubric).where(Rubric.id == rubric.id).values(locked_at=at))
    _sign(played, round_, at)
    scales = {criterion.id: criterion for criterion in rubric.criteria}
    share = made.share_seats(played.draw, len(played.panel.keys), each)
    span = 480 if kind is PhaseKind.FINAL else 9 * 24 * 60
    for entry in entries:
        for place in sorted(next(share)):
            when = at + timedelta(minutes=played.draw.randint(30, span))
            _score(played, round_, rubric.id, scales, entry, played.panel.keys[place], when, at)


def _sign(played: Competition, round_: Round, at: datetime) -> None:
    version = get_wording(played.on.event.id).version
    for key in played.panel.keys:
        pact.sign_pact(played.on.actor(key), round_, version=version, at=at)


def _score(
    played: Competition,
    round_: Round,
    rubric_id: int,
    scales: dict[int, Criterion],
    entry: Written,
    key: str,
    when: datetime,
    at: datetime,
) -> None:
    user_id = played.on.world.people[key].id
    values = marking.draw_values(
        played.draw, scales, strength=entry.strength, severity=played.panel.severity[key]
    )
    seat = Assignment(
        round_id=round_.id, idea_id=entry.idea_id, user_id=user_id, by_draw=True, created_at=at, cleared_at=at
    )
    db.session.add(seat)
    db.session.flush()
    ballot = Ballot(
        assignment_id=seat.id,
        round_id=round_.id,
        idea_id=entry.idea_id,
        user_id=user_id,
        rubric_id=rubric_id,
        revision_id=entry.revision_id,
        state=BallotState.SUBMITTED,
        total=_total(scales, values),
        version=2,
        comment_team=made.make_remark(played.draw),
        created_at=when - timedelta(minutes=20),
        updated_at=when,
        submitted_at=when,
    )
    db.session.add(ballot)
    db.session.flush()
    scores: list[dict[str, Any]] = [
        {"ballot_id": ballot.id, "criterion_id": criterion, "value": value}
        for criterion, value in values.items()
    ]
    db.session.execute(insert(BallotScore), scores)


def _total(scales: dict[int, Criterion], values: dict[int, Decimal]) -> float:
    total = rules.total(scales, values)
    if total is None:
        raise LookupError("a ballot has all its values")
    return float(total)

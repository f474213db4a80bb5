"""Reading practice entries, one's own sheet, and the spread of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from innovate.audit.queries import names_by
from innovate.calibration.domain.spread import Spread, spread_of
from innovate.calibration.models import Practice, PracticeSheet, PracticeState
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import CriterionRow
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.jury import JurorRow, list_jurors
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import get_round, list_rounds


@dataclass(frozen=True)
class RoundPractice:
    """A round with its practice entry, if it has one, and how many jurors handed theirs in."""

    round: Round
    practice: Practice | None
    handed_in: int


def list_practices(event: Event) -> list[RoundPractice]:
    """Every round of the event. Three statements."""
    rounds = list_rounds(event.id)
    found = {p.round_id: p for p in db.session.scalars(select(Practice).filter_by(event_id=event.id))}
    counted = (
        select(PracticeSheet.practice_id, func.count())
        .where(PracticeSheet.practice_id.in_([p.id for p in found.values()]))
        .where(PracticeSheet.submitted_at.is_not(None))
        .group_by(PracticeSheet.practice_id)
    )
    counts = dict(db.session.execute(counted).tuples().all())
    return [
        RoundPractice(r, found.get(r.id), counts.get(found[r.id].id, 0) if r.id in found else 0)
        for r in rounds
    ]


def find_practice(round_: Round) -> Practice | None:
    """The round's practice entry."""
    return db.session.scalar(select(Practice).filter_by(round_id=round_.id))


def get_open_practice(event: Event, number: int) -> tuple[Round, Practice]:
    """The practice entry of round `number` once it was opened, or NotFound."""
    round_ = get_round(event, number)
    practice = find_practice(round_)
    if practice is None or practice.state is PracticeState.DRAFT:
        raise NotFound
    return round_, practice


def find_sheet(practice: Practice, user_id: int) -> PracticeSheet | None:
    """What a juror gave it so far."""
    return db.session.scalar(select(PracticeSheet).filter_by(practice_id=practice.id, user_id=user_id))


def list_sheets(practice: Practice) -> list[PracticeSheet]:
    """What was handed in, with whose it is, by name."""
    query = select(PracticeSheet).where(
        PracticeSheet.practice_id == practice.id, PracticeSheet.submitted_at.is_not(None)
    )
    sheets = db.session.scalars(query.options(joinedload(PracticeSheet.user))).all()
    return sorted(sheets, key=lambda sheet: (sheet.user.name, sheet.user_id))


def list_practising(practice: Practice, round_: Round) -> list[JurorRow]:
    """Who serves in the round and may therefore score its practice entry."""
    serving = find_round_jury(round_)
    return [row for row in list_jurors(practice.event_id) if serving is None or row.user.id in serving]


@dataclass(frozen=True)
class Panel:
    """The practice entry with the criteria it is scored on, and the spread of each (None while nobody handed in)."""

    criteria: list[CriterionRow]
    spreads: dict[int, Spread | None]
    total: Spread | None


def load_criteria(practice: Practice, round_: Round) -> list[CriterionRow]:
    """The criteria of the rubric it was opened with, or of the one in force while it is a draft."""
    return list_criteria(practice.rubric_id or round_.rubric_id)


def read_panel(criteria: list[CriterionRow], sheets: Sequence[PracticeSheet], user_id: int | None) -> Panel:
    """The spread of every criterion and of the totals; `user_id` marks the reader's own values."""
    own = next((sheet for sheet in sheets if sheet.user_id == user_id), None)
    spreads = {}
    for criterion in criteria:
        key = str(criterion.id)
        given = [Decimal(sheet.values[key]) for sheet in sheets if key in sheet.values]
        mine = Decimal(own.values[key]) if own and key in own.values else None
        spreads[criterion.id] = spread_of(given, mine)
    totals = [sheet.total for sheet in sheets if sheet.total is not None]
    return Panel(criteria, spreads, spread_of(totals, own.total if own else None))


def find_waiting(actor: Actor) -> tuple[Round, Practice] | None:
    """The first open practice entry that waits for this juror's values."""
    query = (
        select(Practice)
        .outerjoin(
            PracticeSheet,
            (PracticeSheet.practice_id == Practice.id) & (PracticeSheet.user_id == actor.user_id),
        )
        .where(Practice.event_id == actor.event.id, Practice.opened_at.is_not(None))
        .where(Practice.shown_at.is_(None), PracticeSheet.submitted_at.is_(None))
        .order_by(Practice.id)
    )
    waiting = db.session.scalars(query).all()
    if not waiting:
        return None
    rounds = {round_.id: round_ for round_ in list_rounds(actor.event.id)}
    for practice in waiting:
        serving = find_round_jury(rounds[practice.round_id])
        if serving is None or actor.user_id in serving:
            return rounds[practice.round_id], practice
    return None


TRAIL_NAMES = {"practice": names_by(Practice.id, Practice.title)}

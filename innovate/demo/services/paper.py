"""A juror whose line failed scored on paper: one sheet is in, one was typed differently by two people, one once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from innovate.core.db import db
from innovate.demo.services.competition import SECRETARIAT, Competition
from innovate.demo.services.jury import Seat, round_of
from innovate.events.domain.kinds import PhaseKind
from innovate.events.policy import Actor
from innovate.paper.domain.agreement import FromPaper
from innovate.paper.models import PaperSheet
from innovate.paper.services.keying import key_in
from innovate.paper.services.printing import prepare_sheets
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.jury import Assignment
from innovate.scoring.queries.ballots import CriterionRow, plain
from innovate.scoring.queries.criteria import list_criteria

_REMARK = "Manfaatnya jelas bagi warga. Tambahkan angka sebelum dan sesudah uji coba."


def plan_papers(played: Competition, seats: Sequence[Seat], at: datetime) -> None:
    """Sheets for the judged round; `seats` are the entries one juror scored on paper, two or three."""
    played.plan(at, partial(_prepare, played))
    after = at + timedelta(hours=3)
    for place, seat in enumerate(seats[:3]):
        played.plan(after + timedelta(minutes=6 * place), partial(_type, played, seat, SECRETARIAT, 0))
    for place, seat in enumerate(seats[:2]):
        wrong = place  # the second sheet is misread once
        played.plan(after + timedelta(minutes=40 + 7 * place), partial(_type, played, seat, "", wrong))


def _prepare(played: Competition, at: datetime) -> None:
    prepare_sheets(played.on.organizer, round_of(played.on, PhaseKind.JUDGING), at=at)


def _type(played: Competition, seat: Seat, key: str, wrong: int, at: datetime) -> None:
    clerk: Actor = played.on.actor(key) if key else played.on.organizer
    query = select(PaperSheet).join(Assignment, Assignment.id == PaperSheet.assignment_id)
    paper = db.session.scalars(query.where(Assignment.public_id == seat.public_id)).one()
    draw = Random(seat.public_id)
    values = {
        c.id: _mark(c, draw, wrong if not n else 0) for n, c in enumerate(list_criteria(paper.rubric_id))
    }
    filled = Filled(0, values, comment_team=_REMARK)
    key_in(clerk, paper, FromPaper(filled, signed=True), at=at)


def _mark(criterion: CriterionRow, draw: Random, wrong: int) -> str:
    steps = int((criterion.maximum - criterion.minimum) / criterion.step)
    given = min(steps - 1, max(1, round(steps * (0.6 + draw.gauss(0, 0.15)))))
    return plain(criterion.minimum + (given + wrong) * criterion.step)

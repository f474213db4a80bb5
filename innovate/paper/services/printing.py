"""Preparing sheets: one for each juror and entry, and a spare for each juror."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.paper import policy
from innovate.paper.domain.agreement import SheetState
from innovate.paper.domain.codes import draw_code
from innovate.paper.models import PaperSheet
from innovate.paper.queries.sheets import list_seats, list_sheets_of
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.seal import is_settled
from innovate.scoring.services.rubric_lock import lock_rubric


def prepare_sheets(actor: Actor, round_: Round, *, at: datetime) -> int:
    """Give every seat without a sheet one of its own, and every juror a spare; how many are new.

    From then on the rubric is locked: what stands on paper must stay what is typed in.
    """
    require(policy.can_key(actor))
    require(round_.event_id == actor.event.id, NotFound())
    round_ = locked(Round, round_.id)  # two people preparing at once make one set
    settled = _l("Peringkat babak ini sudah dibekukan. Lembar kertas tidak dapat dimasukkan lagi.")
    require(not is_settled(round_), Refused(settled))
    missing = _l("Susun rubrik babak ini sebelum mencetak lembar nilai.")
    require(bool(list_criteria(round_.rubric_id)), Refused(missing))
    seats = list_seats(round_)
    require(
        bool(seats),
        Refused(_l("Belum ada penugasan tanpa nilai pada babak ini, jadi tidak ada lembar untuk disiapkan.")),
    )
    rubric_id = round_.rubric_id or 0
    lock_rubric(actor.user_id, rubric_id, actor.event.id, at)
    known = list_sheets_of(rubric_id)
    having = {sheet.assignment_id for sheet in known if not sheet.is_spare}
    spared = {sheet.user_id for sheet in known if sheet.is_spare and sheet.state is SheetState.BLANK}
    wanted: list[tuple[int, int | None]] = [(s.user_id, s.id) for s in seats if s.id not in having]
    wanted += [(user_id, None) for user_id in sorted({seat.user_id for seat in seats} - spared)]
    for (user_id, seat_id), code in zip(wanted, _draw_codes(len(wanted)), strict=True):
        sheet = PaperSheet(event_id=actor.event.id, round_id=round_.id, rubric_id=rubric_id, user_id=user_id)
        sheet.assignment_id, sheet.is_spare = seat_id, seat_id is None
        sheet.code, sheet.printed_by_id, sheet.printed_at = code, actor.user_id, at
        db.session.add(sheet)
    db.session.flush()
    if wanted:
        record(
            "paper.prepare",
            actor_id=actor.user_id,
            at=at,
            object_type="round",
            object_id=round_.id,
            event_id=actor.event.id,
            after={"sheets": len(wanted), "rubric": rubric_id},
        )
    return len(wanted)


def _draw_codes(count: int) -> list[str]:
    """Codes nobody has, here or in another event."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {draw_code() for _ in range(count - len(codes))}
        codes |= drawn - set(db.session.scalars(select(PaperSheet.code).where(PaperSheet.code.in_(drawn))))
    return list(codes)

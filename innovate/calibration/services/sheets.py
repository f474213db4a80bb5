"""A juror's values for the practice entry."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.calibration import policy
from innovate.calibration.models import Practice, PracticeSheet, PracticeState
from innovate.calibration.queries import find_sheet, list_practising, load_criteria
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events.policy import Actor
from innovate.scoring.domain import rubric
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import plain
from innovate.scoring.services.values import read_values

MAX_COMMENT = 5000


def save_sheet(
    actor: Actor, round_: Round, practice: Practice, filled: Filled, *, hand_in: bool, at: datetime
) -> PracticeSheet:
    """Keep a juror's values, or hand them in with every criterion given.

    `filled.version` is the version the values were typed on (0 for a first save); Stale if another tab saved since.
    """
    require(policy.can_practise(actor))
    if actor.user_id not in {row.user.id for row in list_practising(practice, round_)}:
        raise NotFound
    practice = locked(Practice, practice.id)
    closed = _l("Sebaran latihan sudah diperlihatkan, jadi nilai latihan tidak berubah lagi.")
    require(practice.state is PracticeState.OPEN, Refused(closed))
    criteria = {criterion.id: criterion for criterion in load_criteria(practice, round_)}
    values = read_values(criteria, filled)
    missing = [criterion.name for key, criterion in criteria.items() if key not in values]
    if hand_in and missing:
        text = _l("Belum dinilai: %(names)s.", names=", ".join(missing))
        raise Refused(text)
    sheet = _hold_sheet(actor, practice, filled.version, at)
    total = rubric.total(criteria, values)
    sheet.values = {str(key): plain(value) for key, value in values.items()}
    sheet.comment = filled.comment_internal[:MAX_COMMENT]
    sheet.total = None if total is None else float(total)
    sheet.updated_at, sheet.submitted_at = at, at if hand_in else None
    if hand_in:
        record(
            "practice.hand_in",
            actor_id=actor.user_id,
            at=at,
            object_type="practice",
            object_id=practice.id,
            event_id=actor.event.id,
            after={"total": sheet.total, "values": sheet.values},
            subject_id=actor.user_id,
        )
    return sheet


def _hold_sheet(actor: Actor, practice: Practice, version: int, at: datetime) -> PracticeSheet:
    sheet = find_sheet(practice, actor.user_id)
    stale = _l("Nilai latihan ini baru saja disimpan dari tab lain. Periksa, lalu simpan lagi.")
    require((sheet.version if sheet else 0) == version, Stale(stale))
    if sheet is None:
        sheet = PracticeSheet(practice_id=practice.id, user_id=actor.user_id, version=1, updated_at=at)
        db.session.add(sheet)
    else:
        sheet.version += 1
    return sheet

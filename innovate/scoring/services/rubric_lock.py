"""A rubric is locked by what is first written on it: a ballot, or a sheet of paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.scoring.models.rounds import Rubric
from innovate.scoring.queries.groups import is_held


def held() -> Refused:
    """Why nobody can begin."""
    text = _l(
        "Penilaian babak ini belum dapat dimulai: jurinya terbagi dalam kelompok yang tidak menilai satu karya pun "
        "bersama. Panitia perlu menambah penugasan atau menyatakan menerimanya."
    )
    return Refused(text, details={"held": True})


def lock_rubric(actor_id: int, rubric_id: int, event_id: int, at: datetime) -> None:
    """From now on a change of these criteria is a new version; locking twice changes nothing.

    What locks the first version opens the judging: refused while the jury is divided and nobody accepted that.
    """
    require(not is_held(rubric_id), held())
    lock = update(Rubric).where(Rubric.id == rubric_id, Rubric.locked_at.is_(None)).values(locked_at=at)
    result: Any = db.session.execute(lock, execution_options={"synchronize_session": False})
    if result.rowcount:
        record(
            "rubric.lock",
            actor_id=actor_id,
            at=at,
            object_type="rubric",
            object_id=rubric_id,
            event_id=event_id,
        )

"""What calibration does when a judging phase leaves the timetable."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.calibration.models import Practice, PracticeState
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.models import Phase
from innovate.events.policy import Actor
from innovate.events.services import timetable
from innovate.scoring.models.rounds import Round


def connect() -> None:
    """Ask to be called before the round itself goes; asking twice changes nothing."""
    if drop_practice not in timetable.before_phase_removed:
        timetable.before_phase_removed.insert(0, drop_practice)


def drop_practice(_actor: Actor, phase: Phase, _at: datetime) -> None:
    """A practice entry nobody was shown goes with its round; one that jurors scored keeps the phase."""
    practice = db.session.scalar(select(Practice).join(Practice.round).where(Round.phase_id == phase.id))
    if practice is None:
        return
    kept = _l("Juri sudah menilai karya latihan pada tahap ini, jadi tahapnya tidak dapat dihapus.")
    require(practice.state is PracticeState.DRAFT, Refused(kept))
    db.session.delete(practice)
    db.session.flush()

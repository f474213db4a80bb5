"""Somebody who came without having enrolled takes a place on the spot, where there is one for them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Activity, Enrolment
from innovate.learning.policy import Guest
from innovate.learning.queries.audience import is_for
from innovate.learning.queries.enrolments import count_state, find_enrolment
from innovate.learning.services.trail import record

NOT_YOURS = _l(
    "Kegiatan ini tidak terbuka untuk akun Anda dan Anda belum terdaftar. "
    "Temui penyelenggara di ruangan ini agar didaftarkan."
)
FULL = _l("Semua tempat sudah terisi dan Anda belum terdaftar. Temui penyelenggara di ruangan ini.")


def take_place(guest: Guest, *, at: datetime) -> None:
    """Make sure that the person has a place; Refused where the activity is not for them or full.

    Whether enrolment is open does not matter: who is in the room is there. Nor does the order of the waiting list, for
    while somebody waits there is no free place.
    """
    if _has_place(find_enrolment(guest.activity.id, guest.user_id)):
        return
    activity = locked(Activity, guest.activity.id)
    enrolment = find_enrolment(activity.id, guest.user_id)
    if _has_place(enrolment):
        return
    require(is_for(guest), Refused(NOT_YOURS))
    taken = count_state(activity.id, EnrolmentState.ENROLLED)
    require(activity.capacity is None or taken < activity.capacity, Refused(FULL))
    if enrolment is None:
        unit_id = guest.user.unit_id if guest.user else None
        enrolment = Enrolment(activity_id=activity.id, user_id=guest.user_id, unit_id=unit_id, asked_at=at)
        db.session.add(enrolment)
    enrolment.state, enrolment.placed_at = EnrolmentState.ENROLLED, at
    db.session.flush()
    record("enrolment.walk_in", guest, at, subject_id=guest.user_id)


def _has_place(enrolment: Enrolment | None) -> bool:
    return enrolment is not None and enrolment.state is EnrolmentState.ENROLLED

"""Somebody who came without having enrolled takes a place on the spot, where there is one for them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import locked
from innovate.core.errors import Refused, require
from innovate.learning.domain.enrolling import Obstacle
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Activity, Enrolment
from innovate.learning.policy import Guest
from innovate.learning.queries.enrolments import find_enrolment
from innovate.learning.services.enrolling import add_enrolment, find_own_obstacle, has_room
from innovate.learning.services.promoting import place
from innovate.learning.services.trail import record
from innovate.learning.words import OBSTACLES

NOT_YOURS = _l(
    "Kegiatan ini tidak terbuka untuk akun Anda dan Anda belum terdaftar. "
    "Temui penyelenggara di ruangan ini agar didaftarkan."
)
FULL = _l("Semua tempat sudah terisi dan Anda belum terdaftar. Temui penyelenggara di ruangan ini.")
_WORDS = {**OBSTACLES, Obstacle.NOT_FOR_YOU: NOT_YOURS}


def take_place(guest: Guest, *, at: datetime) -> None:
    """Make sure that the person has a place; Refused where enrolling would be for another reason than its hours, or
    where the activity is full.

    Nor does the order of the waiting list matter: who is in the room takes what is free.
    """
    user = guest.user
    if user is None or _has_place(find_enrolment(guest.activity.id, user.id)):
        return
    activity = locked(Activity, guest.activity.id)
    enrolment = find_enrolment(activity.id, user.id)
    if _has_place(enrolment):
        return
    obstacle = find_own_obstacle(guest, at, in_room=True)
    require(obstacle is None, Refused(_WORDS[obstacle or Obstacle.CLOSED]))
    require(has_room(activity), Refused(FULL))
    if enrolment is None:
        add_enrolment(guest, user, EnrolmentState.ENROLLED, at)
    else:
        place(enrolment, at=at)
    record("enrolment.walk_in", guest, at, subject_id=user.id)


def _has_place(enrolment: Enrolment | None) -> bool:
    return enrolment is not None and enrolment.state is EnrolmentState.ENROLLED

"""Somebody who came without having enrolled takes a place on the spot, where there is one for them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import Unit, User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.learning.domain.kinds import Audience, EnrolmentState
from innovate.learning.models import Activity, ActivityUnit, Enrolment
from innovate.learning.policy import Guest
from innovate.learning.queries.attendance import count_placed
from innovate.teams.models import Membership

NOT_YOURS = _l(
    "Kegiatan ini tidak terbuka untuk akun Anda dan Anda belum terdaftar. "
    "Temui penyelenggara di ruangan ini agar didaftarkan."
)
FULL = _l("Semua tempat sudah terisi dan Anda belum terdaftar. Temui penyelenggara di ruangan ini.")


def take_place(guest: Guest, *, at: datetime) -> None:
    """Make sure that the person has a place; Refused where the activity is not for them or full."""
    if _has_place(find_enrolment(guest)):
        return
    activity = locked(Activity, guest.activity.id)
    enrolment = find_enrolment(guest)
    if _has_place(enrolment):
        return
    require(is_for(guest), Refused(NOT_YOURS))
    require(activity.capacity is None or count_placed(activity.id) < activity.capacity, Refused(FULL))
    if enrolment is None:
        unit_id = guest.user.unit_id if guest.user else None
        enrolment = Enrolment(activity_id=activity.id, user_id=guest.user_id, unit_id=unit_id, asked_at=at)
        db.session.add(enrolment)
    enrolment.state, enrolment.placed_at = EnrolmentState.ENROLLED, at
    db.session.flush()
    record(
        "enrolment.walk_in",
        actor_id=guest.user_id,
        at=at,
        object_type="activity",
        object_id=activity.id,
        event_id=activity.event_id,
        subject_id=guest.user_id,
    )


def find_enrolment(guest: Guest) -> Enrolment | None:
    """The person's place, or where they wait."""
    query = select(Enrolment).where(
        Enrolment.activity_id == guest.activity.id,
        Enrolment.user_id == guest.user_id,
        Enrolment.withdrawn_at.is_(None),
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def _has_place(enrolment: Enrolment | None) -> bool:
    return enrolment is not None and enrolment.state is EnrolmentState.ENROLLED


def is_for(guest: Guest) -> bool:
    """Whether the activity's audience takes the person in."""
    audience, user = guest.activity.audience, guest.user
    if user is None:
        return False
    if audience is Audience.ASN:
        return user.employment.is_asn
    if audience is Audience.UNITS:
        return _is_below(guest.activity.id, user)
    if audience is Audience.EVENT:
        query = select(Membership.id).where(
            Membership.event_id == guest.activity.event_id,
            Membership.user_id == user.id,
            Membership.left_at.is_(None),
        )
        return db.session.scalar(query.limit(1)) is not None
    return True


def _is_below(activity_id: int, user: User) -> bool:
    named = set(
        db.session.scalars(select(ActivityUnit.unit_id).where(ActivityUnit.activity_id == activity_id))
    )
    parents = dict(db.session.execute(select(Unit.id, Unit.parent_id)).tuples().all())
    unit_id, seen = user.unit_id, set[int]()
    while unit_id is not None and unit_id not in seen:
        if unit_id in named:
            return True
        seen.add(unit_id)
        unit_id = parents.get(unit_id)
    return False

"""Taking a place, waiting for one, giving it up. The activity is held while its places are counted."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from innovate.accounts.models import User
from innovate.accounts.queries import find_user_by_email
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.learning import policy
from innovate.learning.domain.enrolling import Door, Obstacle, Span, find_obstacle
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Activity, Enrolment
from innovate.learning.policy import Guest
from innovate.learning.queries.audience import is_for
from innovate.learning.queries.enrolments import (
    count_state,
    find_enrolment,
    find_first_waiting,
    get_enrolment,
)
from innovate.learning.services.promoting import place, promote, tell_place
from innovate.learning.services.trail import record, tell
from innovate.learning.words import OBSTACLES

_FULL = _l("Semua tempat sudah terisi. Tambah dahulu jumlah tempatnya.")
_TWICE = _l("Orang ini sudah terdaftar.")


def door_of(guest: Guest) -> Door:
    """When people may enrol in the activity; its sessions must be loaded."""
    activity = guest.activity
    spans = [Span(each.starts_at, each.ends_at) for each in activity.sessions]
    return Door(policy.takes_people(guest), activity.opens_at, activity.closes_at, spans)


def find_own_obstacle(guest: Guest, at: datetime, *, in_room: bool = False) -> Obstacle | None:
    """Why the person (or any visitor) cannot enrol now, or cannot take a place on the spot (`in_room`)."""
    user = guest.user
    if user is None:
        return find_obstacle(door_of(guest), at)
    verified = user.email_verified_at is not None
    return find_obstacle(door_of(guest), at, verified=verified, fits=is_for(guest), in_room=in_room)


def enrol(guest: Guest, *, at: datetime) -> Enrolment:
    """A place, or a number in the waiting list. Who is enrolled already stays as they are."""
    user = guest.user
    if user is None or not policy.can_see(guest):
        raise NotFound
    activity = locked(Activity, guest.activity.id)
    if existing := find_enrolment(activity.id, guest.user_id):
        return existing
    obstacle = find_own_obstacle(guest, at)
    require(obstacle is None, Refused(OBSTACLES[obstacle or Obstacle.CLOSED]))
    is_full = not has_room(activity) or find_first_waiting(activity.id) is not None
    enrolment = add_enrolment(guest, user, EnrolmentState.WAITING if is_full else EnrolmentState.ENROLLED, at)
    record("enrolment.wait" if is_full else "enrolment.enrol", guest, at, subject_id=guest.user_id)
    if not is_full:
        tell_place(guest, enrolment, how="enrolled", at=at)
    return enrolment


def give_up(guest: Guest, *, at: datetime) -> None:
    """The person no longer comes; the next of the waiting list gets the place."""
    require(policy.can_see(guest) and guest.user is not None, NotFound())
    locked(Activity, guest.activity.id)
    enrolment = find_enrolment(guest.activity.id, guest.user_id)
    gone = _l("Anda tidak terdaftar pada kegiatan ini.")
    if enrolment is None:
        raise Refused(gone)
    ended = bool(guest.activity.sessions) and all(each.ends_at <= at for each in guest.activity.sessions)
    require(not ended, Refused(_l("Kegiatan ini sudah selesai, jadi pendaftarannya tetap tercatat.")))
    _withdraw(guest, enrolment, "", at)
    record("enrolment.give_up", guest, at, subject_id=guest.user_id)
    promote(guest, at=at)


def add_person(guest: Guest, email: str, *, at: datetime) -> Enrolment:
    """A maker puts somebody on the list, whatever the audience and the window; who waits gets their place now."""
    require(policy.can_edit(guest), NotFound())
    require(policy.takes_people(guest), Refused(_l("Terbitkan dahulu kegiatan ini."), field="email"))
    user = find_user_by_email(email.strip().lower())
    unknown = _l("Belum ada akun dengan alamat surel ini. Mintalah orangnya membuat akun dahulu.")
    if user is None or not user.is_active:
        raise Refused(unknown, field="email")
    activity = locked(Activity, guest.activity.id)
    enrolment = find_enrolment(activity.id, user.id)
    has_place = enrolment is not None and enrolment.state is EnrolmentState.ENROLLED
    require(not has_place, Refused(_TWICE, field="email"))
    require(has_room(activity), Refused(_FULL, field="email"))
    if enrolment is None:
        enrolment = add_enrolment(guest, user, EnrolmentState.ENROLLED, at, by=guest.user_id)
    else:
        place(enrolment, at=at)
        enrolment.user = user
    record("enrolment.add", guest, at, subject_id=user.id)
    tell_place(guest, enrolment, how="added", at=at)
    return enrolment


def remove_person(guest: Guest, public_id: str, *, reason: str, at: datetime) -> Enrolment:
    """A maker takes somebody off the list; they read the reason, and the next of the waiting list moves up."""
    require(policy.can_edit(guest), NotFound())
    short = _l("Tuliskan alasan, paling sedikit 5 karakter. Orangnya membaca alasan ini.")
    require(len(reason.strip()) >= 5, Refused(short, field="reason"))
    locked(Activity, guest.activity.id)
    enrolment = get_enrolment(guest.activity.id, public_id)
    _withdraw(guest, enrolment, reason.strip()[:300], at)
    record(
        "enrolment.remove", guest, at, after={"reason": reason.strip()[:300]}, subject_id=enrolment.user_id
    )
    tell(
        "learning_removed",
        guest.activity,
        enrolment.user,
        about=f"removed:{enrolment.id}",
        at=at,
        reason=reason.strip()[:300],
    )
    promote(guest, at=at)
    return enrolment


def has_room(activity: Activity) -> bool:
    """Whether a place is free; the activity is held."""
    return activity.capacity is None or count_state(activity.id, EnrolmentState.ENROLLED) < activity.capacity


def add_enrolment(
    guest: Guest, user: User, state: EnrolmentState, at: datetime, *, by: int | None = None
) -> Enrolment:
    """Write the row; the database's own rule stops a second one made at the same moment."""
    enrolment = Enrolment(
        activity_id=guest.activity.id,
        user=user,
        state=state,
        unit_id=user.unit_id,
        asked_at=at,
        placed_at=at if state is EnrolmentState.ENROLLED else None,
        added_by_id=by,
    )
    try:
        with db.session.begin_nested():
            db.session.add(enrolment)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    return enrolment


def _withdraw(guest: Guest, enrolment: Enrolment, reason: str, at: datetime) -> None:
    enrolment.state, enrolment.withdrawn_at = EnrolmentState.WITHDRAWN, at
    enrolment.withdrawn_by_id, enrolment.withdrawn_reason = guest.user_id, reason
    db.session.flush()

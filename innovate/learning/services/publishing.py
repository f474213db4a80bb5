"""Putting an activity on the agenda, and calling it off."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import locked
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.learning import policy
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity
from innovate.learning.policy import Guest
from innovate.learning.queries.enrolments import list_placed_users
from innovate.learning.services.trail import record, tell


def publish(guest: Guest, *, at: datetime) -> None:
    """Everybody may read it from now on, and its audience may enrol."""
    require(policy.can_run(guest), NotFound())
    activity = locked(Activity, guest.activity.id)
    again = _l("Hanya draf yang dapat diterbitkan.")
    require(activity.state is ActivityState.DRAFT, Refused(again))
    none = _l("Tambahkan dahulu paling sedikit satu sesi yang belum selesai.")
    require(any(each.ends_at > at for each in activity.sessions), Refused(none))
    activity.state, activity.published_at = ActivityState.PUBLISHED, at
    record("activity.publish", guest, at)


def cancel(guest: Guest, *, reason: str, at: datetime) -> int:
    """Call it off; it stays readable with its reason, and everybody enrolled or waiting is told. How many."""
    require(policy.can_run(guest), NotFound())
    short = _l("Tuliskan alasan, paling sedikit 10 karakter. Semua yang terdaftar membaca alasan ini.")
    require(len(reason.strip()) >= 10, Refused(short, field="reason"))
    activity = locked(Activity, guest.activity.id)
    only = _l("Hanya kegiatan yang terbit yang dapat dibatalkan.")
    require(activity.state is ActivityState.PUBLISHED, Refused(only, field="reason"))
    over = _l("Kegiatan ini sudah selesai.")
    require(any(each.ends_at > at for each in activity.sessions), Refused(over, field="reason"))
    activity.state, activity.cancelled_at = ActivityState.CANCELLED, at
    activity.cancelled_reason = reason.strip()
    activity.version += 1
    record("activity.cancel", guest, at, after={"reason": activity.cancelled_reason})
    withdraw()
    users = list_placed_users(activity.id, waiting=True)
    for user in users:
        tell("learning_cancelled", activity, user, about="cancel", at=at, reason=activity.cancelled_reason)
    return len(users)

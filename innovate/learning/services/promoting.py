"""Giving free places to the waiting list, in its order. The activity must be held."""

from __future__ import annotations

from datetime import datetime

from innovate.core.db import db
from innovate.learning import policy
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Enrolment
from innovate.learning.policy import Guest
from innovate.learning.queries.enrolments import count_state, find_first_waiting
from innovate.learning.services.trail import record, tell


def promote(guest: Guest, *, at: datetime) -> int:
    """Fill free places from the waiting list and tell each; how many. Not once the last session is over."""
    activity = guest.activity
    over = all(each.ends_at <= at for each in activity.sessions)
    if over or not policy.takes_people(guest):
        return 0
    placed, moved = count_state(activity.id, EnrolmentState.ENROLLED), 0
    while activity.capacity is None or placed + moved < activity.capacity:
        waiting = find_first_waiting(activity.id)
        if waiting is None:
            break
        place(waiting, at=at)
        moved += 1
        record("enrolment.promote", guest, at, subject_id=waiting.user_id)
        tell_place(guest, waiting, how="promoted", at=at)
    return moved


def place(enrolment: Enrolment, *, at: datetime) -> None:
    """It has a place now."""
    enrolment.state, enrolment.placed_at = EnrolmentState.ENROLLED, at
    db.session.flush()


def tell_place(guest: Guest, enrolment: Enrolment, *, how: str, at: datetime) -> None:
    """Tell the person that they have a place. `how`: enrolled, promoted, added."""
    first = min((each.starts_at for each in guest.activity.sessions), default=None)
    tell(
        "learning_enrolled",
        guest.activity,
        enrolment.user,
        about=f"{how}:{enrolment.id}",
        at=at,
        how=how,
        starts=first.isoformat() if first else "",
    )

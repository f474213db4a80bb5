"""Who came to the trainings that are over, and the certificates of some of them."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.demo.services.documents import SITE
from innovate.documents.queries.trainings import get_activity, is_of
from innovate.documents.services.setting import set_waiting
from innovate.documents.services.trainings.issuing import issue_missing
from innovate.learning.domain.kinds import ActivityState, EnrolmentState, Method
from innovate.learning.models import Activity, Attendance, Enrolment, LearningSession
from innovate.learning.queries.activities import get_guest
from innovate.learning.queries.attendance import is_over
from innovate.learning.services.attending import add_attendance

_CAME = 0.85
_CERTIFIED = 2  # of the smallest activities the certificates are out; the others wait for their organizer
_LATE = timedelta(minutes=12)


def attend_past(*, at: datetime) -> None:
    """Most of those with a place came to each session that is over by `at`; of earlier years it is written already."""
    written = select(LearningSession.activity_id).join(
        Attendance, Attendance.session_id == LearningSession.id
    )
    query = select(Activity).where(Activity.state == ActivityState.PUBLISHED, Activity.id.not_in(written))
    query = query.order_by(Activity.id)
    over = {each: people for each in db.session.scalars(query) if (people := _attend(each, at))}
    giving = sorted((each for each in over if each.gives_certificate), key=lambda each: over[each])
    for activity in giving[:_CERTIFIED]:
        issue_missing(get_activity(activity.id), site=SITE, actor_id=activity.created_by_id, at=at)
        set_waiting(is_of(activity.id), _tell_nobody, nullcontext, at=at)


def _attend(activity: Activity, at: datetime) -> int:
    """How many have a place in it; 0 while it is not over."""
    guest = get_guest(activity.public_id, db.session.get_one(User, activity.created_by_id))
    draw = Random(f"{activity.title}:hadir")
    placed = select(Enrolment.user_id).where(
        Enrolment.activity_id == activity.id,
        Enrolment.state == EnrolmentState.ENROLLED,
        Enrolment.withdrawn_at.is_(None),
    )
    people = list(db.session.scalars(placed.order_by(Enrolment.id)))
    for session in guest.activity.sessions:
        came = [user_id for user_id in people if draw.random() < _CAME]
        if came and session.ends_at <= at:
            add_attendance(guest, session, came, Method.QR, session.starts_at + _LATE, at)
    return len(people) if is_over(guest.activity, at) else 0


def _tell_nobody(_done: int, _total: int, _stage: str = "", /) -> None:
    """Nobody watches."""

"""Activities with their sessions, places and attendance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from innovate.accounts.models import User
from innovate.events.models import Event
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState, Method
from innovate.learning.models import Activity, Attendance, Enrolment, LearningSession, Speaker
from tests.factories.build import NOW, add

HOUR = timedelta(hours=1)


def make_activity(maker: User, *, event: Event | None = None, **values: Any) -> Activity:
    """A published bimtek that everybody may enrol in."""
    defaults = {
        "event_id": event.id if event else None,
        "kind": ActivityKind.TRAINING,
        "state": ActivityState.PUBLISHED,
        "title": "Bimtek Analisis Data",
        "host": "Badan Kepegawaian Contoh",
        "created_by_id": maker.id,
        "created_at": NOW - timedelta(days=20),
        "published_at": NOW - timedelta(days=19),
    }
    return add(Activity(**{**defaults, **values}))


def make_session(activity: Activity, *, starts: timedelta = -HOUR, **values: Any) -> LearningSession:
    """Three hours with a pause of 45 minutes (3 JP), running at NOW unless `starts` says otherwise."""
    starts_at = NOW + starts
    defaults = {
        "activity_id": activity.id,
        "title": "Membaca data layanan",
        "starts_at": starts_at,
        "ends_at": starts_at + 3 * HOUR,
        "pause": 45,
        "room": "Aula Contoh",
    }
    return add(LearningSession(**{**defaults, **values}))


def make_speaker(session: LearningSession, user: User) -> Speaker:
    return add(Speaker(session_id=session.id, user_id=user.id, name=user.name))


def make_place(activity: Activity, user: User, state: EnrolmentState = EnrolmentState.ENROLLED) -> Enrolment:
    return add(
        Enrolment(
            activity_id=activity.id,
            user_id=user.id,
            state=state,
            unit_id=user.unit_id,
            asked_at=NOW,
            placed_at=NOW,
        )
    )


def make_attendance(session: LearningSession, user: User, **values: Any) -> Attendance:
    defaults = {"method": Method.QR, "at": session.starts_at, "recorded_by_id": user.id}
    return add(Attendance(session_id=session.id, user_id=user.id, **{**defaults, **values}))

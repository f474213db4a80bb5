"""An activity of a past year with its sessions, who enrolled and who was there."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.demo.services.history import Days
from innovate.demo.services.stage import ORGANIZER, World
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState, Method
from innovate.learning.models import Activity, Attendance, Enrolment, LearningSession

_PAUSE = 60  # minutes, of sessions of five hours or more


def hold(world: World, days: Days, row: dict[str, Any], _at: datetime) -> None:
    """Write down what was held, when it is over."""
    keeper = world.people[ORGANIZER]
    first = days.at(row["day"], 8)
    activity = Activity(
        kind=ActivityKind(row["kind"]),
        state=ActivityState.PUBLISHED,
        title=row["title"],
        summary="Bagi ASN dari semua unit.",
        host="Bagian Organisasi Sekretariat Daerah Kota Pontianak",
        created_by_id=keeper.id,
        created_at=first - timedelta(days=30),
        published_at=first - timedelta(days=28),
    )
    db.session.add(activity)
    db.session.flush()
    sessions = [_session(activity, days, row, number) for number in range(len(row["hours"]))]
    db.session.add_all(sessions)
    db.session.flush()
    draw = Random(f"{row['title']}:{first.year}")
    learners = draw.sample(_list_people(world), row["people"])
    _enrol(activity, learners, first, draw)
    _attend(sessions, learners, row["share"], keeper, draw)


def _session(activity: Activity, days: Days, row: dict[str, Any], number: int) -> LearningSession:
    hours = row["hours"][number]
    pause = _PAUSE if hours >= 5 else 0
    starts = days.at(row["day"] + number, 8)
    return LearningSession(
        activity_id=activity.id,
        title=f"Hari ke-{number + 1}" if len(row["hours"]) > 1 else row["title"],
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours, minutes=pause),
        pause=pause,
        room="Aula Sultan Syarif Abdurrahman",
    )


def _list_people(world: World) -> list[User]:
    """Everybody of a unit of the city who had an account then, in the order of their accounts."""
    query = select(User).join(Unit, Unit.id == User.unit_id).where(User.created_at <= world.register.since)
    return list(db.session.scalars(query.order_by(User.id)))


def _enrol(activity: Activity, learners: list[User], first: datetime, draw: Random) -> None:
    for user in learners:
        asked = first - timedelta(days=draw.randint(2, 26), minutes=draw.randint(0, 400))
        db.session.add(
            Enrolment(
                activity_id=activity.id,
                user_id=user.id,
                state=EnrolmentState.ENROLLED,
                unit_id=user.unit_id,
                asked_at=asked,
                placed_at=asked,
            )
        )


def _attend(
    sessions: list[LearningSession], learners: list[User], share: float, keeper: User, draw: Random
) -> None:
    rows = [
        {
            "session_id": session.id,
            "user_id": user.id,
            "method": Method.LIST,
            "at": session.starts_at + timedelta(minutes=draw.randint(0, 25)),
            "recorded_by_id": keeper.id,
        }
        for user in learners
        if draw.random() < share
        for session in sessions
        if draw.random() < 0.97
    ]
    db.session.execute(insert(Attendance), rows)

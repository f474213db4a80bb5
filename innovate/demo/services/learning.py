"""Trainings of the year: what was held, what is coming, who enrolled, and one draft."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import select

from innovate.core.db import db
from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.material import read_activities
from innovate.demo.services.stage import ORGANIZER, World
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.learning.domain.kinds import ActivityKind, Audience
from innovate.learning.domain.plans import Draft, Offer, Plan, read_voices
from innovate.learning.queries.activities import get_guest
from innovate.learning.services import enrolling, making, materials, publishing, sessions
from innovate.skills.models import Skill

_FIRST = (
    "oktavia-damayanti",
    "ahmad-zaki",
    "siti-marhamah",
    "vincentius-alvin",
)  # sign-ins a visitor can try
_HOUR = timedelta(hours=1)


def plan(world: World, today: date) -> None:
    """Each activity is made two weeks ahead, or a week ago if it is still far; people enrol in between."""
    days = Days(today, ZONE)
    for number, row in enumerate(read_activities()):
        row["day"] = row["day"] if row.get("now") else _find_workday(days, row)
        begins = days.at(min(row["day"] - 14, -7), 9, 7 * number)
        world.history.plan(begins, partial(_make, world, days, row))


def _find_workday(days: Days, row: dict[str, Any]) -> int:
    """The planned day, or the Monday after it where a session would fall on a weekend."""
    day, last = int(row["day"]), max(session.get("after", 0) for session in row["sessions"])
    weekday = days.at(day, 9).astimezone(days.zone).weekday()
    return day if weekday + last < 5 else day + 7 - weekday


def _make(world: World, days: Days, row: dict[str, Any], at: datetime) -> None:
    maker = world.people[ORGANIZER]
    activity = making.create_activity(maker, _actor(world, row), _draft(row), at=at)
    for session in row["sessions"]:
        guest = get_guest(activity.public_id, maker)
        starts = (
            _begin_before(world.history.until) if row.get("now") else _find_start(days, row["day"], session)
        )
        sessions.add_session(guest, _plan(starts, session), at=at + _HOUR / 4)
        db.session.expire(activity, ["sessions"])
    if row.get("draft"):
        return
    guest = get_guest(activity.public_id, maker)
    publishing.publish(guest, at=at + _HOUR / 2)
    link = f"https://berkas.pontianak.example/{activity.kind.value}/{row['skills'][0]}"
    offer = Offer("Kerangka acuan dan susunan acara", is_public=True, link=link)
    materials.add_material(guest, offer, at=at + _HOUR / 2)
    if row["day"] < 0:
        shown = Offer("Paparan narasumber", link=f"{link}/paparan")
        world.history.plan(days.at(row["day"] + 1, 17), partial(_hand_out, world, activity.public_id, shown))
    _plan_people(world, days, row, activity.public_id, at + _HOUR)


def _actor(world: World, row: dict[str, Any]) -> Actor | None:
    """The maker in the city's competition of this year, if the activity belongs to it."""
    if "event" not in row:
        return None
    query = select(Event.slug).where(Event.slug.startswith("inovasi-kota-")).order_by(Event.slug.desc())
    return get_actor(str(db.session.scalar(query.limit(1))), world.people[ORGANIZER])


def _draft(row: dict[str, Any]) -> Draft:
    codes = db.session.scalars(select(Skill.public_id).where(Skill.code.in_(row["skills"])))
    return Draft(
        kind=ActivityKind(row["kind"]),
        title=row["title"],
        summary=row["summary"],
        description=row.get("description", ""),
        host=row["host"],
        contact="pelatihan@pontianak.example",
        audience=Audience(row.get("audience", "all")),
        capacity=row.get("capacity"),
        skills=list(codes),
        gives_certificate=row.get("certificate", True),
    )


def _find_start(days: Days, day: int, session: dict[str, Any]) -> datetime:
    return days.at(day + session.get("after", 0), session["hour"])


def _begin_before(at: datetime) -> datetime:
    """Half an hour ago, at a full quarter."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) - _HOUR / 2


def _plan(starts: datetime, session: dict[str, Any]) -> Plan:
    voices = read_voices("\n".join(session["speakers"]))
    ends = starts + timedelta(minutes=session["minutes"])
    where = session.get("room", ""), session.get("link", "")
    return Plan(session["title"], starts, ends, session.get("pause", 0), *where, speakers=voices)


def _hand_out(world: World, public_id: str, offer: Offer, at: datetime) -> None:
    materials.add_material(get_guest(public_id, world.people[ORGANIZER]), offer, at=at)


def _plan_people(world: World, days: Days, row: dict[str, Any], public_id: str, since: datetime) -> None:
    """So many people ask for a place, one after the other, until the day before or until the demo was loaded."""
    draw = Random(row["title"])
    keys = sorted(set(world.people) - world.register.outside - {*_FIRST, ORGANIZER})
    draw.shuffle(keys)
    until = min(days.at(row["day"] - 1, 16), world.history.until - _HOUR)
    asking = [*_FIRST, *keys][: row["people"]]
    for number, key in enumerate(asking):
        at = since + (until - since) * number / max(1, len(asking))
        world.history.plan(at, partial(_enrol, world, public_id, key))


def _enrol(world: World, public_id: str, key: str, at: datetime) -> None:
    """Whoever the activity is not for is told so, and nothing is written."""
    guest = get_guest(public_id, world.people[key])
    if enrolling.find_own_obstacle(guest, at) is None:
        enrolling.enrol(guest, at=at)

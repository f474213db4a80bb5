"""Filling an empty database with the demo."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.demo.services import archive, city, impact, learning, quizzes, season, surveys, units
from innovate.demo.services.attendance import attend_past
from innovate.demo.services.history import ZONE, Days, History
from innovate.demo.services.mails import Writer, settle_mails
from innovate.demo.services.partners import add_partners
from innovate.demo.services.people import load_people, load_units
from innovate.demo.services.privacy import add_rights
from innovate.demo.services.skills import rate_people
from innovate.demo.services.stage import World
from innovate.demo.services.years.planning import plan as plan_years
from innovate.ideas.queries.similar.lookup import list_uncompared
from innovate.ideas.services.similar.comparing import compare_idea
from innovate.impact.services.links import Links

_MANY = 10_000
_PAST = 2  # years before the present one that are told
_LEAD = timedelta(days=1120)  # people had their accounts, and rated their skills, before all of it


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    return db.session.scalar(select(User.id).limit(1)) is None


def has_demo_accounts() -> bool:
    """Whether the demo was loaded."""
    return db.session.scalar(select(User.id).where(User.is_demo).limit(1)) is not None


def load_demo(write: Writer, links: Links, *, at: datetime) -> None:
    """People, work units and competitions as they would stand at `at`, in the present transaction.

    `write` makes subject and body of a mail, `links` the addresses of forms: only the edge knows templates and secrets.
    """
    if not is_empty():
        raise Refused("the database has accounts already; the demo goes into an empty one only")
    with _seldom_collected():
        _tell(write, links, at)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Objects come by the million and stay: looking for those that may go costs a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _tell(write: Writer, links: Links, at: datetime) -> None:
    today = at.astimezone(ZONE).date()
    present = city.year_of(today)
    since = min(at - _LEAD, Days(date(present - _PAST, 1, 1), ZONE).at(0))
    world = World(History(until=at), load_people(load_units(), since=since))
    rate_people(world, at=at)
    units.appoint(world, since + timedelta(days=5))
    plan_years(world, present)
    city.plan(world, today)
    season.plan(world, today)
    archive.plan(world, today)
    learning.plan(world, today)
    quizzes.plan(world, today)
    surveys.plan(world, today)
    impact.plan(world, today, links)
    world.history.play()
    for idea_id in list_uncompared(_MANY):
        compare_idea(idea_id, at=at)
    attend_past(at=at)
    add_rights(world, at=at)
    add_partners(world, at=at)
    settle_mails(write)

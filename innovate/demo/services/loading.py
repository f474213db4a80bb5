"""Filling an empty database with the demo."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.demo.services import city, season
from innovate.demo.services.history import ZONE, History
from innovate.demo.services.people import load_people, load_units
from innovate.demo.services.stage import World
from innovate.notifications.models import MailState, OutboxMail

_LEAD = timedelta(days=460)  # people had their accounts before the first competition


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    return db.session.scalar(select(User.id).limit(1)) is None


def has_demo_accounts() -> bool:
    """Whether the demo was loaded."""
    return db.session.scalar(select(User.id).where(User.is_demo).limit(1)) is not None


def load_demo(*, at: datetime) -> None:
    """People, work units and competitions as they would stand at `at`, in the present transaction."""
    if not is_empty():
        raise Refused("the database has accounts already; the demo goes into an empty one only")
    world = World(History(until=at), load_people(load_units(), since=at - _LEAD))
    today = at.astimezone(ZONE).date()
    city.plan(world, today)
    season.plan(world, today)
    world.history.play()
    _settle_mails()


def _settle_mails() -> None:
    """Mails of the past were sent in the past; none of them leaves now."""
    db.session.flush()
    sent = update(OutboxMail).where(OutboxMail.state == MailState.PENDING)
    db.session.execute(
        sent.values(state=MailState.SENT, attempts=1, sent_at=OutboxMail.created_at),
        execution_options={"synchronize_session": False},
    )

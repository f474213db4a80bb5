"""Filling an empty database with the demo."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.demo.services import city
from innovate.demo.services.history import History
from innovate.demo.services.people import load_people, load_units
from innovate.demo.services.stage import World
from innovate.notifications.models import MailState, OutboxMail

_LEAD = timedelta(days=120)  # people had their accounts before the first competition


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
    units = load_units()
    world = World(History(until=at), load_people(units, at=at - _LEAD), units)
    city.plan(world, at.astimezone(ZoneInfo("Asia/Pontianak")).date())
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

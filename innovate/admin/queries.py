"""What the administrator must know about the running system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.core import jobs
from innovate.core.db import db
from innovate.core.version import VERSION
from innovate.notifications.models import MailState
from innovate.notifications.queries import count_mails

_LATE = timedelta(minutes=3)


@dataclass(frozen=True)
class SystemState:
    """Version, database, runner and mail."""

    version: str
    database: str
    last_beat: datetime | None
    runner_is_alive: bool
    mails: Mapping[MailState, int]
    people: int


def get_system_state(at: datetime) -> SystemState:
    """How the system is doing now."""
    beat = jobs.find_last_heartbeat()
    return SystemState(
        version=VERSION,
        database=_describe_database(),
        last_beat=beat,
        runner_is_alive=beat is not None and at - beat < _LATE,
        mails=count_mails(),
        people=db.session.scalar(select(func.count()).select_from(User).where(User.disabled_at.is_(None)))
        or 0,
    )


def _describe_database() -> str:
    dialect = db.session.get_bind().dialect
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(dialect.name, dialect.name)
    version = dialect.server_version_info or ()
    return f"{name} {'.'.join(map(str, version))}".strip()

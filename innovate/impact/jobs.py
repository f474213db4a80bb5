"""The clock of follow-ups."""

from __future__ import annotations

from flask import current_app

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.impact.services import asking, beginning
from innovate.impact.services.links import Links


@job("impact.follow", every_minutes=60)
def follow() -> int:
    """Follow what was announced, ask what is due, remind of what waits; how many were asked."""
    links = Links(current_app.config["SECRET_KEY"])
    with transaction():
        at = clock.now()
        beginning.begin_announced(at=at)
        asked = asking.ask_due(links, at=at)
        asking.remind(links, at=at)
        return asked

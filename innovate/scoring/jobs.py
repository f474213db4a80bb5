"""The clock of the jury's mails."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.scoring.services import telling


@job("scoring.tell_jurors", every_minutes=5)
def tell_jurors() -> int:
    """Put mails about entries given by hand into the outbox, once a burst of them is over."""
    with transaction():
        return telling.tell_jurors(at=clock.now())

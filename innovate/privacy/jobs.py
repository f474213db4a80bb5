"""The clock of data protection."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.privacy.services import breaches, cases, impact, leftovers, retention


@job("privacy.watch", every_minutes=15)
def watch() -> int:
    """Tell who must act: terms of requests and incidents, unsigned impact records, periods that are over."""
    at = clock.now()
    with transaction():
        sent = cases.warn_of_terms(at=at) + breaches.warn_of_breaches(at=at)
        return sent + impact.warn_of_unsigned(at=at) + retention.warn_of_due(at=at)


@job("privacy.forget", every_minutes=30)
def forget() -> None:
    """Delete copies of data that expired, and the last mails to who was erased."""
    with transaction():
        leftovers.forget_exports(at=clock.now())
        cases.forget_farewells(at=clock.now())

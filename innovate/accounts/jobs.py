"""Forgetting what is no longer needed."""

from __future__ import annotations

from innovate.accounts.services import attempts, sessions
from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job


@job("accounts.forget", every_minutes=30)
def forget() -> None:
    """Drop old attempts and sessions long ended."""
    with transaction():
        attempts.forget_attempts(at=clock.now())
        sessions.forget_sessions(at=clock.now())

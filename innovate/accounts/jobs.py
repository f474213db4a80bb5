"""Forgetting what is no longer needed."""

from __future__ import annotations

from innovate.accounts.services import accesses, attempts, kept_forms, sessions
from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job


@job("accounts.forget", every_minutes=30)
def forget() -> None:
    """Drop old attempts and accesses, sessions long ended, and kept texts nobody came back for."""
    with transaction():
        attempts.forget_attempts(at=clock.now())
        sessions.forget_sessions(at=clock.now())
        kept_forms.forget_forms(at=clock.now())
        accesses.forget_accesses(at=clock.now())

"""The clock of pending imports."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.intake.services import uploading


@job("intake.forget", every_minutes=30)
def forget() -> int:
    """Drop what was uploaded and not saved within a week."""
    with transaction():
        return uploading.forget_imports(at=clock.now())

"""The clock of pending imports."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.editions.services import importing


@job("editions.forget", every_minutes=60)
def forget() -> int:
    """Drop what was uploaded and not saved within a week."""
    with transaction():
        return importing.forget_imports(at=clock.now())

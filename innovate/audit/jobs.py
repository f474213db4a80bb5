"""The clock of checkpoints."""

from __future__ import annotations

from innovate.audit import services
from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job


@job("audit.checkpoint", every_minutes=15)
def checkpoint() -> int:
    """Sign what was added to the trail since the last checkpoint; how many entries are covered."""
    with transaction():
        return services.make_checkpoint(at=clock.now()).size

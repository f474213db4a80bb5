"""The runner of long work."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import rollback, transaction
from innovate.core.jobs import job
from innovate.tasks import services

_MOST_TASKS = 50


@job(services.RUN, every_minutes=1)
def run() -> int:
    """Do what waits; how many tasks were taken up. Safe to run in several runners at once."""
    for taken in range(_MOST_TASKS):
        if not services.run_next(clock.now):
            return taken
        rollback()  # a task that only read leaves no snapshot open
    return _MOST_TASKS


@job("tasks.forget", every_minutes=30)
def forget() -> int:
    """Drop what is over and no longer of use, such as previews of draws."""
    with transaction():
        return services.forget_tasks(at=clock.now())

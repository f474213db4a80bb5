"""What the jury's rooms leave to the runner."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.scoring.services import file_leaks, telling


@job("scoring.tell_jurors", every_minutes=5)
def tell_jurors() -> int:
    """Put mails about entries given by hand into the outbox, once a burst of them is over."""
    with transaction():
        return telling.tell_jurors(at=clock.now())


@job("scoring.scan_files", every_minutes=2)
def scan_files() -> int:
    """Search attachments of blind entries for the names of those who handed them in."""
    return file_leaks.scan_files(at=clock.now())

"""What surveys leave to the runner."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.surveys.services.sending import serve_surveys


@job("surveys.serve", every_minutes=5)
def serve() -> int:
    """Send what is due, remind who has not answered, close what is over."""
    with transaction():
        return serve_surveys(at=clock.now())

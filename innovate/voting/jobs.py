"""The clock of public votes."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.voting.services.forgetting import forget_voters


@job("voting.forget", every_minutes=30)
def forget() -> None:
    """Forget voters whose traces nobody needs."""
    with transaction():
        forget_voters(at=clock.now())

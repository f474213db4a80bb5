"""What every feature keeps of a person, as parts of the copy they may take along."""

from __future__ import annotations

from innovate.privacy.services.sources import account, judging, taking_part


def connect() -> None:
    """Register them all, in the order in which they are read; twice changes nothing."""
    for part in (account, taking_part, judging):
        part.connect()

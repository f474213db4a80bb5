"""Every part of somebody's data, in the order in which it is read."""

from __future__ import annotations

from innovate.privacy.queries.sources import account, impact, judging, office, taking_part


def connect() -> None:
    """Register them all; twice changes nothing."""
    for part in (account, taking_part, judging, impact, office):
        part.connect()

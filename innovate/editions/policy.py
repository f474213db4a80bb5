"""Who keeps the archive of past editions."""

from __future__ import annotations

from innovate.accounts.models import User
from innovate.events import policy


def can_keep(user: User | None) -> bool:
    """Whoever may open competitions: organizers of the site and its admins."""
    return policy.can_create_events(user)

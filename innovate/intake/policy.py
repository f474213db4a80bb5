"""Who may bring ballots in from spreadsheets."""

from __future__ import annotations

from innovate.events import policy
from innovate.events.policy import Actor


def can_import(actor: Actor) -> bool:
    """Organizers, until the event is archived. That they do not compete themselves is asked of the database."""
    return policy.can_edit(actor)

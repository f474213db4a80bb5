"""Who may do what with data protection."""

from __future__ import annotations

from innovate.accounts.models import User
from innovate.events.policy import Actor, can_manage, can_read_all


def keeps_privacy(user: User | None) -> bool:
    """Officers and admins answer requests, keep the register of incidents and read who saw what."""
    return user is not None and user.keeps_privacy


def can_read_room(actor: Actor) -> bool:
    """Organizers and auditors of the event, and officers, read what it owes to data protection."""
    return can_read_all(actor) or keeps_privacy(actor.user)


def can_write_impact(actor: Actor) -> bool:
    """Organizers and officers write and sign the impact record, also of an archived event."""
    return can_manage(actor) or keeps_privacy(actor.user)


def can_read_consents(actor: Actor) -> bool:
    """Only who writes to people sees who agreed to be written to."""
    return can_manage(actor)

"""Who may do what in the jury's rooms."""

from __future__ import annotations

from innovate.events import policy
from innovate.events.policy import Actor


def can_open_peers(actor: Actor) -> bool:
    """The chair decides when jurors see each other's scores; the organizer may where the chair cannot."""
    return policy.can_chair(actor) or policy.can_manage(actor)


def can_read_panel(actor: Actor) -> bool:
    """The chair, organizers and auditors see every ballot of the panel."""
    return policy.can_read_jury(actor)


def can_dismiss(actor: Actor, declared_by_id: int, juror_id: int) -> bool:
    """A declared conflict is dismissed by a second person: neither who declared it nor the juror it is about."""
    return can_open_peers(actor) and actor.user_id not in {declared_by_id, juror_id}

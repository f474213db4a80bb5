"""Who may do what in a public vote. Voting itself is open to everybody with an address."""

from __future__ import annotations

from innovate.events.policy import Actor, can_edit, can_read_all


def can_run(actor: Actor) -> bool:
    """Organizers set votes up, open, close, void and count, until the event is archived."""
    return can_edit(actor)


def can_read(actor: Actor) -> bool:
    """Organizers and auditors watch; what they see of totals is the stage's question."""
    return can_read_all(actor)

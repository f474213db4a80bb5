"""Who may do what with papers. What tells results is the seal's question as well (`domain/kinds.may_issue`)."""

from __future__ import annotations

from innovate.events.policy import Actor, can_edit, can_read_all


def can_issue(actor: Actor) -> bool:
    """Organizers issue, replace and revoke, until the event is archived."""
    return can_edit(actor)


def can_read_papers(actor: Actor) -> bool:
    """Organizers and auditors read every paper of the event."""
    return can_read_all(actor)

"""Who may do what in pairwise judging."""

from __future__ import annotations

from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState, may_see_results
from innovate.events.policy import Actor, can_manage
from innovate.scoring import policy as scoring


def can_lead(actor: Actor) -> bool:
    """Chair and organizers set contests up, open and close them."""
    return scoring.can_lead(actor)


def can_read(actor: Actor) -> bool:
    """Chair, organizers and auditors watch a contest; its ranking is the seal's question."""
    return scoring.can_read_panel(actor)


def can_publish(actor: Actor) -> bool:
    """What the public reads is the organizer's."""
    return scoring.can_set_up(actor)


def can_see_outcome(actor: Actor, state: BoardState) -> bool:
    """The seal, asked for this person: jurors once the round's board is announced."""
    return may_see_results(
        state,
        is_organizer=can_manage(actor),
        is_chair=actor.has(Role.CHAIR),
        is_auditor=actor.has(Role.AUDITOR),
    )

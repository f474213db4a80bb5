"""Who may do what around a session of the jury."""

from __future__ import annotations

from innovate.events import policy
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState, may_see_results
from innovate.events.policy import Actor
from innovate.scoring import policy as scoring


def can_enter(actor: Actor) -> bool:
    """Chair, organizers and auditors have the leaders' rooms."""
    return policy.can_read_jury(actor)


def can_lead(actor: Actor) -> bool:
    """Chair and organizers open and close sessions, remind, and replace jurors."""
    return scoring.can_lead(actor)


def can_sit(actor: Actor) -> bool:
    """Jurors and the chair take part."""
    return policy.can_judge(actor)


def can_see_means(actor: Actor, state: BoardState) -> bool:
    """Means tell of totals: the chair learns them when the seal lets them see the ranking."""
    return may_see_results(
        state,
        is_organizer=policy.can_manage(actor),
        is_chair=actor.has(Role.CHAIR),
        is_auditor=actor.has(Role.AUDITOR),
    )

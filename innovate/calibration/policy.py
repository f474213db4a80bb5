"""Who may do what with a practice entry."""

from __future__ import annotations

from innovate.calibration.models import PracticeState
from innovate.events import policy
from innovate.events.policy import Actor
from innovate.scoring.policy import can_lead


def can_enter(actor: Actor) -> bool:
    """Chair, organizers and auditors have the room."""
    return policy.can_read_jury(actor)


def can_prepare(actor: Actor) -> bool:
    """Chair and organizers write the entry, open it, and show the spread."""
    return can_lead(actor)


def can_practise(actor: Actor) -> bool:
    """Jurors and the chair score it."""
    return policy.can_judge(actor)


def may_see_spread(state: PracticeState, *, leads: bool) -> bool:
    """Jurors see each other's values only once all are shown, so that nobody follows anybody."""
    return leads or state is PracticeState.SHOWN

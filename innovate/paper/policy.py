"""Who may do what with sheets of paper."""

from __future__ import annotations

from innovate.events import policy
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.paper.domain.agreement import SheetState


def can_enter(actor: Actor) -> bool:
    """Those who print and type (organizers, secretariat), and those who read the jury's work (chair, auditors)."""
    return policy.can_screen(actor) or policy.can_read_jury(actor)


def can_key(actor: Actor) -> bool:
    """Organizers and the secretariat print sheets and type them in."""
    return policy.can_screen(actor) and actor.event.state is not EventState.ARCHIVED


def can_key_late(actor: Actor) -> bool:
    """After the round was closed only organizers do, with a reason."""
    return policy.can_edit(actor)


def can_own(actor: Actor) -> bool:
    """Jurors and the chair see what was typed from their own sheets."""
    return policy.can_judge(actor)


def can_answer(actor: Actor) -> bool:
    """The chair and organizers answer a juror's objection."""
    return policy.can_edit(actor) or (
        policy.can_chair(actor) and actor.event.state is not EventState.ARCHIVED
    )


def may_see_values(state: SheetState) -> bool:
    """While one person has typed, nobody sees what: whoever comes second must read the paper, not the screen."""
    return state not in {SheetState.BLANK, SheetState.KEYED}

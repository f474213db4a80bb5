"""Who may do what in the jury's rooms."""

from __future__ import annotations

from collections.abc import Iterable

from innovate.events import policy
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.scoring.models.rounds import Round


def can_lead(actor: Actor) -> bool:
    """Chair and organizers assign, reassign, exclude with a reason, and open peers' scores."""
    return policy.can_edit(actor) or (
        policy.can_chair(actor) and actor.event.state is not EventState.ARCHIVED
    )


def is_bound(actor: Actor) -> bool:
    """Whether conflicts of interest bind this person in every room: whoever judges and is not an organizer beside it.

    An organizer has to see every entry; their own desk as a juror is closed all the same.
    """
    return policy.can_judge(actor) and not policy.can_read_all(actor)


def sees_identity(actor: Actor, rounds: Iterable[Round]) -> bool:
    """Whether somebody who leads learns whose entries are judged: the chair not in a blind round, unless opened."""
    return policy.can_read_all(actor) or not any(r.is_blind and not r.chair_sees for r in rounds)


def can_read_panel(actor: Actor) -> bool:
    """The chair, organizers and auditors see every ballot of the panel."""
    return policy.can_read_jury(actor)


def can_set_up(actor: Actor) -> bool:
    """Rounds and rubrics are the organizer's."""
    return policy.can_edit(actor)


def can_dismiss(actor: Actor, declared_by_id: int, juror_id: int) -> bool:
    """A declared conflict is dismissed by a second person: neither who declared it nor the juror it is about."""
    return can_lead(actor) and actor.user_id not in {declared_by_id, juror_id}

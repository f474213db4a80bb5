"""Who may see and move a board."""

from __future__ import annotations

from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.seal import BoardState, may_see_results
from innovate.events.policy import Actor, can_chair, can_manage, can_read_all, can_read_jury


def can_enter_results(actor: Actor) -> bool:
    """Organizers, auditors and the chair have the results room; what they see there is the seal's question."""
    return can_read_jury(actor)


def can_see_board(actor: Actor, state: BoardState) -> bool:
    """The seal, asked for this person."""
    return may_see_results(
        state,
        is_organizer=can_manage(actor),
        is_chair=actor.has(Role.CHAIR),
        is_auditor=actor.has(Role.AUDITOR),
    )


def can_read_ballots(actor: Actor) -> bool:
    """Organizers and auditors get the full proof, with every ballot under pseudonyms."""
    return can_read_all(actor)


def can_move_board(actor: Actor) -> bool:
    """Organizers freeze, announce and take back."""
    return can_manage(actor)


def can_sign(actor: Actor) -> bool:
    """The chair signs; an organizer opens the same door, for events without a chair and to take a signature back."""
    return can_manage(actor) or can_chair(actor)


def can_step(actor: Actor, before: BoardState, after: BoardState) -> bool:
    """Organizers take every step; the chair signs off and takes the signature back."""
    signing = {before, after} == {BoardState.FROZEN, BoardState.SIGNED}
    return can_sign(actor) if signing else can_move_board(actor)


def can_present(actor: Actor) -> bool:
    """Who runs the ceremony: organizers and the chair."""
    return can_manage(actor) or can_chair(actor)


def can_read_objections(actor: Actor) -> bool:
    """Organizers, the chair and auditors; never jurors. The team reads its own elsewhere."""
    return can_read_jury(actor)


def can_answer_objections(actor: Actor) -> bool:
    """Organizers and the chair, until the event is archived."""
    return (can_manage(actor) or can_chair(actor)) and actor.event.state is not EventState.ARCHIVED


def can_rule_ties(actor: Actor) -> bool:
    """What the jury decided in session is entered by its chair."""
    return actor.has(Role.CHAIR) and actor.event.state is not EventState.ARCHIVED


def can_read_severities(actor: Actor) -> bool:
    """How strict each juror is, and the questions to ask them, is for the chair and the organizers alone."""
    return can_manage(actor) or actor.has(Role.CHAIR)

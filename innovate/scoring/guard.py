"""The guarded ways into the jury's rooms: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from flask import g

from innovate.core.errors import NotFound
from innovate.events import guard as events
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import Sheet, get_former_sheet, get_sheet, get_sheet_to_save
from innovate.scoring.queries.rounds import get_round


def enter_round(slug: str, number: int, can: Callable[[Actor], bool]) -> tuple[Actor, Round]:
    """The present person in the event, and its round `number`."""
    actor = events.enter(slug, can)
    round_ = get_round(actor.event, number)
    g.round = round_
    return actor, round_


def enter_sheet(slug: str, public_id: str) -> tuple[Actor, Sheet]:
    """A juror and one of their own assignments."""
    actor = events.enter(slug, event_policy.can_judge)
    return actor, get_sheet(slug, public_id, actor.user_id)


def enter_sheet_fast(slug: str, public_id: str) -> Sheet:
    """The same check in the sheet's own three statements, for saves many times a minute."""
    user = events.signed_in_user()
    if user is None:
        raise NotFound
    return get_sheet_to_save(slug, public_id, user.id)


def enter_former_sheet(slug: str, public_id: str) -> Sheet:
    """The person's own sheet even if they left the jury: for what they wrote before and arrives only now."""
    user = events.signed_in_user()
    if user is None:
        raise NotFound
    return get_former_sheet(slug, public_id, user.id)

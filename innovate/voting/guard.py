"""The guarded ways into a public vote: absent and not yours look the same (404)."""

from __future__ import annotations

from flask import request

from innovate.events import guard as events
from innovate.events.policy import Actor
from innovate.voting import policy
from innovate.voting.models import Poll
from innovate.voting.queries.polls import get_poll, get_public_poll


def enter_rooms(slug: str) -> Actor:
    """Organizers and auditors read; organizers write."""
    return events.enter(slug, policy.can_read if request.method in {"GET", "HEAD"} else policy.can_run)


def enter_room(slug: str, poll_id: str) -> tuple[Actor, Poll]:
    """One vote for those who run or watch it."""
    actor = enter_rooms(slug)
    return actor, get_poll(actor.event.id, poll_id)


def enter_poll(slug: str, poll_id: str) -> tuple[Actor, Poll]:
    """One vote that has left its draft, for everybody."""
    actor = events.enter(slug)
    return actor, get_public_poll(actor.event.id, poll_id)

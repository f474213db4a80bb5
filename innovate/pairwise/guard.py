"""The guarded ways into a contest: absent and not yours look the same (404)."""

from __future__ import annotations

from flask import request

from innovate.core.errors import NotFound, require
from innovate.events import guard as events
from innovate.events.policy import Actor, can_judge
from innovate.pairwise import policy
from innovate.pairwise.models import Contest
from innovate.pairwise.queries.contests import get_contest, list_own_contests
from innovate.scoring.queries.pact import list_signed_rounds
from innovate.scoring.queries.rounds import list_rounds


def enter_rooms(slug: str) -> Actor:
    """Chair, organizers and auditors read; chair and organizers write."""
    reads = request.method in {"GET", "HEAD"}
    return events.enter(slug, policy.can_read if reads else policy.can_lead)


def enter_contest(slug: str, contest_id: str) -> tuple[Actor, Contest]:
    """One contest for those who lead or watch."""
    actor = enter_rooms(slug)
    return actor, get_contest(actor.event.id, contest_id)


def enter_desk(slug: str, contest_id: str) -> tuple[Actor, Contest]:
    """A juror and one of the contests they judge in, once it was opened."""
    actor = events.enter(slug, can_judge)
    own = [row for row in list_own_contests(actor.event.id, actor.user_id) if row.public_id == contest_id]
    require(bool(own), NotFound())
    return actor, own[0]


def has_signed(actor: Actor, contest: Contest) -> bool:
    """Whether the person signed the pact of integrity for the contest's round."""
    return contest.round_id in list_signed_rounds(actor.user_id, contest.event_id)


def number_of(contest: Contest) -> int:
    """The number of the contest's round, its address."""
    return next(row.number for row in list_rounds(contest.event_id) if row.id == contest.round_id)

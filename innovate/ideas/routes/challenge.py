"""On the pages of a proposal: the challenge behind its track, and what its team still lacks before handing in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.models import Idea
from innovate.ideas.queries.challenges import count_others
from innovate.ideas.routes.sections import Panel, add_panel
from innovate.partners.queries.asked import count_mix, list_missing, list_mix, list_people
from innovate.partners.queries.dealings import find_challenge_of_track


def init_app(_plumbing: Plumbing) -> None:
    """Add the panels; once more changes nothing."""
    add_panel(
        Panel("asked", "partners/_asked_panel.html", _lacks, pages=frozenset({"show", "edit"}), order=40)
    )
    add_panel(
        Panel(
            "challenge", "partners/_challenge_panel.html", _load, pages=frozenset({"show", "edit", "screen"})
        )
    )


def _load(actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    challenge = find_challenge_of_track(idea.track_id)
    if challenge is None:
        return None
    limited = challenge.capacity is not None and policy.is_member(actor, idea)
    return {"challenge": challenge, "others": count_others(idea, idea.track_id) if limited else None}


def _lacks(actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    """For the team's members: rules on its mix that are not kept, statements somebody has not accepted."""
    if not policy.is_member(actor, idea):
        return None
    people = list_people(idea.team_id)
    unmet = [row for row in count_mix(list_mix(actor.event.id), people) if not row.is_met]
    missing = [row for row in list_missing(actor.event.id, people) if row.people]
    return {"unmet": unmet, "missing": missing, "team": idea.team} if unmet or missing else None

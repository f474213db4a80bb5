"""The blueprint of skills, and where it joins the pages of teams, erasure and the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint

from innovate.accounts.services import erasure
from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.skills import policy
from innovate.skills.queries.finding import suggest_people
from innovate.skills.queries.framework import TRAIL_NAMES
from innovate.skills.services.forgetting import forget_skills
from innovate.teams.models import Team, TeamMentor
from innovate.teams.routes.beside import Beside, add_beside

blueprint = Blueprint("skills", __name__)


def init_app(_plumbing: Plumbing) -> None:
    """Join what stands below."""
    add_names(TRAIL_NAMES)
    if forget_skills not in erasure.before_erase:
        erasure.before_erase.append(forget_skills)
    add_beside(Beside("skills", "skills/_team.html", _load_beside))


def _load_beside(
    actor: Actor, team: Team, mentors: list[TeamMentor], is_open: bool, _at: datetime
) -> Mapping[str, Any] | None:
    """For the captain whom to ask, for a mentor whom to endorse."""
    looks = policy.can_look_for_people(actor, team) and is_open
    endorses = policy.can_endorse(actor, team, {row.user_id for row in mentors})
    if not looks and not endorses:
        return None
    hints = suggest_people(actor.event, team) if looks and team.open_roles else []
    return {"looks": looks, "endorses": endorses, "hints": hints}

"""The blueprint of clinics, and where they join the pages of teams, ideas, and the organizer's rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint

from innovate.audit.exports.names import add_names
from innovate.clinics import policy
from innovate.clinics.queries.bookings import TRAIL_NAMES, list_of_team
from innovate.clinics.queries.slots import has_free, is_used
from innovate.clinics.services import ending
from innovate.clinics.words import STATES
from innovate.core.web.plumbing import Plumbing
from innovate.events import policy as events
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.models import Idea
from innovate.ideas.routes.sections import Panel, add_panel
from innovate.teams import policy as teams
from innovate.teams.models import Team, TeamMentor
from innovate.teams.routes.beside import Beside, add_beside

blueprint = Blueprint("clinics", __name__, url_prefix="/k/<slug>")


def init_app(plumbing: Plumbing) -> None:
    """Join what stands below; templates ask `has_clinics(event)` before they speak of clinics."""
    add_names(TRAIL_NAMES)
    ending.connect()
    add_panel(Panel("clinics", "clinics/_idea.html", _load_panel, frozenset({"show", "screen"}), order=60))
    add_beside(Beside("clinics", "clinics/_team.html", _load_beside, order=60))
    plumbing.app.jinja_env.globals["has_clinics"] = lambda event: is_used(event.id)


def _load_panel(actor: Actor, idea: Idea, at: datetime) -> Mapping[str, Any] | None:
    """Beside the proposal: clinics, notes and what was agreed; for the team, its mentors and the committee alone."""
    committee = policy.reads_as_committee(actor) and not ideas.is_kept_from(actor, idea)
    is_member = ideas.is_member(actor, idea)
    if not (is_member or committee or policy.is_mentor(actor)):
        return None
    bookings = list_of_team(idea.team_id)
    if not is_member and not committee:
        bookings = [booking for booking in bookings if policy.owns(actor, booking.slot)]
    return {"bookings": bookings, "states": STATES, "at": at} if bookings else None


def _load_beside(
    actor: Actor, team: Team, _mentors: list[TeamMentor], _is_open: bool, at: datetime
) -> Mapping[str, Any] | None:
    """On the team's page: its next clinics, and the way to book."""
    if not teams.is_member(actor, team) and not events.can_manage(actor):
        return None
    bookings = [booking for booking in list_of_team(team.id) if booking.slot.ends_at > at]
    may_book = policy.can_book(actor, team) and has_free(actor.event.id, at)
    return {"bookings": bookings, "may_book": may_book} if bookings or may_book else None

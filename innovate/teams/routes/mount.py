"""The blueprint all pages of teams share, and what they add to the event's public page."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events import queries as events
from innovate.events.policy import Actor
from innovate.events.services import people, removal
from innovate.events.services.public_page import NextStep, add_fact, add_next_step
from innovate.teams import queries
from innovate.teams.services import joining, leading

blueprint = Blueprint("teams", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Tell events who competes, their public page who may form a team, and the trail how teams are called."""
    add_names(queries.TRAIL_NAMES)
    if joining.refuse_participant not in people.before_role_taken:
        people.before_role_taken.append(joining.refuse_participant)
    if queries.is_in_a_team not in events.competitions:
        events.competitions.append(queries.is_in_a_team)
    if leading.find_removal_obstacle not in removal.obstacles:
        removal.obstacles.append(leading.find_removal_obstacle)
    add_next_step("teams", _next_step)
    add_fact("teams", lambda actor, _at: (_("Anggota tim"), _team_size(actor)))
    add_fact("turnout", lambda actor, _at: _turnout(actor))


def _next_step(actor: Actor, at: datetime) -> NextStep | None:
    """Register a team, for everybody who still can."""
    if leading.find_registration_obstacle(actor, at):
        return None
    return NextStep(_("Daftarkan tim"), "teams.register", {"slug": actor.event.slug})


def _team_size(actor: Actor) -> str:
    event = actor.event
    if event.team_min == event.team_max:
        return ngettext("%(num)s orang", "%(num)s orang", event.team_max)
    return _("%(min)s sampai %(max)s orang", min=event.team_min, max=event.team_max)


def _turnout(actor: Actor) -> tuple[str, str] | None:
    counts = queries.count_turnout(actor.event.id)
    if not counts.teams:
        return None
    teams = ngettext("%(num)s tim", "%(num)s tim", counts.teams)
    homes = ngettext("dari %(num)s unit atau lembaga", "dari %(num)s unit atau lembaga", counts.homes)
    return _("Sudah mendaftar"), f"{teams} {homes}" if counts.homes else teams

"""The blueprint all pages of partners share, and what they add to pages below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.events.services.public_page import Section, add_section
from innovate.partners import words
from innovate.partners.domain.kinds import Stage
from innovate.partners.queries import asked, dealings, offers, organisations
from innovate.partners.services import template_part
from innovate.teams import policy as teams
from innovate.teams.models import Team, TeamMentor
from innovate.teams.routes.beside import Beside, add_beside

blueprint = Blueprint("partners", __name__)


def init_app(plumbing: Plumbing) -> None:
    """Challenges and sponsors on the event's page, what is asked on the team's; names for the trail; templates."""
    add_names(organisations.TRAIL_NAMES)
    environment = plumbing.app.jinja_env
    environment.globals["partner_words"] = words
    environment.globals["has_partners"] = dealings.has_partners
    environment.filters["partner_kind"] = lambda kind: (kind.value, words.KINDS[kind])
    environment.filters["partner_stage"] = words.STAGES.__getitem__
    environment.filters["partner_badge"] = words.BADGES.__getitem__
    add_section(Section("tantangan", _l("Tantangan mitra"), "partners/_event_challenges.html", _challenges))
    add_section(Section("susunan", _l("Susunan tim"), "partners/_event_mix.html", _mix))
    add_section(Section("penyokong", _l("Mitra"), "partners/_event_sponsors.html", _sponsors, before="jury"))
    add_beside(Beside("partners", "partners/_team.html", _team, is_wide=True))
    template_part.connect()


def _challenges(actor: Actor, _at: datetime) -> Mapping[str, Any] | None:
    rows = dealings.list_event_challenges(actor.event.id, Stage.ACCEPTED)
    return {"rows": rows} if rows else None


def _mix(actor: Actor, _at: datetime) -> Mapping[str, Any] | None:
    rules = asked.list_mix(actor.event.id)
    return {"rules": [words.say_rule(rule) for rule in rules]} if rules else None


def _sponsors(actor: Actor, _at: datetime) -> Mapping[str, Any] | None:
    rows = dealings.list_sponsors(actor.event.id)
    return {"rows": rows} if rows else None


def _team(
    actor: Actor, team: Team, _mentors: list[TeamMentor], _is_open: bool, _at: datetime
) -> Mapping[str, Any] | None:
    """Where members belong; for the team and its organizers also what is asked and what is missing."""
    people = [membership.user for membership in team.memberships]
    places = organisations.map_organisations([person.id for person in people])
    homes = [(person, places[person.id]) for person in people if person.id in places]
    inside = teams.is_member(actor, team) or teams.can_see_members_contacts(actor, team)
    counted = asked.count_mix(asked.list_mix(actor.event.id), people) if inside else []
    missing = asked.list_missing(actor.event.id, people) if inside else []
    uses = offers.list_team_uses(team.id) if inside else []
    if not (homes or counted or missing or uses):
        return None
    title = _("Mitra dan syarat tim")
    return {
        "title": title,
        "homes": homes,
        "counted": counted,
        "missing": missing,
        "uses": uses,
        "is_member": teams.is_member(actor, team),
    }

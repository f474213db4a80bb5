"""The blueprint of impact, and where it joins the features below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app

from innovate.accounts.services.erasure import before_erase
from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.models import Idea
from innovate.ideas.routes.sections import Panel, add_panel
from innovate.impact import words
from innovate.impact.queries.followups import RUNNING, has_followed
from innovate.impact.queries.gallery import find_public
from innovate.impact.queries.innovations import TRAIL_NAMES, find_of_idea, read_indicators
from innovate.impact.services.erasing import forget_person
from innovate.impact.services.links import Links
from innovate.results.routes import public as results

blueprint = Blueprint("impact", __name__)


def init_app(plumbing: Plumbing) -> None:
    """Stand on the team's page of an entry and on its public page; forget people who are erased."""
    add_names(TRAIL_NAMES)
    plumbing.app.jinja_env.globals["follows_impact"] = has_followed
    add_panel(Panel("impact", "impact/_panel.html", _load_panel, frozenset({"show"}), order=80))
    results.entry_sections[:] = [_load_section]
    if forget_person not in before_erase:
        before_erase.append(forget_person)


def links() -> Links:
    """Who makes and reads links to forms."""
    return Links(current_app.config["SECRET_KEY"])


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {"impact_words": words}


def _load_panel(actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    if idea.number is None or idea.state not in RUNNING or not ideas.is_member(actor, idea):
        return None
    return {"innovation": find_of_idea(idea.id), "idea": idea}


def _load_section(idea_id: int) -> tuple[str, Mapping[str, Any]] | None:
    """The impact of an entry on its public page, once there is something to say."""
    found = find_public(idea_id)
    if found is None or found.status is None:
        return None
    return "impact/_public.html", {
        "innovation": found,
        "readings": read_indicators(found.id, public=True),
    }

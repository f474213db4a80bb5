"""The blueprint of endorsement, and where it joins the pages of proposals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, g, url_for

from innovate.core.web.plumbing import Plumbing
from innovate.endorsement.domain.chain import Standing
from innovate.endorsement.forms import CommentForm
from innovate.endorsement.queries.chains import (
    find_chain,
    find_last_reason,
    find_letter_of,
    find_paper,
    list_acts,
    list_scans,
    read_standing,
)
from innovate.endorsement.queries.hats import list_holders
from innovate.endorsement.services import gate, template_part
from innovate.endorsement.words import ACTS, STANDINGS
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.ideas.routes import sections
from innovate.ideas.routes.sections import Panel, add_panel

blueprint = Blueprint("endorsement", __name__)
# Standings that say what comes next; while the team writes, the page of the proposal says it itself.
_LEADING = {Standing.WAITING, Standing.RETURNED, Standing.CHANGED, Standing.ENDORSED}


def init_app(_plumbing: Plumbing) -> None:
    """Stand between a team and the submission of its proposal, where the event asks for it."""
    gate.connect()
    template_part.connect()
    add_panel(Panel("endorsement", "endorsement/_lead.html", _load_lead, frozenset({"show"}), order=10))
    add_panel(Panel("endorsement_edit", "endorsement/_edit.html", _load_edit, frozenset({"edit"}), order=10))
    add_panel(Panel("endorsement_talk", "endorsement/_talk.html", _load_talk, frozenset({"show"}), order=20))
    add_panel(Panel("endorsement_screen", "endorsement/_screen.html", _load_screen, frozenset({"screen"})))
    if find_detour not in sections.detours:
        sections.detours.append(find_detour)


def max_upload_bytes() -> int:
    """How large a letter or a scan may be."""
    return int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024


def find_detour(actor: Actor, idea: Idea) -> str | None:
    """Where endorsement is asked, a team asks its unit instead of handing in."""
    if not actor.event.asks_endorsement or idea.state in {IdeaState.WITHDRAWN, IdeaState.DISQUALIFIED}:
        return None
    return url_for("endorsement.ask", slug=actor.event.slug, idea_id=idea.public_id)


def _load_lead(actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    if not actor.event.asks_endorsement:
        return None
    chain = find_chain(idea.id)
    standing = read_standing(chain, idea)
    by_secretariat = idea.state is IdeaState.RETURNED and standing is Standing.RETURNED
    handed_in = idea.state not in {IdeaState.DRAFT, IdeaState.RETURNED}
    return {
        "leads": standing in _LEADING and not handed_in and not by_secretariat,
        "standing": standing,
        "chain": chain,
        "holders": list_holders(idea),
        "reason": find_last_reason(list_acts(idea.id)) if standing is Standing.RETURNED else None,
        "paper": find_paper(idea.id),
        "handed_in": handed_in,
    }


def _load_edit(actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    if not actor.event.asks_endorsement:
        return None
    standing = read_standing(find_chain(idea.id), idea)
    return {"standing": standing} if standing in {Standing.WAITING, Standing.ENDORSED} else None


def _load_talk(actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    if not actor.event.asks_endorsement:
        return None
    acts = list_acts(idea.id)
    paper = find_paper(idea.id)
    if not acts and paper is None:
        return None
    return {
        "acts": acts,
        "words": ACTS,
        "form": (g.get("refused_comment") or CommentForm(formdata=None)) if acts else None,
        "paper": paper,
        "scans": list_scans(idea.id) if paper else [],
    }


def _load_screen(actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    """For those who screen: the letter it was handed in with, and that it came on paper."""
    if not actor.event.asks_endorsement or not ideas.can_read_as_committee(actor, idea):
        return None
    paper = find_paper(idea.id)
    return {
        "found": find_letter_of(idea),
        "paper": paper,
        "scans": list_scans(idea.id) if paper else [],
        "standing": STANDINGS[read_standing(find_chain(idea.id), idea)],
    }

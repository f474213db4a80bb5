"""Where activities stand in an event: its public page, and the organizer's room "Agenda"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events import policy as events
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.events.services.public_page import Section, add_section
from innovate.learning.queries.agenda import TRAIL_NAMES, list_of_event
from innovate.learning.words import KINDS

blueprint = Blueprint("agenda", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Show activities on the event's page, and tell the trail how they are called."""
    add_section(Section("agenda", _l("Agenda"), "learning/_section.html", _load, before="prizes"))
    add_names(TRAIL_NAMES)


def _load(actor: Actor, _at: datetime) -> Mapping[str, Any] | None:
    items = list_of_event(actor.event.id, drafts=False)
    return {"items": items, "kinds": KINDS} if items else None


@blueprint.get("/kelola/agenda")
def room(slug: str) -> ResponseReturnValue:
    """Every activity of the event, drafts too."""
    actor = enter(slug, events.can_read_all)
    return render_template(
        "learning/room.html",
        event=actor.event,
        items=list_of_event(actor.event.id, drafts=True),
        kinds=KINDS,
        makes=events.can_edit(actor),
    )

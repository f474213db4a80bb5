"""The blueprint of visits, and where they join the juror's queue, the jury's pages and the team's entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.localisation import show_datetime
from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.ideas import policy as idea_policy
from innovate.ideas.models import Idea
from innovate.ideas.routes.sections import Panel, add_panel
from innovate.scoring.routes.company import Remark, Work, add_remarks, add_work
from innovate.visits.queries.visits import (
    TRAIL_NAMES,
    list_jury_notes,
    list_of_idea,
    list_own,
    may_read_visited,
)
from innovate.visits.services import template_part

blueprint = Blueprint("visits", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Tell jurors where to go and what was found, and teams when somebody comes."""
    template_part.connect()
    add_work("visits", _find_work)
    add_remarks("visits", _list_remarks)
    add_panel(Panel("visits", "visits/_team.html", _load_panel, frozenset({"show"})))
    add_names(TRAIL_NAMES)
    if may_read_visited not in idea_policy.readers:
        idea_policy.readers.append(may_read_visited)


def _find_work(actor: Actor, _at: datetime) -> Work | None:
    waiting = list_own(actor.event.id, actor.user_id)
    if not waiting:
        return None
    first = waiting[0]
    return Work(
        title=_l("Verifikasi lapangan: %(title)s", title=first.idea.title),
        text=f"{show_datetime(first.starts_at, actor.event.zone)}, {first.place}",
        label=_l("Buka lembar lapangan"),
        endpoint="visits.field",
        values={"slug": actor.event.slug, "visit_id": first.public_id},
    )


def _list_remarks(actor: Actor, idea_id: int) -> list[Remark]:
    notes = list_jury_notes(actor.event.id, idea_id)
    return [
        Remark(
            _l("Catatan verifikasi lapangan, %(day)s", day=show_datetime(visit.starts_at, actor.event.zone)),
            visit.jury_note,
        )
        for visit in notes
    ]


def _load_panel(_actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    """For the team: when somebody comes, who, and what was shared afterwards."""
    visits = list_of_idea(idea.id)
    return {"visits": visits} if visits else None

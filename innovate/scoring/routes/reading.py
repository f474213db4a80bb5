"""One entry to read for those who lead the jury: its text and every file of what is judged."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound, require
from innovate.ideas import policy as idea_policy
from innovate.ideas.queries import get_idea, number_of, read_entry
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint


@blueprint.get("/kelola/panel/karya/<idea_id>")
def read(slug: str, idea_id: str) -> ResponseReturnValue:
    """The entry as it was handed in. Jurors read theirs on the scoring screen, after declaring."""
    actor = enter_lead(slug)
    idea = get_idea(actor.event.id, idea_id)
    require(idea_policy.can_read(actor, idea) and idea.submitted_revision is not None, NotFound())
    return render_template(
        "scoring/lead/read.html",
        actor=actor,
        event=actor.event,
        idea=idea,
        entry=read_entry(actor.event, idea, idea.submitted_revision),
        number=number_of(actor.event, idea),
    )

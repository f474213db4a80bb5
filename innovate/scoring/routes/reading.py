"""One entry to read for those who lead the jury: its text and every file of what is judged."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound
from innovate.ideas import policy as idea_policy
from innovate.ideas.queries.ideas import get_idea, number_of
from innovate.scoring.queries.desk import read_as_juror
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint


@blueprint.get("/kelola/panel/karya/<idea_id>")
def read(slug: str, idea_id: str) -> ResponseReturnValue:
    """The entry as it was handed in. Jurors read theirs on the scoring screen, after declaring."""
    actor = enter_lead(slug)
    idea = get_idea(actor.event.id, idea_id)
    revision = idea.submitted_revision
    if revision is None or not idea_policy.can_read(actor, idea):
        raise NotFound
    blind = idea_policy.reads_masked(actor, idea)
    return render_template(
        "scoring/lead/read.html",
        actor=actor,
        event=actor.event,
        idea=idea,
        entry=read_as_juror(actor.event, idea, revision, blind=blind),
        blind=blind,
        number=number_of(actor.event, idea),
    )

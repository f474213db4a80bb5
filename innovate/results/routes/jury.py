"""For chair and organizers: how strict each juror is, what to ask them, how far the jury agrees."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound, require
from innovate.core.web.large_pages import large_page
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.queries import boards
from innovate.results.routes.mount import blueprint
from innovate.results.routes.room import hidden_from
from innovate.results.words.notes import say_flag
from innovate.results.words.numbers import number as write_number


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/juri")
@large_page
def jury(slug: str, number: int) -> ResponseReturnValue:
    """Severities, questions and reliability of one round's jury."""
    from innovate.results.queries.severities import report_jury

    actor = enter(slug, policy.can_read_severities)
    view = boards.get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    hidden = hidden_from(actor, view)
    return render_template(
        "results/jury.html",
        event=actor.event,
        view=view,
        report=report_jury(view, hidden),
        veiled=bool(hidden),
        say_flag=say_flag,
        write=write_number,
    )

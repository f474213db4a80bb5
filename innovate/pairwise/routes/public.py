"""The outcome of a contest for everybody, where the organizer chose so and the board is announced."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.events.guard import enter
from innovate.pairwise.domain.certainty import say_share
from innovate.pairwise.queries.contests import get_published_contest
from innovate.pairwise.queries.outcome import load_outcome
from innovate.pairwise.routes.mount import blueprint


@blueprint.get("/banding/<contest_id>")
@public
@cached_for_visitors
def show(slug: str, contest_id: str) -> ResponseReturnValue:
    """Ranks with their intervals; no juror, no rubric."""
    actor = enter(slug)
    contest = get_published_contest(actor.event.id, contest_id)
    return render_template(
        "pairwise/show.html",
        event=actor.event,
        contest=contest,
        outcome=load_outcome(contest),
        say=say_share,
    )

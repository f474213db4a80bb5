"""The stage of an awards evening: everything in one page, revealed step by step without a network."""

from __future__ import annotations

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound, require
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.domain.ceremony import MOST_PLACES, PLACES, plan_steps
from innovate.results.queries import awards as reads
from innovate.results.queries.boards import get_board
from innovate.results.routes.mount import blueprint
from innovate.results.routes.room import hidden_from, shows_names


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/upacara")
def ceremony(slug: str, number: int) -> ResponseReturnValue:
    """From the snapshot in force, for organizers and the chair alone; no cache on the way may keep it."""
    actor = enter(slug, policy.can_present)
    view = get_board(actor.event, number)
    board = view.board
    if board is None or board.snapshot_id is None:
        raise NotFound
    require(policy.can_see_board(actor, view.state), NotFound())
    # Before the announcement a place may not exist for a chair: no stage at all, or its absence would tell which.
    require(not hidden_from(actor, view), NotFound())
    upto = request.args.get("tempat", type=int)
    upto = max(1, min(upto, MOST_PLACES)) if upto else None
    laurels = reads.load_laurels(board.snapshot_id, upto=upto or PLACES)
    if upto is None and not any(row.award for row in laurels.rows):
        upto = PLACES
    places = reads.list_winning_places(actor.event.id, laurels, upto=upto)
    response = make_response(
        render_template(
            "results/ceremony.html",
            event=actor.event,
            view=view,
            board=board,
            steps=plan_steps([group.code for group in actor.event.groups], places, laurels.specials),
            places=places,
            specials=laurels.specials,
            group_names={group.code: group.name for group in actor.event.groups},
            names=shows_names(actor, view),
            scores=board.shows_scores,
        )
    )
    response.headers["Cache-Control"] = "no-store"
    return response

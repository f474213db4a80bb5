"""How one idea came to its rank, step by step."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound, require
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.ideas.policy import is_member
from innovate.ideas.queries.ideas import get_idea
from innovate.results import policy
from innovate.results.queries import boards
from innovate.results.queries.explained import Explained, explain_frozen, explain_open, list_judged
from innovate.results.routes.mount import blueprint
from innovate.results.routes.room import hidden_from, shows_names
from innovate.results.words.rows import say_row

FEW_JURORS = 10  # fewer, and single ballots would let colleagues guess whose they are


@blueprint.get("/k/<slug>/peringkat/<idea_id>")
@public
@cached_for_visitors
def explain(slug: str, idea_id: str) -> ResponseReturnValue:
    """The public explanation, once scores are announced."""
    actor = enter(slug)
    view = boards.find_public_board(actor.event, request.args.get("babak", type=int))
    require(view is not None and view.board is not None and view.board.shows_scores, NotFound())
    assert view is not None  # noqa: S101 - for the type checker
    found = explain_frozen(view, idea_id)
    jurors = min((step["jurors"] for step in found.steps), default=0)  # of the smallest round
    return _render(
        actor, view, found, "results/explained.html", single=jurors >= FEW_JURORS or _owns(actor, idea_id)
    )


def _owns(actor: Actor, idea_id: str) -> bool:
    return actor.user is not None and is_member(actor, get_idea(actor.event.id, idea_id))


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/karya/<idea_id>")
def explain_inside(slug: str, number: int, idea_id: str) -> ResponseReturnValue:
    """The same for whoever sees the board while it is sealed, with who gave what."""
    actor = enter(slug, policy.can_enter_results)
    view = boards.get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    is_frozen = view.board is not None and view.board.snapshot_id is not None
    hidden = hidden_from(actor, view)
    event = actor.event
    found = explain_frozen(view, idea_id, hidden) if is_frozen else explain_open(event, view, idea_id, hidden)
    return _render(
        actor,
        view,
        found,
        "results/explained_inside.html",
        single=True,
        names=shows_names(actor, view),
        judged=list_judged(view.round, found.row.idea_id),
        reads_jury=policy.can_read_severities(actor),
        veiled=bool(hidden),
    )


def _render(
    actor: Actor, view: boards.BoardView, found: Explained, template: str, *, single: bool, **more: object
) -> str:
    row = found.row
    words = say_row(row, found.method, found.criteria, found.top) if row.rank is not None else None
    return render_template(
        template,
        event=actor.event,
        view=view,
        found=found,
        row=row,
        words=words,
        single=single,
        shifts=found.method != "raw",
        **{"names": True, **more},
    )

"""Pairs of ideas that share passages: the list, both passages side by side, and what somebody found."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused, Stale
from innovate.events import policy as events
from innovate.events.domain.kinds import EventState
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.forms import SimilarNoteForm
from innovate.ideas.guard import enter_idea
from innovate.ideas.queries.similar.former import cut_former
from innovate.ideas.queries.similar.pairs import (
    SHOWN,
    count_open_pairs,
    get_pair,
    list_pairs,
    list_shared_texts,
    read_passages,
)
from innovate.ideas.routes.proposals import blueprint
from innovate.ideas.services.similar.notes import note_pair


@blueprint.get("/kelola/mirip")
def similar(slug: str) -> ResponseReturnValue:
    """All pairs of this edition and with past ones, those that share most first."""
    actor = enter(slug, events.can_read_screening)
    shown = request.args.get("tampil", "")
    return render_template(
        "ideas/similar.html",
        actor=actor,
        event=actor.event,
        shown=shown if shown in SHOWN else "semua",
        page=list_pairs(actor, shown=shown, page=request.args.get("page", 1, type=int)),
        waiting=count_open_pairs(actor.event.id),
        shared=list_shared_texts(actor.event.id),
    )


@blueprint.get("/kelola/mirip/terdahulu/<idea_id>")
def similar_former(slug: str, idea_id: str) -> ResponseReturnValue:
    """An entry beside those of past editions that share passages with it."""
    actor, idea = enter_idea(slug, idea_id, policy.can_read_as_committee)
    found = cut_former(idea, actor.event.id)
    return render_template(
        "ideas/similar_former.html", actor=actor, event=actor.event, idea=idea, found=found
    )


@blueprint.route("/kelola/mirip/<pair_id>", methods=["GET", "POST"])
def similar_pair(slug: str, pair_id: str) -> ResponseReturnValue:
    """Both sides of one pair; whoever screens notes what they found."""
    actor = enter(slug, events.can_read_screening if request.method != "POST" else events.can_screen)
    form = SimilarNoteForm()
    if form.validate_on_submit():
        try:
            note_pair(
                actor, pair_id, seen=form.seen.data or "", reason=form.reason.data or "", at=clock.now()
            )
        except Stale as stale:
            return _show(actor, pair_id, form, stale=stale), stale.status
        except Refused:
            with form.catch():
                raise
        else:
            flash(_("Hasil pemeriksaan dicatat."), "success")
            return redirect(url_for("ideas.similar", slug=slug))
    return _show(actor, pair_id, form), form.status


def _show(actor: Actor, pair_id: str, form: SimilarNoteForm, *, stale: Stale | None = None) -> str:
    view = get_pair(actor, pair_id)
    form.seen.data = form.seen.raw_data = view.seen
    own = any(policy.is_member(actor, side.idea) for side in view.sides)
    return render_template(
        "ideas/similar_pair.html",
        actor=actor,
        event=actor.event,
        view=view,
        passages=read_passages(view),
        form=form,
        stale=stale,
        is_own=own,
        may_note=events.can_screen(actor) and not own and actor.event.state is not EventState.ARCHIVED,
    )

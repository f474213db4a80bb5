"""The juror's side: what was typed from one's own paper, and how to object."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.domain.kinds import EventState
from innovate.events.guard import enter
from innovate.paper import policy
from innovate.paper.domain.codes import show_code
from innovate.paper.forms import WordsForm
from innovate.paper.queries.sheets import get_own_paper, list_own_papers
from innovate.paper.routes.mount import blueprint
from innovate.paper.services.objections import object_to
from innovate.scoring.queries.criteria import list_criteria


@blueprint.get("/juri/kertas")
def own_list(slug: str) -> ResponseReturnValue:
    """Every sheet of mine that was typed in."""
    actor = enter(slug, policy.can_own)
    papers = list_own_papers(actor.event.id, actor.user_id)
    return render_template("paper/own_list.html", event=actor.event, papers=papers, show_code=show_code)


@blueprint.route("/juri/kertas/<public_id>", methods=["GET", "POST"])
def own(slug: str, public_id: str) -> ResponseReturnValue:
    """The values typed from one sheet; saying that they are not what I wrote."""
    actor = enter(slug, policy.can_own)
    paper = get_own_paper(actor.event.id, actor.user_id, public_id)
    form = WordsForm()
    if form.validate_on_submit():
        with form.catch():
            object_to(actor, paper, words=form.words.data, at=clock.now())
            flash(_("Keberatan Anda sampai kepada ketua juri."), "success")
            return redirect(url_for("paper.own", slug=slug, public_id=public_id))
    return render_template(
        "paper/own.html",
        event=actor.event,
        paper=paper,
        last=paper.entries[-1],
        criteria=list_criteria(paper.rubric_id),
        form=form,
        may_object=actor.event.state is not EventState.ARCHIVED and not paper.has_open_objection,
        show_code=show_code,
    ), form.status

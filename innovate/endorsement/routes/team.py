"""The team's pages: asking its unit, taking that back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.core.numbers import read_number
from innovate.endorsement.domain.chain import Standing
from innovate.endorsement.forms import AskForm
from innovate.endorsement.guard import enter_team
from innovate.endorsement.queries.chains import find_chain, find_paper, read_standing
from innovate.endorsement.queries.hats import list_holders
from innovate.endorsement.routes.mount import blueprint
from innovate.endorsement.services import asking
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.queries.reading import read_entry
from innovate.ideas.queries.similar.drafts import check_draft
from innovate.ideas.routes.proposals import place, standing

_SETTLED = {Standing.WAITING, Standing.ENDORSED, Standing.SUBMITTED}


@blueprint.route("/k/<slug>/usulan/<idea_id>/ajukan-ke-unit", methods=["GET", "POST"])
def ask(slug: str, idea_id: str) -> ResponseReturnValue:
    """Check everything once more, then ask the unit."""
    actor, idea = enter_team(slug, idea_id)
    chain = find_chain(idea.id)
    form = AskForm(data={"in_gallery": chain.in_gallery if chain else True})
    if form.validate_on_submit():
        with form.catch():
            asking.ask_unit(
                actor,
                idea,
                version=read_number(form.version.data) or 0,
                in_gallery=form.in_gallery.data,
                at=clock.now(),
            )
            flash(_("Usulan diajukan ke unit. Anda diberi tahu begitu ada keputusan."), "success")
            return redirect(url_for("ideas.show", **place(actor, idea)))
    idea = get_idea(actor.event.id, idea_id)
    form.version.data = form.version.raw_data = str(idea.version)
    status = form.status
    page = render_template(
        "endorsement/ask.html",
        form=form,
        entry=read_entry(actor.event, idea),
        alike=check_draft(actor, idea),
        holders=list_holders(idea),
        paper=find_paper(idea.id),
        settled=read_standing(find_chain(idea.id), idea) in _SETTLED,
        **standing(actor, idea),
    )
    return page, status


@blueprint.post("/k/<slug>/usulan/<idea_id>/tarik-dari-unit")
def take_back(slug: str, idea_id: str) -> ResponseReturnValue:
    """No longer ask."""
    actor, idea = enter_team(slug, idea_id)
    try:
        asking.take_back(actor, idea, at=clock.now())
    except Refused as refused:
        flash(str(refused.message), "error")
    else:
        flash(_("Usulan ditarik kembali dari unit. Isinya tetap tersimpan."))
    return redirect(url_for("ideas.show", **place(actor, idea)))

"""Disqualification of an entry, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import IdeaState, can_become
from innovate.ideas.forms import DisqualifyForm, ReinstateForm
from innovate.ideas.guard import enter_idea
from innovate.ideas.models import Idea
from innovate.ideas.queries.disqualifications import list_disqualifications
from innovate.ideas.queries.ideas import number_of
from innovate.ideas.routes.proposals import blueprint, place
from innovate.ideas.services import disqualifying as services


@blueprint.route("/kelola/seleksi/<idea_id>/diskualifikasi", methods=["GET", "POST"])
def disqualify(slug: str, idea_id: str) -> ResponseReturnValue:
    """What would follow, and putting the entry out with the rule it broke and why."""
    actor, idea = enter_idea(slug, idea_id, policy.can_disqualify)
    form = DisqualifyForm()
    if form.validate_on_submit():
        with form.catch():
            services.disqualify_idea(
                actor, idea, rule=form.rule.data or "", reason=form.reason.data or "", at=clock.now()
            )
            flash(_("%(title)s didiskualifikasi. Tim telah diberi tahu.", title=idea.title))
            return redirect(url_for("ideas.disqualify", **place(actor, idea)))
    return _page(actor, idea, form, ReinstateForm(formdata=None))


@blueprint.post("/kelola/seleksi/<idea_id>/diskualifikasi/batalkan")
def reinstate(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take it back in."""
    actor, idea = enter_idea(slug, idea_id, policy.can_disqualify)
    form = ReinstateForm()
    if form.validate_on_submit():
        with form.catch():
            services.reinstate_idea(actor, idea, reason=form.reason.data or "", at=clock.now())
            flash(_("Diskualifikasi %(title)s dibatalkan. Tim telah diberi tahu.", title=idea.title))
            return redirect(url_for("ideas.disqualify", **place(actor, idea)))
    return _page(actor, idea, DisqualifyForm(formdata=None), form)


def _page(actor: Actor, idea: Idea, form: DisqualifyForm, lift: ReinstateForm) -> ResponseReturnValue:
    is_open = actor.event.state is not EventState.ARCHIVED
    page = render_template(
        "ideas/disqualify.html",
        actor=actor,
        event=actor.event,
        idea=idea,
        place=place(actor, idea),
        number=number_of(actor.event, idea),
        form=form,
        lift=lift,
        history=list_disqualifications(idea.id),
        follows=services.foretell(actor, idea),
        may_disqualify=is_open and can_become(idea.state, IdeaState.DISQUALIFIED),
        may_reinstate=is_open and idea.state is IdeaState.DISQUALIFIED,
    )
    return page, form.status

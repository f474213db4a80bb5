"""Groups of jurors that cannot be compared: who they are, how to join them, or to accept them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.scoring import policy
from innovate.scoring.forms.draws import GroupsForm
from innovate.scoring.queries.groups import list_groups
from innovate.scoring.queries.rounds import get_round
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services.groups import accept_groups


@blueprint.route("/kelola/penugasan/<int:number>/kelompok", methods=["GET", "POST"])
def groups(slug: str, number: int) -> ResponseReturnValue:
    """The groups of a round, and the statement that lets judging begin all the same."""
    actor = enter_lead(slug)
    round_ = get_round(actor.event, number)
    found = list_groups(round_)
    form = GroupsForm(seen=len(found))
    if form.validate_on_submit():
        with form.catch():
            accept_groups(
                actor,
                round_,
                seen=form.seen.data or 0,
                confirmed=bool(form.confirmed.data),
                at=clock.now(),
            )
            flash(_("Pernyataan Anda dicatat."), "success")
            return redirect(url_for("scoring.groups", slug=slug, number=number))
    return render_template(
        "scoring/lead/groups.html",
        actor=actor,
        event=actor.event,
        round=round_,
        groups=found,
        form=form,
        can_lead=policy.can_lead(actor),
    ), form.status

"""Choosing how a round is ranked."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.forms import RulesForm, fill_rules
from innovate.results.queries.boards import get_board
from innovate.results.routes.mount import blueprint
from innovate.results.services import rules as services
from innovate.results.words.method import METHOD_NOTES, METHODS, TIES
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.queries.totals import has_any_ballot


@blueprint.route("/k/<slug>/kelola/hasil/<int:number>/cara", methods=["GET", "POST"])
def rules(slug: str, number: int) -> ResponseReturnValue:
    """Method, ties, minimum, passing grade and quota; once scoring has begun only to be read."""
    actor = enter(slug, policy.can_move_board)
    view = get_board(actor.event, number)
    form = RulesForm(data=fill_rules(view.rules))
    if form.validate_on_submit():
        with form.catch():
            services.set_rules(actor, number, form.read(), at=clock.now())
            flash(_("Cara penilaian disimpan."), "success")
            return redirect(url_for("results.rules", slug=slug, number=number))
    page = render_template(
        "results/rules.html",
        event=actor.event,
        view=view,
        form=form,
        methods=METHODS,
        notes=METHOD_NOTES,
        ties=TIES,
        is_locked=has_any_ballot([round_.id for round_ in list_rounds(actor.event.id)]),
        locked=services.LOCKED,
    )
    return page, form.status

"""What the jury decided in session about ties."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.numbers import read_number
from innovate.core.web.kept_forms import take_kept
from innovate.events.domain.seal import BoardState
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.results import policy
from innovate.results.forms import RulingForm
from innovate.results.queries import boards
from innovate.results.queries.rulings import list_rulings
from innovate.results.queries.ties import list_titles, list_waiting_ties
from innovate.results.routes.mount import blueprint
from innovate.results.routes.room import hidden_from, shows_names
from innovate.results.services import plenary as services


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/pleno")
def plenary(slug: str, number: int) -> ResponseReturnValue:
    """Ties that wait for the jury, and what it decided."""
    return _render(enter(slug, policy.can_enter_results), number, RulingForm(formdata=None))


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/pleno")
def rule_tie(slug: str, number: int) -> ResponseReturnValue:
    """The chair enters a decision: each entry of one tie with its place; or takes one back."""
    actor = enter(slug, policy.can_rule_ties)
    form = RulingForm()
    if form.validate_on_submit():
        with form.catch():
            if form.withdraw.data:
                ruling = read_number(form.withdraw.data) or 0
                services.withdraw_ruling(actor, number, ruling, reason=form.reason.data or "", at=clock.now())
                flash(_("Keputusan pleno dicabut."), "success")
            else:
                services.rule_tie(actor, number, _read_order(), reason=form.reason.data or "", at=clock.now())
                flash(_("Keputusan pleno dicatat."), "success")
            return redirect(url_for("results.plenary", slug=slug, number=number))
    return _render(actor, number, form)


def _read_order() -> list[str]:
    """Entries by the place given to each; a place given twice leaves an entry out, which is refused."""
    places = {
        read_number(value): key.removeprefix("tempat-")
        for key, value in request.form.items()
        if key.startswith("tempat-")
    }
    return [places[place] for place in sorted(place for place in places if place is not None)]


def _render(actor: Actor, number: int, form: RulingForm) -> ResponseReturnValue:
    view = boards.get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    hidden = hidden_from(actor, view)
    veiled = bool(hidden)
    kept = take_kept(type(form).__name__)
    is_open = view.state in {BoardState.COLLECTING, BoardState.PROVISIONAL}
    page = render_template(
        "results/plenary.html",
        event=actor.event,
        view=view,
        ties=list_waiting_ties(actor.event, view, hidden) if is_open else [],
        veiled=veiled,
        rulings=[each for each in list_rulings(view.round.id) if hidden.isdisjoint(each[0].order)],
        names=shows_names(actor, view),
        titles=list_titles(actor.event),
        may_rule=policy.can_rule_ties(actor) and view.state is BoardState.PROVISIONAL,
        form=form,
        given=kept.values if kept else request.form,
    )
    return page, form.status

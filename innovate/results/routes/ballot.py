"""One ballot: the ranking with it and without it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.results import policy
from innovate.results.queries import boards
from innovate.results.queries.effects import compare
from innovate.results.routes.mount import blueprint
from innovate.results.routes.room import hidden_from
from innovate.results.services import exclusion
from innovate.scoring import policy as scoring
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.queries.ballots import get_panel_sheet
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.panel import get_seat_page, list_changes


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/lembar/<public_id>")
def ballot(slug: str, number: int, public_id: str) -> ResponseReturnValue:
    """What this ballot does to the ranking."""
    actor = enter(slug, policy.can_read_severities)
    return _render(actor, number, public_id, ReasonForm(formdata=None))


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/lembar/<public_id>")
def count_ballot(slug: str, number: int, public_id: str) -> ResponseReturnValue:
    """Take it out of the count, or count it again, whichever it is not."""
    actor = enter(slug, policy.can_read_severities)
    require(scoring.can_lead(actor), NotFound())
    form = ReasonForm()
    sheet = get_panel_sheet(actor.event.id, public_id)
    is_out = sheet.ballot_state is BallotState.EXCLUDED
    if form.validate_on_submit():
        act = exclusion.count_in if is_out else exclusion.count_out
        with form.catch():
            act(actor, number, public_id, reason=form.reason.data, at=clock.now())
            flash(
                _("Penilaian dihitung kembali.") if is_out else _("Penilaian tidak lagi dihitung."), "success"
            )
            return redirect(url_for("results.ballot", slug=slug, number=number, public_id=public_id))
    return _render(actor, number, public_id, form)


def _render(actor: Actor, number: int, public_id: str, form: ReasonForm) -> ResponseReturnValue:
    view = boards.get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    sheet = get_panel_sheet(actor.event.id, public_id)
    hidden = hidden_from(actor, view)
    require(sheet.round_id == view.round.id and sheet.idea_id not in list_hidden(actor), NotFound())
    page = render_template(
        "results/ballot.html",
        event=actor.event,
        view=view,
        sheet=sheet,
        seat=get_seat_page(actor.event.id, public_id),
        effect=compare(actor.event, view, sheet, hidden),
        veiled=bool(hidden),
        is_out=sheet.ballot_state is BallotState.EXCLUDED,
        is_settled=view.state.is_settled,
        may_change=scoring.can_lead(actor),
        changes=list_changes(sheet.ballot_id) if sheet.ballot_id else [],
        form=form,
    )
    return page, form.status

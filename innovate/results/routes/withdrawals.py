"""Withdrawing an announced award, and taking the withdrawal back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.domain.awards import Succession
from innovate.results.forms import RevokeForm, WithdrawAwardForm
from innovate.results.queries.awards import find_row
from innovate.results.queries.boards import get_board
from innovate.results.routes.awards import may_withdraw, show_awards
from innovate.results.routes.mount import blueprint
from innovate.results.services import withdrawals as services


@blueprint.route(
    "/k/<slug>/kelola/hasil/<int:number>/penghargaan/<idea_id>/pencabutan", methods=["GET", "POST"]
)
def withdraw_award(slug: str, number: int, idea_id: str) -> ResponseReturnValue:
    """What would follow, and doing it with its decree."""
    actor = enter(slug, policy.can_move_board)
    view = get_board(actor.event, number)
    row = find_row(view.board, idea_id) if view.board and may_withdraw(actor, view) else None
    require(row is not None and bool(row.award), NotFound())
    form = WithdrawAwardForm()
    if form.validate_on_submit() and form.day.data is not None:
        terms = services.Terms(
            Succession(form.succession.data),
            form.decree.data or "",
            form.day.data,
            form.reason.data or "",
            form.public_reason.data or "",
        )
        with form.catch():
            found = services.withdraw_award(actor, number, idea_id, terms, at=clock.now())
            flash(_("%(award)s dicabut. Peringkat baru menunggu pengesahan.", award=found.award))
            return redirect(url_for("results.awards", slug=slug, number=number))
    page = render_template("results/withdraw_award.html", event=actor.event, view=view, row=row, form=form)
    return page, form.status


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/pencabutan/<withdrawal_id>/batalkan")
def return_award(slug: str, number: int, withdrawal_id: str) -> ResponseReturnValue:
    """Give the award back."""
    actor = enter(slug, policy.can_move_board)
    form = RevokeForm()
    if form.validate_on_submit():
        with form.catch():
            services.return_award(actor, number, withdrawal_id, reason=form.reason.data or "", at=clock.now())
            flash(_("Pencabutan dibatalkan. Peringkat baru menunggu pengesahan."))
            return redirect(url_for("results.awards", slug=slug, number=number))
    return show_awards(actor, number, revoking=(withdrawal_id, form))

"""The doors of the signature and of the announcement's plan."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.domain.seal import BoardState
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.forms import PlanForm, SignForm, WindowForm
from innovate.results.queries import boards
from innovate.results.routes.announcing import said
from innovate.results.routes.mount import blueprint
from innovate.results.routes.room import render_board
from innovate.results.services.announcing import plan_announcement
from innovate.results.services.boards import move_board
from innovate.results.services.windows import lengthen_window as lengthen


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/pengesahan")
def sign(slug: str, number: int) -> ResponseReturnValue:
    """The chair signs the snapshot that was read, or takes the signature back with a reason."""
    actor = enter(slug, policy.can_sign)
    form = SignForm()
    if form.validate_on_submit():
        with form.catch():
            move_board(
                actor,
                number,
                BoardState(form.after.data),
                expected=BoardState(form.expected.data),
                reason=form.reason.data or "",
                seen=form.seen.data or "",
                at=clock.now(),
            )
            flash(said(form.after.data), "success")
            return redirect(url_for("results.board", slug=slug, number=number))
    return render_board(actor, boards.get_board(actor.event, number), sign=form)


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/rencana")
def plan_board(slug: str, number: int) -> ResponseReturnValue:
    """How long objections are taken, and when the result goes public by itself."""
    actor = enter(slug, policy.can_move_board)
    form = PlanForm(zone=actor.event.zone)
    if form.validate_on_submit():
        with form.catch():
            board = plan_announcement(
                actor,
                number,
                objection_days=form.objection_days.data,
                announce_at=form.announce_at.data,
                at=clock.now(),
            )
            planned = _("Rencana disimpan. Hasil akan diumumkan sendiri pada waktu itu.")
            flash(planned if board.announce_at else _("Rencana pengumuman disimpan."), "success")
            return redirect(url_for("results.board", slug=slug, number=number))
    return render_board(actor, boards.get_board(actor.event, number), plan=form)


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/masa-sanggah")
def lengthen_window(slug: str, number: int) -> ResponseReturnValue:
    """Take objections for longer than announced."""
    actor = enter(slug, policy.can_move_board)
    form = WindowForm(zone=actor.event.zone)
    if form.validate_on_submit():
        until = cast(datetime, form.until.data)
        with form.catch():
            lengthen(actor, number, until=until, reason=form.reason.data or "", at=clock.now())
            flash(_("Masa sanggah diperpanjang. Ketua setiap tim diberi tahu."), "success")
            return redirect(url_for("results.board", slug=slug, number=number))
    for error in form.form_errors:  # the board moved on, and its page has no such form any more
        flash(str(error), "error")
    return render_board(actor, boards.get_board(actor.event, number), window=form)

"""The button beside a tie or a bracket."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.events.guard import enter
from innovate.pairwise import policy
from innovate.results.domain.brackets import Bracket
from innovate.results.routes.mount import blueprint
from innovate.results.services.runoff import start_runoff


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/banding")
def run_off(slug: str, number: int) -> ResponseReturnValue:
    """Prepare a run-off among entries that share a rank or cannot be told apart."""
    actor = enter(slug, policy.can_lead)
    rank, given = request.form.get("peringkat", 0, type=int), request.form.get
    last, pool = given("sampai", rank, type=int), given("juri", 0, type=int)
    try:
        bracket = Bracket(given("kelompok", ""), pool, rank, last)
        contest = start_runoff(actor, number, bracket, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
        return redirect(url_for("results.board", slug=slug, number=number))
    flash(_("Banding ulang disiapkan. Periksa jurinya, lalu buka."), "success")
    return redirect(url_for("pairwise.room", slug=slug, contest_id=contest.public_id))

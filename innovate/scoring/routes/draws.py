"""The draw: planned, previewed, compared with others, applied exactly as seen. The same pages top up later."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import SelectChoice

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain.assignment.places import Draw, Why
from innovate.scoring.domain.assignment.plan import LARGEST_SEED, SILENT_DAYS
from innovate.scoring.forms.draws import ApplyForm, DrawForm
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries import draws as queries
from innovate.scoring.queries import previews
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.jury import coverage_by_idea
from innovate.scoring.queries.rounds import get_round
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import draws as services

WHY = {
    Why.KEPT: _l("dipertahankan"),
    Why.BRIDGE: _l("jembatan"),
    Why.TRACK: _l("ahli kategori"),
    Why.WORDS: _l("kata kunci"),
    Why.ANY: _l("semua bidang"),
    Why.BALANCE: _l("pemerataan beban"),
}


def _enter(slug: str, number: int) -> tuple[Actor, Round]:
    actor = enter_lead(slug)
    require(policy.can_lead(actor), NotFound())
    return actor, get_round(actor.event, number)


@blueprint.route("/kelola/penugasan/<int:number>/undian", methods=["GET", "POST"])
def draw(slug: str, number: int) -> ResponseReturnValue:
    """Count, choose, and ask for a preview."""
    actor, round_ = _enter(slug, number)
    jurors = queries.list_serving(round_)
    days = min(max(request.args.get("hari", SILENT_DAYS, type=int), 1), 365)
    silent = queries.list_silent(round_, jurors, days=days, at=clock.now())
    form = DrawForm()
    form.silent.choices = [SelectChoice(row.juror.user.public_id, row.juror.user.name) for row in silent]
    if form.validate_on_submit():
        with form.catch():
            seed = form.seed.data if form.seed.data is not None else secrets.randbelow(LARGEST_SEED)
            task = services.start_draw(
                actor, round_, seed=seed, silent=form.silent.data or (), at=clock.now()
            )
            return redirect(url_for("scoring.drawn", slug=slug, number=number, task_id=task.public_id))
    return render_template(
        "scoring/lead/draw.html",
        actor=actor,
        event=actor.event,
        round=round_,
        plan=queries.load_plan(round_, jurors),
        silent=silent,
        days=days,
        previews=previews.list_previews(round_),
        form=form,
    ), form.status


@blueprint.get("/kelola/penugasan/<int:number>/undian/<task_id>")
def drawn(slug: str, number: int, task_id: str) -> ResponseReturnValue:
    """A preview: on its way, or all there is to know before it is applied."""
    actor, round_ = _enter(slug, number)
    return _page(actor, round_, previews.get_preview(round_, task_id), ApplyForm(formdata=None))


@blueprint.post("/kelola/penugasan/<int:number>/undian/<task_id>")
def apply_draw(slug: str, number: int, task_id: str) -> ResponseReturnValue:
    """Write exactly what was previewed."""
    actor, round_ = _enter(slug, number)
    preview = previews.get_preview(round_, task_id)
    form = ApplyForm()
    if form.validate_on_submit():
        with form.catch():
            done = services.apply_draw(
                actor, round_, preview, confirmed=bool(form.confirmed.data), at=clock.now()
            )
            n = len(done.pairs)
            flash(ngettext("%(num)s penugasan dibuat.", "%(num)s penugasan dibuat.", n), "success")
            return redirect(url_for("scoring.assignments", slug=slug, babak=number))
    return _page(actor, round_, preview, form), form.status


def _page(actor: Actor, round_: Round, preview: previews.Preview, form: ApplyForm) -> str:
    shown: dict[str, Any] = {
        "actor": actor,
        "event": actor.event,
        "round": round_,
        "preview": preview,
        "form": form,
    }
    if preview.draw is None:
        return render_template("scoring/lead/draw_waiting.html", **shown)
    jurors = queries.list_serving(round_)
    hidden = list_hidden(actor)
    entries = [entry for entry in coverage_by_idea(round_) if entry.idea_id not in hidden]
    chosen = {"q": request.args.get("q", "").strip()[:80], "alasan": request.args.get("alasan", "")}
    why = Why(chosen["alasan"]) if chosen["alasan"] in {each.value for each in Why} else None
    names = {row.user.id: row.user.name for row in jurors}
    by_id = {entry.idea_id: entry for entry in entries}
    new = _count_new(preview.draw)
    return render_template(
        "scoring/lead/drawn.html",
        **shown,
        draw=preview.draw,
        jurors=[(row, new.get(row.user.id, 0), preview.draw.loads.get(row.user.id, 0)) for row in jurors],
        silent=[names[key] for key in preview.silent if key in names],
        hard=[(by_id[hard.idea_id], hard) for hard in preview.draw.hard if hard.idea_id in by_id],
        page=previews.page_of_pairs(
            preview, entries, names, search=chosen["q"], why=why, page=request.args.get("page", 1, type=int)
        ),
        others=[other for other in previews.list_previews(round_) if other.task.id != preview.task.id],
        chosen=chosen,
        why=WHY,
    )


def _count_new(drawn_: Draw) -> dict[int, int]:
    counted: dict[int, int] = {}
    for _idea, juror in drawn_.pairs:
        counted[juror] = counted.get(juror, 0) + 1
    return counted

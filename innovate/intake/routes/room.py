"""Imports of a round: upload files, take a sheet to fill in, go on with what was begun."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import Refused
from innovate.core.web.unit_of_work import defers_write
from innovate.events.policy import Actor
from innovate.intake.domain.limits import LARGEST_FILE, MOST_ROWS
from innovate.intake.exports import write_example
from innovate.intake.forms import UploadForm
from innovate.intake.guard import enter_import, enter_round
from innovate.intake.queries import imports
from innovate.intake.queries.world import load_world
from innovate.intake.routes.mount import blueprint
from innovate.intake.services import checks, uploading
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.allocation import list_pairs
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.rounds import list_rounds

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/<int:number>", methods=["GET", "POST"])
@defers_write
def room(slug: str, number: int) -> ResponseReturnValue:
    """Upload files, and see what was imported before."""
    actor, round_ = enter_round(slug, number)
    form = UploadForm()
    if form.validate_on_submit():
        sent = [(each.filename or "", each.read(LARGEST_FILE + 1)) for each in form.files.data or ()]
        begin_write()
        with form.catch():
            found = uploading.upload_files(actor, round_, sent, at=clock.now())
            return redirect(url_for("intake.mapping", slug=slug, import_id=found.public_id))
    return _page(actor, round_, form), form.status


def _page(actor: Actor, round_: Round, form: UploadForm) -> str:
    return render_template(
        "intake/room.html",
        actor=actor,
        event=actor.event,
        round=round_,
        rounds=list_rounds(actor.event.id),
        form=form,
        barred=_why_not(round_),
        imports=imports.list_imports(round_),
        criteria=list_criteria(round_.rubric_id),
        size=LARGEST_FILE // (1024 * 1024),
        rows=MOST_ROWS,
    )


def _why_not(round_: Round) -> Refused | None:
    try:
        checks.check_round(round_, clock.now())
    except Refused as refusal:
        return refusal
    return None


@blueprint.get("/<int:number>/contoh.xlsx")
def example(slug: str, number: int) -> ResponseReturnValue:
    """A sheet with the round's own entries, jurors and criteria: a row for each assignment."""
    actor, round_ = enter_round(slug, number)
    world = load_world(actor, round_)
    pairs = sorted(set(list_pairs(round_)) - set(world.barred) - set(world.held))
    known = [pair for pair in pairs if pair[0] in world.entries and pair[1] in world.jurors]
    order = sorted(known, key=lambda pair: (world.jurors[pair[1]].name, world.entries[pair[0]].number or 0))
    answer = Response(write_example(round_, world, order), mimetype=_XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="nilai-{slug}-{number}.xlsx"'
    return answer


@blueprint.post("/berkas/<import_id>/buang")
def discard(slug: str, import_id: str) -> ResponseReturnValue:
    """Throw a pending import away."""
    actor, found = enter_import(slug, import_id)
    number = checks.round_of(found).number
    try:
        uploading.discard_import(actor, found)
        flash(_("Unggahan dibuang. Tidak ada nilai yang berubah."), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("intake.room", slug=slug, number=number))

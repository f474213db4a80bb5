"""Importing a sheet: upload it, say what its columns and units mean, see what would be saved, save it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import DomainError, Refused
from innovate.core.web.unit_of_work import defers_write
from innovate.editions.domain.planning import MOST_ROWS, Reading
from innovate.editions.domain.units import NO_UNIT
from innovate.editions.forms import SheetForm
from innovate.editions.models import EditionImport, ImportState
from innovate.editions.queries import editions as queries
from innovate.editions.routes.mount import blueprint, enter
from innovate.editions.services import importing as services
from innovate.editions.words import MEANINGS, say_fault, say_place

_SHOWN = 100  # faults
_PREVIEWED = 20  # entries
_ASKED = 100  # names of units that are asked about at once


@blueprint.route("/kelola/impor", methods=["GET", "POST"])
@defers_write
def upload() -> ResponseReturnValue:
    """Choose a sheet."""
    user = enter()
    form = SheetForm()
    if form.validate_on_submit():
        content = form.file.data.read(services.LARGEST_FILE + 1)
        begin_write()
        with form.catch():
            found = services.upload_sheet(user, form.file.data.filename or "", content, at=clock.now())
            return redirect(url_for("editions.mapping", import_id=found.public_id))
    page = render_template(
        "editions/upload.html",
        form=form,
        size=services.LARGEST_FILE // (1024 * 1024),
        rows=MOST_ROWS,
        meanings=MEANINGS,
    )
    return page, form.status


@blueprint.route("/kelola/impor/<import_id>", methods=["GET", "POST"])
def mapping(import_id: str) -> ResponseReturnValue:
    """What the columns mean, and what would be saved."""
    user, found = enter(), queries.get_import(import_id)
    if found.state is not ImportState.PENDING:
        flash(_("Impor ini sudah disimpan."), "error")
        return redirect(url_for("editions.room"))
    refusal: DomainError | None = None
    chosen: dict[str, Any] = {}
    if request.method == "POST":
        chosen = _chosen(found)
        try:
            services.set_reading(user, found, **chosen)
            if request.form.get("act") == "save":
                count = services.save_import(user, found, at=clock.now())
                flash(ngettext("%(num)s karya disimpan.", "%(num)s karya disimpan.", count), "success")
                return redirect(url_for("editions.room"))
        except DomainError as error:
            refusal = error
    return _page(found, refusal, chosen)


def _chosen(found: EditionImport) -> dict[str, Any]:
    form = request.form
    titles = queries.rows_of(found)[0][1]
    names = form.getlist("name")
    return {
        "columns": {index: form.get(f"column-{index}", "") for index in range(len(titles))},
        "edition": form.get("edition", ""),
        "year": form.get("year", ""),
        "units": {name: form.get(f"unit-{number}", "") for number, name in enumerate(names[:_ASKED])},
    }


def _page(
    found: EditionImport, refusal: DomainError | None, chosen: Mapping[str, Any]
) -> ResponseReturnValue:
    if refusal is not None:
        found = queries.get_import(found.public_id)
    reading = services.reading_of(found)
    if refusal is not None:  # what was chosen stays on the page, though it is not kept
        units = {**reading.units, **chosen["units"]}
        reading = Reading(chosen["columns"], chosen["edition"], chosen["year"], units)
    plan = services.plan_import(found)
    rows = queries.rows_of(found)
    names = queries.load_unit_names()
    strange = sorted(plan.strange, key=lambda name: (-plan.strange[name], name))[:_ASKED]
    page = render_template(
        "editions/mapping.html",
        found=found,
        refusal=refusal,
        reading=reading,
        titles=rows[0][1],
        examples=[
            [cells[i] if i < len(cells) else "" for _n, cells in rows[1:4]] for i in range(len(rows[0][1]))
        ],
        meanings=MEANINGS,
        plan=plan,
        faults=[(say_place(fault), say_fault(fault)) for fault in plan.faults[:_SHOWN]],
        strange=[(name, plan.strange[name], names.suggest(name)) for name in strange],
        units=sorted(names.by_code.values(), key=lambda unit: unit.name),
        no_unit=NO_UNIT,
        preview=plan.entries[:_PREVIEWED],
    )
    return page, refusal.status if refusal else 200


@blueprint.post("/kelola/impor/<import_id>/buang")
def discard(import_id: str) -> ResponseReturnValue:
    """Throw a pending import away."""
    user, found = enter(), queries.get_import(import_id)
    try:
        services.discard_import(user, found)
        flash(_("Unggahan dibuang. Tidak ada yang tersimpan."), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("editions.room"))


@blueprint.post("/kelola/impor/<import_id>/batalkan")
def undo(import_id: str) -> ResponseReturnValue:
    """Take back what an import brought."""
    user, found = enter(), queries.get_import(import_id)
    try:
        count = services.undo_import(user, found, reason=request.form.get("reason", "")[:500], at=clock.now())
        flash(ngettext("%(num)s karya diambil kembali.", "%(num)s karya diambil kembali.", count), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("editions.room"))

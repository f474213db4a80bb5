"""The tree of work units."""

from __future__ import annotations

import json

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.accounts import queries
from innovate.accounts.domain.unit_import import Plan, plan_import
from innovate.accounts.models import Unit, UnitKind
from innovate.accounts.services import unit_files
from innovate.accounts.services import units as services
from innovate.admin.forms import (
    FAULTS,
    KIND_LABELS,
    CoordinatorForm,
    UnitFileForm,
    UnitForm,
    UnitImportForm,
)
from innovate.admin.guard import enter
from innovate.admin.routes.blueprint import blueprint
from innovate.core import clock
from innovate.core.errors import Refused, require
from innovate.core.paging import Page
from innovate.endorsement.queries.coordinators import list_coordinators
from innovate.endorsement.services import coordinators

_PAGE = 200


@blueprint.get("/unit")
def units() -> ResponseReturnValue:
    """The tree, or what a search finds in it."""
    enter()
    search = request.args.get("q", "").strip()
    tree = queries.list_units()
    names = {unit.id: unit.label for _depth, unit in tree}
    rows = [row for row in tree if _matches(row[1], search)] if search else tree
    number = max(1, request.args.get("page", 1, type=int))
    page = Page(rows[(number - 1) * _PAGE : number * _PAGE], number, _PAGE, len(rows))
    return render_template(
        "admin/units.html",
        page=page,
        q=search,
        names=names,
        people=queries.count_people_by_unit(),
        kind_labels=KIND_LABELS,
        today=clock.now().date(),
    )


def _matches(unit: Unit, search: str) -> bool:
    wanted = search.casefold()
    return any(wanted in text.casefold() for text in (unit.name, unit.short_name, unit.code))


@blueprint.route("/unit/baru", methods=["GET", "POST"])
def unit_new() -> ResponseReturnValue:
    """Add a unit."""
    return _edit(None, UnitForm(data={"parent_id": request.args.get("induk", 0, type=int)}))


@blueprint.route("/unit/<code>", methods=["GET", "POST"])
def unit(code: str) -> ResponseReturnValue:
    """Change a unit: its names, its place, its dates."""
    enter()
    found = queries.get_unit(code)
    return _edit(found, UnitForm(data={**_values(found), "parent_id": found.parent_id or 0}))


def _values(found: Unit) -> dict[str, object]:
    return {name: getattr(found, name) for name in services.FIELDS}


def _edit(found: Unit | None, form: UnitForm) -> ResponseReturnValue:
    admin = enter()
    choices = queries.list_unit_choices(clock.now().date(), keep=found.parent_id if found else None)
    form.parent_id.choices = [(0, _("Tidak ada")), *choices]
    if form.validate_on_submit():
        with form.catch():
            saved = services.save_unit(found, form.values(), actor_id=admin.id, at=clock.now())
            flash(_("%(name)s tersimpan.", name=saved.name), "success")
            return redirect(url_for("admin.units"))
    return show_unit(found, form), form.status


def show_unit(found: Unit | None, form: UnitForm, appoint: CoordinatorForm | None = None) -> str:
    """The page of a unit (None: of a new one), with who coordinates it."""
    return render_template(
        "admin/unit.html",
        form=form,
        unit=found,
        coordinators=list_coordinators(found.id) if found else [],
        appoint=appoint or CoordinatorForm(formdata=None),
    )


@blueprint.post("/unit/<code>/koordinator")
def appoint_coordinator(code: str) -> ResponseReturnValue:
    """Let a person answer for the unit's proposals."""
    admin, found = enter(), queries.get_unit(code)
    form = CoordinatorForm()
    if form.validate_on_submit():
        with form.catch():
            coordinators.appoint_coordinator(admin, found, email=form.email.data, at=clock.now())
            flash(_("%(email)s menjadi koordinator unit ini.", email=form.email.data), "success")
            return redirect(url_for("admin.unit", code=code) + "#koordinator")
    plain = UnitForm(formdata=None, data={**_values(found), "parent_id": found.parent_id or 0})
    choices = queries.list_unit_choices(clock.now().date(), keep=found.parent_id)
    plain.parent_id.choices = [(0, _("Tidak ada")), *choices]
    return show_unit(found, plain, form), form.status


@blueprint.post("/unit/<code>/koordinator/<coordinator_id>/akhiri")
def end_coordination(code: str, coordinator_id: str) -> ResponseReturnValue:
    """Take it back from them."""
    admin, found = enter(), queries.get_unit(code)
    coordinators.end_coordination(admin, found, coordinator_id, at=clock.now())
    flash(_("Tugas koordinator diakhiri. Orang itu diberi tahu lewat surel."), "success")
    return redirect(url_for("admin.unit", code=code) + "#koordinator")


@blueprint.get("/unit/ekspor.csv")
def units_export() -> ResponseReturnValue:
    """The whole tree as a table that can be imported again."""
    enter()
    text = unit_files.write_csv(queries.list_unit_rows().values())
    name = f"unit-kerja-{clock.now():%Y-%m-%d}.csv"
    return Response(
        text, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@blueprint.route("/unit/impor", methods=["GET", "POST"])
def units_import() -> ResponseReturnValue:
    """Read a table and show what it would change, or where it is wrong. Nothing is saved here."""
    enter()
    form = UnitFileForm()
    if form.validate_on_submit():
        with form.catch():
            upload = form.file.data
            table = unit_files.read_table(upload.read(), upload.filename or "")
            plan = _plan(table)
            confirm = UnitImportForm(formdata=None, data={"table": json.dumps(table)})
            page = render_template("admin/units_preview.html", plan=plan, form=confirm, faults=FAULTS)
            return page, 422 if plan.faults else 200
    return render_template("admin/units_import.html", form=form, kind_labels=KIND_LABELS), form.status


@blueprint.post("/unit/impor/simpan")
def units_import_save() -> ResponseReturnValue:
    """Carry out what was previewed, checked again against the tree as it is now."""
    admin = enter()
    form = UnitImportForm()
    require(form.validate_on_submit(), Refused(_("Berkas ini tidak dapat dibaca sebagai CSV.")))
    plan = _plan(_table_from(form.table.data))
    if plan.faults:
        return render_template("admin/units_preview.html", plan=plan, form=form, faults=FAULTS), 422
    count = services.import_units(plan, actor_id=admin.id, at=clock.now())
    flash(ngettext("%(num)s unit disimpan.", "%(num)s unit disimpan.", count), "success")
    return redirect(url_for("admin.units"))


def _plan(table: list[list[str]]) -> Plan:
    return plan_import(table, queries.list_unit_rows(), {kind.value for kind in UnitKind})


def _table_from(text: str) -> list[list[str]]:
    """The previewed table as the browser sent it back."""
    try:
        table = json.loads(text)
    except ValueError:
        table = None
    good = isinstance(table, list) and all(isinstance(line, list) for line in table)
    require(good, Refused(_("Berkas ini tidak dapat dibaca sebagai CSV.")))
    return [[str(cell) for cell in line] for line in table or []]

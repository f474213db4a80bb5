"""The builder of the entry form."""

from __future__ import annotations

from itertools import groupby

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.events import queries
from innovate.events.forms.entry_form import KINDS, EntryFieldForm, entry_field_form
from innovate.events.guard import enter_room
from innovate.events.models import FormField
from innovate.events.policy import Actor
from innovate.events.routes.mount import blueprint
from innovate.events.services import entry_form as services
from innovate.events.services import evidence, lists
from innovate.events.words import MEANINGS


@blueprint.get("/k/<slug>/kelola/formulir")
def entry_form(slug: str) -> ResponseReturnValue:
    """All fields by section, and those removed."""
    actor = enter_room(slug)
    rows = queries.list_rows(FormField, actor.event.id)
    present = [row for row in rows if row.removed_at is None]
    return render_template(
        "events/rooms/entry_form.html",
        actor=actor,
        event=actor.event,
        rows=present,
        sections=[(name, list(fields)) for name, fields in groupby(present, key=lambda row: row.section)],
        removed=[row for row in rows if row.removed_at is not None],
        kinds=KINDS,
        meanings=MEANINGS,
        unproved=evidence.list_unproved(actor.event.id, rows),
        criteria={claim.key: claim.name for claim in evidence.list_claims(actor.event.id)},
        labels={row.key: row.label for row in present},
    )


@blueprint.route("/k/<slug>/kelola/formulir/baru", methods=["GET", "POST"])
def add_field(slug: str) -> ResponseReturnValue:
    """One more field."""
    actor = enter_room(slug)
    form = _form(actor, None)
    if form.validate_on_submit():
        with form.catch():
            services.add_field(actor, form.values, at=clock.now())
            flash(_("Isian ditambahkan di akhir formulir."), "success")
            return redirect(url_for("events.entry_form", slug=slug))
    return render_template(
        "events/rooms/field.html", actor=actor, event=actor.event, form=form, row=None
    ), form.status


@blueprint.route("/k/<slug>/kelola/formulir/<field_id>", methods=["GET", "POST"])
def edit_field(slug: str, field_id: str) -> ResponseReturnValue:
    """One field."""
    actor = enter_room(slug)
    row = queries.get_row(FormField, actor.event.id, field_id)
    form = _form(actor, row)
    if form.validate_on_submit():
        with form.catch():
            services.edit_field(actor, row, form.values, at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("events.entry_form", slug=slug, _anchor=f"b-{field_id}"))
    return render_template(
        "events/rooms/field.html", actor=actor, event=actor.event, form=form, row=row
    ), form.status


def _form(actor: Actor, row: FormField | None) -> EntryFieldForm:
    fields = [field for field in queries.list_rows(FormField, actor.event.id) if field.removed_at is None]
    criteria = {claim.key: claim.name for claim in evidence.list_claims(actor.event.id)}
    return entry_field_form(row, fields, criteria)


@blueprint.post("/k/<slug>/kelola/formulir/slot-bukti")
def add_slots(slug: str) -> ResponseReturnValue:
    """A file field for every criterion that has none."""
    actor = enter_room(slug)
    made = evidence.add_slots(actor, at=clock.now())
    if made:
        said = ngettext("%(num)s slot bukti dibuat.", "%(num)s slot bukti dibuat.", made)
        flash(said, "success")
    else:
        flash(_("Setiap kriteria sudah memiliki slot bukti."))
    return redirect(url_for("events.entry_form", slug=slug))


@blueprint.post("/k/<slug>/kelola/formulir/<field_id>/<any(naik,turun):way>")
def move_field(slug: str, field_id: str, way: str) -> ResponseReturnValue:
    """One place up or down."""
    actor = enter_room(slug)
    row = queries.get_row(FormField, actor.event.id, field_id)
    if row.removed_at is None:
        lists.move_row(actor, row, -1 if way == "naik" else 1, at=clock.now())
    return redirect(url_for("events.entry_form", slug=slug, _anchor=f"b-{field_id}"))


@blueprint.post("/k/<slug>/kelola/formulir/<field_id>/hapus")
def remove_field(slug: str, field_id: str) -> ResponseReturnValue:
    """Hide a field; answers stay."""
    actor = enter_room(slug)
    services.remove_field(actor, queries.get_row(FormField, actor.event.id, field_id), at=clock.now())
    flash(_("Isian dihapus dari formulir. Jawaban yang sudah ditulis tetap tersimpan."), "success")
    return redirect(url_for("events.entry_form", slug=slug))


@blueprint.post("/k/<slug>/kelola/formulir/<field_id>/kembalikan")
def restore_field(slug: str, field_id: str) -> ResponseReturnValue:
    """Put a removed field back."""
    actor = enter_room(slug)
    services.restore_field(actor, queries.get_row(FormField, actor.event.id, field_id), at=clock.now())
    flash(_("Isian dikembalikan di akhir formulir."), "success")
    return redirect(url_for("events.entry_form", slug=slug))

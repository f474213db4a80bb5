"""The archive: entries of past editions searched, changed, removed and brought back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.queries import list_unit_choices
from innovate.core import clock
from innovate.core.errors import Refused
from innovate.editions.forms import EntryForm, ReasonForm
from innovate.editions.models import PastEntry
from innovate.editions.queries import editions as queries
from innovate.editions.queries.editions import EntryFilter
from innovate.editions.routes.mount import blueprint, enter
from innovate.editions.services import entries as services


@blueprint.get("/kelola")
def room() -> ResponseReturnValue:
    """The list of entries."""
    enter()
    args = request.args
    wanted = EntryFilter(
        search=args.get("q", "").strip()[:80],
        edition=args.get("edisi", ""),
        won=args.get("menang") == "1",
        removed=args.get("dihapus") == "1",
    )
    return render_template(
        "editions/room.html",
        page=queries.list_entries(wanted, page=args.get("page", 1, type=int)),
        wanted=wanted,
        rows=queries.list_editions(),
        imports=queries.list_imports(),
        undo=ReasonForm(formdata=None),
    )


@blueprint.post("/kelola/<edition_id>/umum")
def publish(edition_id: str) -> ResponseReturnValue:
    """Show an edition's winners to everybody, or hide them."""
    user, edition = enter(), queries.get_edition(edition_id)
    services.set_public(user, edition, shown=request.form.get("shown") == "1", at=clock.now())
    flash(_("Perubahan tersimpan."), "success")
    return redirect(url_for("editions.room"))


@blueprint.route("/kelola/karya/<entry_id>", methods=["GET", "POST"])
def entry(entry_id: str) -> ResponseReturnValue:
    """One entry."""
    user, found = enter(), queries.get_entry(entry_id)
    form = EntryForm(data=_values(found))
    form.unit.choices = [
        (0, _("Tidak ada")),
        *list_unit_choices(clock.now().date(), keep=found.unit_id),
    ]
    if form.validate_on_submit():
        with form.catch():
            changed = services.change_entry(
                user, found, _changed(form), reason=form.reason.data or "", at=clock.now()
            )
            flash(_("Perubahan tersimpan.") if changed else _("Tidak ada yang berubah."), "success")
            return redirect(url_for("editions.room"))
    page = render_template("editions/entry.html", entry=found, form=form, removal=ReasonForm(formdata=None))
    return page, form.status


def _values(found: PastEntry) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in services.EDITABLE if name != "unit_id"}
    return {**values, "unit": found.unit_id or 0}


def _changed(form: EntryForm) -> dict[str, Any]:
    names = [name for name in services.EDITABLE if name not in {"unit_id", "rank"}]
    return {
        **{name: form[name].data or "" for name in names},
        "unit_id": form.unit.data or None,
        "rank": form.rank.data,
    }


@blueprint.post("/kelola/karya/<entry_id>/hapus")
def remove(entry_id: str) -> ResponseReturnValue:
    """Take an entry off the archive."""
    user, found = enter(), queries.get_entry(entry_id)
    try:
        services.remove_entry(user, found, reason=request.form.get("reason", "")[:500], at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
        return redirect(url_for("editions.entry", entry_id=entry_id))
    flash(
        _("%(title)s dihapus. Anda dapat mengembalikannya dari daftar yang dihapus.", title=found.title),
        "success",
    )
    return redirect(url_for("editions.room"))


@blueprint.post("/kelola/karya/<entry_id>/kembalikan")
def restore(entry_id: str) -> ResponseReturnValue:
    """Bring it back."""
    user, found = enter(), queries.get_entry(entry_id)
    try:
        services.restore_entry(user, found, at=clock.now())
        flash(_("%(title)s dikembalikan.", title=found.title), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("editions.room"))

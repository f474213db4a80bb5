"""The register of incidents: officers alone."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.privacy.domain.cases import hours_left
from innovate.privacy.forms import BreachForm
from innovate.privacy.guard import enter_desk
from innovate.privacy.models import Breach
from innovate.privacy.queries import breaches as queries
from innovate.privacy.routes.mount import blueprint
from innovate.privacy.services import breaches as services
from innovate.privacy.services.writing import as_csv


@blueprint.get("/pelindungan-data/insiden")
def breaches() -> ResponseReturnValue:
    """Every incident with its term."""
    enter_desk()
    now = clock.now()
    rows = queries.list_breaches()
    left = {row.id: hours_left(row.due_at, now) for row in rows}
    return render_template("privacy/breaches.html", rows=rows, left=left)


@blueprint.get("/pelindungan-data/insiden.csv")
def breaches_csv() -> ResponseReturnValue:
    """The register as a file."""
    enter_desk()
    rows = [
        {
            _("Judul"): row.title,
            _("Diketahui pada"): row.noticed_at.isoformat(),
            _("Batas pemberitahuan"): row.due_at.isoformat(),
            _("Apa yang terjadi"): row.what,
            _("Data yang terdampak"): row.data,
            _("Perkiraan jumlah orang"): row.people,
            _("Sebab"): row.cause,
            _("Penanganan dan pemulihan"): row.measures,
            _("Lembaga diberi tahu pada"): row.authority_told_at and row.authority_told_at.isoformat(),
            _("Pemilik data diberi tahu pada"): row.people_told_at and row.people_told_at.isoformat(),
            _("Ditutup"): row.closed_at and row.closed_at.isoformat(),
        }
        for row in queries.list_breaches()
    ]
    headers = {
        "Content-Disposition": 'attachment; filename="daftar-insiden.csv"',
        "Cache-Control": "private, no-store",
    }
    content = as_csv(rows) if rows else b"\xef\xbb\xbf"
    return Response(content, content_type="text/csv; charset=utf-8", headers=headers)


@blueprint.route("/pelindungan-data/insiden/baru", methods=["GET", "POST"])
def breach_new() -> ResponseReturnValue:
    """Record one."""
    return _edit(None)


@blueprint.route("/pelindungan-data/insiden/<breach_id>", methods=["GET", "POST"])
def breach(breach_id: str) -> ResponseReturnValue:
    """What is known of one, and the letters about it."""
    enter_desk()
    return _edit(queries.get_breach(breach_id))


@blueprint.post("/pelindungan-data/insiden/<breach_id>/tutup")
def breach_close(breach_id: str) -> ResponseReturnValue:
    """Close one."""
    officer = enter_desk()
    try:
        services.close_breach(officer, breach_id, at=clock.now())
        flash(_("Insiden ditutup."), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("privacy.breach", breach_id=breach_id))


def _edit(row: Breach | None) -> ResponseReturnValue:
    officer = enter_desk()
    data = {name: getattr(row, name) for name in services.FIELDS} if row else {"noticed_at": clock.now()}
    form = BreachForm(data=data)
    if form.validate_on_submit():
        with form.catch():
            values = {name: form[name].data for name in services.FIELDS}
            values |= {name: values[name] or "" for name in ("cause", "measures")}
            saved = services.save_breach(officer, row.public_id if row else None, values, at=clock.now())
            flash(_("Insiden dicatat."), "success")
            return redirect(url_for("privacy.breach", breach_id=saved.public_id))
    left = hours_left(row.due_at, clock.now()) if row else 0
    return render_template("privacy/breach.html", row=row, form=form, left=left), form.status

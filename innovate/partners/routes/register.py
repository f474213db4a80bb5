"""Registering an organisation, and deciding on it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.guard import signed_in_user
from innovate.partners import policy
from innovate.partners.domain.kinds import OrganisationKind
from innovate.partners.forms import ReasonForm, RegisterForm
from innovate.partners.queries import organisations as queries
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import organisations as services


@blueprint.route("/mitra/baru", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Register an organisation."""
    user = signed_in_user()
    if user is None:
        raise NotFound
    form = RegisterForm()
    if form.validate_on_submit():
        with form.catch():
            made = services.register_organisation(
                user,
                name=form.name.data,
                kind=OrganisationKind(form.kind.data),
                description=form.description.data or "",
                website=form.website.data or "",
                at=clock.now(),
            )
            if policy.can_decide(user):
                services.decide_organisation(user, made, accept=True, at=clock.now())
                flash(_("Organisasi terdaftar dan tampil di halaman Mitra."), "success")
            else:
                flash(_("Organisasi terdaftar. Anda diberi tahu begitu disetujui."), "success")
            return redirect(url_for("partners.manage", partner=made.slug))
    return render_template("partners/register.html", form=form), form.status


@blueprint.get("/mitra/tinjau")
def review() -> ResponseReturnValue:
    """What waits for an answer."""
    require(policy.can_decide(signed_in_user()), NotFound())
    witness("partners")
    return _review()


@blueprint.post("/mitra/tinjau/<partner>")
def decide(partner: str) -> ResponseReturnValue:
    """Accept or decline."""
    user = signed_in_user()
    if user is None or not policy.can_decide(user):
        raise NotFound
    organisation = queries.get_organisation(partner)
    form = ReasonForm(prefix=f"{partner}-")
    accept = request.form.get("answer") == "terima"
    if form.validate_on_submit():
        with form.catch():
            services.decide_organisation(
                user, organisation, accept=accept, reason=form.reason.data or "", at=clock.now()
            )
            flash(
                _("%(name)s disetujui.", name=organisation.name) if accept else _("Jawaban terkirim."),
                "success",
            )
            return redirect(url_for("partners.review"))
    return _review({partner: form}), form.status


def _review(forms: dict[str, ReasonForm] | None = None) -> str:
    rows = queries.list_waiting()
    fresh = {row.slug: ReasonForm(formdata=None, prefix=f"{row.slug}-") for row in rows}
    return render_template("partners/review.html", rows=rows, forms=fresh | (forms or {}))

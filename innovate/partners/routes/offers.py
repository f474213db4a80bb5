"""What an organisation offers, and which teams it takes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.partners.forms import OfferForm, ReasonForm
from innovate.partners.guard import Guest, enter_desk
from innovate.partners.models.offers import Offer
from innovate.partners.queries import offers as queries
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import offers as services


@blueprint.route("/mitra/<partner>/kelola/tawaran/baru", methods=["GET", "POST"])
def add_offer(partner: str) -> ResponseReturnValue:
    """Offer something to teams."""
    guest = enter_desk(partner)
    form = OfferForm()
    if form.validate_on_submit():
        with form.catch():
            services.add_offer(guest.person, guest.organisation, form.values(), at=clock.now())
            flash(_("Tawaran tampil di halaman organisasi."), "success")
            return redirect(url_for("partners.manage", partner=partner))
    page = render_template("partners/add_offer.html", organisation=guest.organisation, form=form)
    return page, form.status


@blueprint.route("/mitra/<partner>/kelola/tawaran/<offer_id>", methods=["GET", "POST"])
def edit_offer(partner: str, offer_id: str) -> ResponseReturnValue:
    """One offer and who asked for it."""
    guest = enter_desk(partner)
    found = queries.get_offer(guest.organisation.id, offer_id)
    form = OfferForm(obj=found)
    if form.validate_on_submit():
        with form.catch():
            services.edit_offer(guest.person, guest.organisation, found, form.values(), at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("partners.edit_offer", partner=partner, offer_id=offer_id))
    return _page(guest, found, form), form.status


@blueprint.post("/mitra/<partner>/kelola/tawaran/<offer_id>/tutup")
def close_offer(partner: str, offer_id: str) -> ResponseReturnValue:
    """No further team can ask."""
    guest = enter_desk(partner)
    found = queries.get_offer(guest.organisation.id, offer_id)
    services.close_offer(guest.person, guest.organisation, found, at=clock.now())
    flash(_("Tawaran ditutup. Minat yang sudah masuk tetap dapat dijawab."), "success")
    return redirect(url_for("partners.edit_offer", partner=partner, offer_id=offer_id))


@blueprint.post("/mitra/<partner>/kelola/tawaran/<offer_id>/minat/<use_id>")
def answer_offer(partner: str, offer_id: str, use_id: str) -> ResponseReturnValue:
    """Give a team a place, or decline."""
    guest = enter_desk(partner)
    found = queries.get_offer(guest.organisation.id, offer_id)
    use = queries.get_use(found.id, use_id)
    form = ReasonForm(prefix=f"{use_id}-")
    if form.validate_on_submit():
        with form.catch():
            services.answer_offer(
                guest.person,
                guest.organisation,
                use,
                accept=request.form.get("answer") == "terima",
                reason=form.reason.data or "",
                at=clock.now(),
            )
            flash(_("Jawaban terkirim kepada tim."), "success")
            return redirect(url_for("partners.edit_offer", partner=partner, offer_id=offer_id))
    return _page(guest, found, OfferForm(formdata=None, obj=found), {use_id: form}), form.status


def _page(guest: Guest, found: Offer, form: OfferForm, forms: dict[str, ReasonForm] | None = None) -> str:
    witness("partner_members")
    uses = queries.list_uses(found.id)
    fresh = {use.public_id: ReasonForm(formdata=None, prefix=f"{use.public_id}-") for use in uses}
    return render_template(
        "partners/edit_offer.html",
        organisation=guest.organisation,
        offer=found,
        form=form,
        uses=uses,
        forms=fresh | (forms or {}),
        is_open=queries.is_open(found, clock.now()),
    )

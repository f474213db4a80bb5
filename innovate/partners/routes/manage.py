"""The managers' room of an organisation."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import NotFound, Refused, require
from innovate.core.web.unit_of_work import defers_write
from innovate.partners import policy
from innovate.partners.domain.kinds import Stage
from innovate.partners.forms import AddressForm, DomainsForm, LogoForm, ProfileForm
from innovate.partners.guard import Guest, enter_desk
from innovate.partners.queries import dealings, offers, organisations
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import organisations as services


@blueprint.route("/mitra/<partner>/kelola", methods=["GET", "POST"])
def manage(partner: str) -> ResponseReturnValue:
    """Profile, members, and what the organisation does."""
    guest = enter_desk(partner)
    form = ProfileForm(obj=guest.organisation)
    if form.validate_on_submit():
        with form.catch():
            values = {
                "name": form.name.data,
                "description": form.description.data,
                "website": form.website.data or "",
            }
            services.edit_organisation(guest.person, guest.organisation, values, at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("partners.manage", partner=partner))
    return manage_page(guest, profile=form), form.status


def manage_page(guest: Guest, **forms: Any) -> str:
    """The room; a form that was sent is shown again with its errors."""
    organisation = guest.organisation
    witness("partner_members")
    domains = DomainsForm(formdata=None, data={"domains": "\n".join(organisation.domains)})
    return render_template(
        "partners/manage.html",
        guest=guest,
        organisation=organisation,
        is_public=policy.is_public(organisation),
        members=organisations.list_members(organisation.id),
        challenges=dealings.list_own_challenges(organisation.id),
        proposals=dealings.list_proposals(*Stage, organisation_id=organisation.id),
        offers=offers.list_offers(organisation.id),
        taken=offers.map_taken(organisation.id),
        events=dealings.list_open_events(),
        now=clock.now(),
        sets_domains=policy.can_set_domains(guest.user),
        profile=forms.get("profile") or ProfileForm(formdata=None, obj=organisation),
        address=forms.get("address") or AddressForm(formdata=None),
        logo_form=forms.get("logo") or LogoForm(formdata=None),
        domains=forms.get("domains") or domains,
    )


@blueprint.post("/mitra/<partner>/kelola/lambang")
@defers_write
def set_logo(partner: str) -> ResponseReturnValue:
    """Take a picture."""
    guest = enter_desk(partner)
    form = LogoForm()
    drawn: list[bytes] = []
    if form.validate_on_submit():
        with form.catch():
            sent = request.files.get("file")
            if sent is None or not sent.filename:
                raise Refused(_("Pilih gambar PNG atau JPEG."), field="file")
            drawn.append(services.redraw_logo(sent.stream.read(services.MOST_BYTES + 1)))
    if drawn:
        begin_write()
        guest = enter_desk(partner)
        services.save_logo(guest.person, guest.organisation, drawn[0], at=clock.now())
        flash(_("Lambang disimpan."), "success")
        return redirect(url_for("partners.manage", partner=partner))
    return manage_page(guest, logo=form), form.status


@blueprint.post("/mitra/<partner>/kelola/domain")
def set_domains(partner: str) -> ResponseReturnValue:
    """Whose addresses verify at once: the admin says it."""
    guest = enter_desk(partner)
    require(policy.can_set_domains(guest.user), NotFound())
    form = DomainsForm()
    if form.validate_on_submit():
        with form.catch():
            services.set_domains(guest.person, guest.organisation, form.domains.data or "", at=clock.now())
            flash(_("Domain tersimpan."), "success")
            return redirect(url_for("partners.manage", partner=partner))
    return manage_page(guest, domains=form), form.status

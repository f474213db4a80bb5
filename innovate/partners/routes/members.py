"""Coming into an organisation, and what its managers decide about members."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused
from innovate.events.guard import signed_in_user
from innovate.partners.domain.kinds import Stage
from innovate.partners.forms import AddressForm, AskForm
from innovate.partners.guard import enter_desk, enter_partner
from innovate.partners.queries import organisations as queries
from innovate.partners.routes.manage import manage_page
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import members, organisations


@blueprint.route("/mitra/<partner>/gabung", methods=["GET", "POST"])
def join(partner: str) -> ResponseReturnValue:
    """Ask to be a member."""
    guest = enter_partner(partner)
    form = AskForm()
    if form.validate_on_submit():
        with form.catch():
            row = members.ask_to_belong(
                guest.person, guest.organisation, text=form.note.data or "", at=clock.now()
            )
            if row.state is Stage.ACCEPTED:
                flash(_("Anda kini anggota terverifikasi %(name)s.", name=guest.organisation.name), "success")
            else:
                flash(_("Permintaan terkirim. Pengelola organisasi menjawabnya."), "success")
            return redirect(url_for("partners.show", partner=partner))
    page = render_template(
        "partners/join.html",
        guest=guest,
        organisation=guest.organisation,
        form=form,
        at_once=members.verifies_at_once(guest.person, guest.organisation),
    )
    return page, form.status


@blueprint.route("/mitra/undangan/<nonce>", methods=["GET", "POST"])
def invitation(nonce: str) -> ResponseReturnValue:
    """The organisation's invitation link."""
    user, organisation = signed_in_user(), queries.get_by_link(nonce)
    if user is None:
        raise NotFound
    if request.method == "POST":
        try:
            members.join_by_link(user, nonce, at=clock.now())
        except Refused as refused:
            flash(str(refused.message), "error")
        else:
            flash(_("Anda kini anggota terverifikasi %(name)s.", name=organisation.name), "success")
        return redirect(url_for("partners.show", partner=organisation.slug))
    return render_template("partners/invitation.html", organisation=organisation, nonce=nonce)


@blueprint.post("/mitra/<partner>/keluar")
def leave(partner: str) -> ResponseReturnValue:
    """No longer belong."""
    guest = enter_partner(partner)
    try:
        members.leave(guest.person, guest.organisation, at=clock.now())
    except Refused as refused:
        flash(str(refused.message), "error")
    else:
        flash(_("Anda bukan lagi anggota %(name)s.", name=guest.organisation.name), "success")
    return redirect(url_for("partners.index"))


@blueprint.post(
    "/mitra/<partner>/kelola/anggota/<member_id>/<any(terima,tolak,pengelola,biasa,keluarkan):step>"
)
def change_member(partner: str, member_id: str, step: str) -> ResponseReturnValue:
    """Answer a request, make a manager, end a membership."""
    guest = enter_desk(partner)
    user, organisation, at = guest.person, guest.organisation, clock.now()
    try:
        if step in {"terima", "tolak"}:
            members.answer_member(user, organisation, member_id, accept=step == "terima", at=at)
        elif step == "keluarkan":
            members.remove_member(user, organisation, member_id, at=at)
        else:
            members.set_manager(user, organisation, member_id, manages=step == "pengelola", at=at)
    except Refused as refused:
        flash(str(refused.message), "error")
    else:
        flash(_("Perubahan tersimpan."), "success")
    return redirect(url_for("partners.manage", partner=partner))


@blueprint.post("/mitra/<partner>/kelola/undangan")
def invite(partner: str) -> ResponseReturnValue:
    """Send the link to one address."""
    guest = enter_desk(partner)
    form = AddressForm()
    if form.validate_on_submit():
        with form.catch():
            organisations.invite_by_mail(
                guest.person, guest.organisation, email=form.email.data, at=clock.now()
            )
            flash(_("Undangan dikirim ke %(email)s.", email=form.email.data), "success")
            return redirect(url_for("partners.manage", partner=partner))
    return manage_page(guest, address=form), form.status


@blueprint.post("/mitra/<partner>/kelola/tautan")
def rotate_link(partner: str) -> ResponseReturnValue:
    """Replace the invitation link."""
    guest = enter_desk(partner)
    try:
        organisations.rotate_link(guest.person, guest.organisation, at=clock.now())
    except Refused as refused:
        flash(str(refused.message), "error")
    else:
        flash(_("Tautan lama tidak berlaku lagi. Bagikan tautan yang baru."), "success")
    return redirect(url_for("partners.manage", partner=partner))

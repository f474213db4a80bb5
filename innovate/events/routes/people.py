"""Who is who: the organizer's room of people, and the page on which an invited person accepts."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.core.web.access import public
from innovate.events import policy, queries
from innovate.events.domain.kinds import EventState, Role
from innovate.events.forms.people import DUTIES, ROLES, InvitationForm, PublicTitleForm
from innovate.events.guard import enter_room, signed_in_user
from innovate.events.models import EventRole, RoleInvitation
from innovate.events.policy import Actor
from innovate.events.routes.mount import blueprint
from innovate.events.services import answers
from innovate.events.services import people as services


@blueprint.route("/k/<slug>/kelola/orang", methods=["GET", "POST"])
def people(slug: str) -> ResponseReturnValue:
    """Roles and open invitations, and a form for one more."""
    actor = enter_room(slug)
    witness("roles", event_id=actor.event.id)
    form = InvitationForm()
    if form.validate_on_submit():
        with form.catch():
            invitation = services.invite(
                actor,
                Role(form.role.data),
                email=form.email.data or "",
                name=form.name.data or "",
                message_url=_path,
                at=clock.now(),
            )
            if invitation.email:
                flash(
                    _("Undangan dikirim ke %(email)s. Tautannya ada di bawah.", email=invitation.email),
                    "success",
                )
            else:
                flash(_("Undangan dibuat. Kirim tautannya sendiri."), "success")
            return redirect(url_for("events.people", slug=slug, _anchor="undangan"))
    held = queries.list_people(actor.event.id)
    offers = queries.list_invitations(actor.event.id) if policy.can_manage(actor) else []
    page = render_template(
        "events/rooms/people.html",
        actor=actor,
        event=actor.event,
        form=form,
        groups=[(role, [row for row in held if row.role is role]) for role in Role],
        invitations=[row for row in offers if row.declined_at is None],
        declined=[row for row in offers if row.declined_at is not None],
        roles=ROLES,
        duties=DUTIES,
    )
    return page, form.status


@blueprint.post("/k/<slug>/kelola/orang/undangan/<nonce>/<any(kirim,putar,cabut,lagi):act>")
def change_invitation(slug: str, nonce: str, act: str) -> ResponseReturnValue:
    """Send again, make a new link, take back, or ask once more who declined."""
    actor = enter_room(slug)
    invitation = _invitation(nonce)
    require(invitation.event_id == actor.event.id, NotFound())
    at = clock.now()
    if act == "kirim":
        services.resend_invitation(actor, invitation, message_url=_path, at=at)
        flash(_("Undangan dikirim ulang ke %(email)s.", email=invitation.email), "success")
    elif act == "putar":
        services.rotate_invitation(actor, invitation, at=at)
        flash(_("Tautan baru dibuat. Tautan lama tidak berlaku lagi."), "success")
    elif act == "lagi":
        return _invite_again(actor, invitation)
    else:
        services.revoke_invitation(actor, invitation, at=at)
        flash(_("Undangan dicabut."), "success")
    return redirect(url_for("events.people", slug=slug, _anchor="undangan"))


def _invite_again(actor: Actor, invitation: RoleInvitation) -> ResponseReturnValue:
    try:
        answers.invite_again(actor, invitation, message_url=_path, at=clock.now())
    except Refused as error:
        flash(str(error.message), "error")
    else:
        flash(
            _("Undangan dikirim lagi ke %(email)s.", email=invitation.email)
            if invitation.email
            else _("Undangan dibuka lagi dengan tautan baru. Kirim tautannya sendiri."),
            "success",
        )
    return redirect(url_for("events.people", slug=actor.event.slug, _anchor="undangan"))


@blueprint.post("/k/<slug>/kelola/orang/<role_id>/lepas")
def remove_role(slug: str, role_id: str) -> ResponseReturnValue:
    """End a role; nothing the person did is lost."""
    actor = enter_room(slug)
    row = queries.get_row(EventRole, actor.event.id, role_id)
    try:
        services.remove_role(actor, row, at=clock.now())
        flash(_("Peran dilepas. Semua yang sudah dikerjakan tetap tersimpan."), "success")
    except Refused as error:
        flash(str(error.message), "error")
    if (
        row.user_id == actor.user_id
        and row.role is Role.ORGANIZER
        and row.revoked_at
        and not actor.is_site_admin
    ):
        return redirect(url_for("home.dashboard"))
    return redirect(url_for("events.people", slug=slug))


@blueprint.route("/k/<slug>/kelola/orang/<role_id>", methods=["GET", "POST"])
def public_title(slug: str, role_id: str) -> ResponseReturnValue:
    """How a juror is introduced on the public page."""
    actor = enter_room(slug)
    row = queries.get_role(actor.event.id, role_id)
    require(row.role in {Role.CHAIR, Role.JUROR}, NotFound())
    form = PublicTitleForm(data={"title": row.public_title})
    if form.validate_on_submit():
        with form.catch():
            services.set_public_title(actor, row, form.title.data or "", at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("events.people", slug=slug))
    return render_template(
        "events/rooms/public_title.html", actor=actor, event=actor.event, form=form, row=row
    ), form.status


@blueprint.get("/undangan/peran/<nonce>")
@public
def invitation(nonce: str) -> ResponseReturnValue:
    """What is offered, by whom; with or without an account."""
    found = _invitation(nonce)
    now = clock.now()
    living = (
        found.revoked_at is None and found.expires_at > now and found.event.state is not EventState.ARCHIVED
    )
    return render_template(
        "events/invitation.html",
        invitation=found,
        event=found.event,
        living=living,
        user=signed_in_user(),
        role=ROLES[found.role],
        duty=DUTIES[found.role],
    )


@blueprint.post("/undangan/peran/<nonce>/terima")
def accept_invitation(nonce: str) -> ResponseReturnValue:
    """Take the role."""
    found, user = _invitation(nonce), signed_in_user()
    require(user is not None, NotFound())
    try:
        services.accept_invitation(user, found, at=clock.now())  # type: ignore[arg-type]
    except Refused as error:
        flash(str(error.message), "error")
        return redirect(url_for("events.invitation", nonce=nonce))
    flash(
        _("Anda sekarang %(role)s di %(event)s.", role=ROLES[found.role], event=found.event.name), "success"
    )
    return redirect(url_for("home.dashboard"))


@blueprint.post("/undangan/peran/<nonce>/tolak")
@public
def decline_invitation(nonce: str) -> ResponseReturnValue:
    """Say no: on the page of the link, with or without an account, and from home."""
    found = _invitation(nonce)
    try:
        answers.decline_invitation(signed_in_user(), found, at=clock.now())
    except Refused as error:
        flash(str(error.message), "error")
    else:
        flash(_("Undangan ditolak. Panitia sudah diberi tahu."), "success")
    if request.form.get("dari") == "beranda" and signed_in_user():
        return redirect(url_for("home.dashboard"))
    return redirect(url_for("events.invitation", nonce=nonce))


def _invitation(nonce: str) -> RoleInvitation:
    found = queries.find_invitation(nonce)
    if found is None:
        raise NotFound
    return found


def _path(nonce: str) -> str:
    return url_for("events.invitation", nonce=nonce)

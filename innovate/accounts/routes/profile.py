"""Profile, password, address, appearance, devices."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, logout_user

from innovate.accounts import queries
from innovate.accounts.domain import nip as nips
from innovate.accounts.domain import phone
from innovate.accounts.domain.nip import Nip
from innovate.accounts.forms import (
    NIP_WARNINGS,
    AppearanceForm,
    ChangeEmailForm,
    ChangePasswordForm,
    ProfileForm,
)
from innovate.accounts.models import Employment, User
from innovate.accounts.routes.blueprint import blueprint, check_password, place_for, signer
from innovate.accounts.services import credentials, sessions
from innovate.accounts.services import profile as services
from innovate.accounts.services.tokens import CHANGE_EMAIL
from innovate.core import clock, passwords
from innovate.core.db import begin_write
from innovate.core.errors import Refused, TooMany
from innovate.core.web.unit_of_work import defers_write

_PPPK = {Employment.PPPK, Employment.PPPK_PART_TIME}


@blueprint.route("/akun", methods=["GET", "POST"])
def profile() -> ResponseReturnValue:
    """Who I am."""
    user = current_user
    form = ProfileForm(
        data={
            **{name: getattr(user, name) for name in services.FIELDS},
            "unit_id": user.unit_id or 0,
            "phone": phone.show(user.phone),
            "nip": _shown(user.nip),
        }
    )
    units = queries.list_unit_choices(clock.now().date(), keep=user.unit_id)
    form.unit_id.choices = [(0, _("Tidak ada")), *units]
    if form.validate_on_submit():
        with form.catch():
            services.update_profile(user, form.values(), at=clock.now())
            flash(_("Profil tersimpan."), "success")
            return redirect(url_for("accounts.profile"))
    page = render_template("accounts/profile.html", form=form, warnings=_nip_warnings(user))
    return page, form.status


def _shown(nip: str | None) -> str:
    parsed = nips.parse(nip or "")
    return parsed.shown if isinstance(parsed, Nip) else ""


def _nip_warnings(user: User) -> list[object]:
    nip = nips.parse(user.nip or "")
    if not isinstance(nip, Nip):
        return []
    is_pppk = user.employment in _PPPK if user.employment.is_asn else None
    return [NIP_WARNINGS[w] for w in nips.list_warnings(nip, is_pppk=is_pppk, today=clock.now().date())]


@blueprint.route("/akun/tampilan", methods=["GET", "POST"])
def appearance() -> ResponseReturnValue:
    """Language and theme."""
    form = AppearanceForm(data={"locale": current_user.locale or "id", "theme": current_user.theme or "auto"})
    if form.validate_on_submit():
        services.choose_locale(current_user, form.locale.data)
        services.choose_theme(current_user, form.theme.data)
        return redirect(url_for("accounts.appearance"))
    return render_template("accounts/appearance.html", form=form), form.status


@blueprint.route("/akun/sandi", methods=["GET", "POST"])
@defers_write
def change_password() -> ResponseReturnValue:
    """Change the password; other devices are signed out."""
    form = ChangePasswordForm(current_user)
    if form.validate_on_submit() and _knows_password(form):
        password_hash = passwords.hash_password(form.password.data)
        begin_write()
        credentials.change_password(
            current_user, password_hash, keep=current_user.session_token, at=clock.now()
        )
        flash(_("Kata sandi diganti. Perangkat lain telah dikeluarkan."), "success")
        return redirect(url_for("accounts.change_password"))
    return render_template("accounts/change_password.html", form=form), form.status


@blueprint.route("/akun/surel", methods=["GET", "POST"])
@defers_write
def change_email() -> ResponseReturnValue:
    """Ask to move the account to another address."""
    form = ChangeEmailForm()
    if form.validate_on_submit() and _knows_password(form):
        begin_write()
        with form.catch():
            credentials.request_email_change(
                current_user,
                form.email.data,
                place_for(current_user.email),
                signer=signer(),
                link=lambda token: url_for("accounts.confirm_change", token=token),
                at=clock.now(),
            )
            flash(
                _("Kami mengirim tautan ke alamat baru. Sebelum dibuka, alamat lama tetap berlaku."),
                "success",
            )
            return redirect(url_for("accounts.change_email"))
    return render_template("accounts/change_email.html", form=form), form.status


def _knows_password(form: ChangePasswordForm | ChangeEmailForm) -> bool:
    try:
        if check_password(current_user, current_user.email, form.current.data):
            return True
        form.refuse(Refused(_l("Kata sandi tidak cocok."), field="current"))
    except TooMany as error:
        form.refuse(error)
    return False


@blueprint.route("/akun/surel/<token>", methods=["GET", "POST"])
def confirm_change(token: str) -> ResponseReturnValue:
    """Confirm the new address, signed in."""
    claim = signer().read(CHANGE_EMAIL, token, at=clock.now())
    if claim is None or not claim.fits(current_user):
        return render_template("accounts/link_used.html", next=url_for("accounts.change_email")), 410
    if request.method == "POST":
        credentials.change_email(current_user, claim, at=clock.now())
        flash(_("Alamat surel diganti."), "success")
        return redirect(url_for("accounts.profile"))
    return render_template("accounts/confirm_change.html", email=claim.email)


@blueprint.get("/akun/perangkat")
def devices() -> ResponseReturnValue:
    """Where I am signed in."""
    here = sessions.hash_token(current_user.session_token)
    rows = queries.list_sessions(current_user, clock.now())
    return render_template("accounts/devices.html", sessions=rows, here=here)


@blueprint.post("/akun/perangkat/<public_id>/keluar")
def end_device(public_id: str) -> ResponseReturnValue:
    """Sign out one device."""
    sessions.end_session_elsewhere(current_user, public_id, at=clock.now())
    flash(_("Perangkat itu telah dikeluarkan."), "success")
    return redirect(url_for("accounts.devices"))


@blueprint.post("/akun/perangkat/keluar-semua")
def end_all_devices() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    sessions.end_all_sessions(current_user, actor_id=current_user.id, at=clock.now())
    logout_user()
    flash(_("Anda telah keluar dari semua perangkat."), "success")
    return redirect(url_for("accounts.sign_in"))

"""Sign in and out, forgotten passwords."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, logout_user

from innovate.accounts import queries
from innovate.accounts.forms import EmailForm, ResetForm, SignInForm
from innovate.accounts.models import User
from innovate.accounts.routes.blueprint import (
    blueprint,
    check_password,
    landing,
    next_path,
    open_session,
    place_for,
    signer,
)
from innovate.accounts.services import credentials, sessions, signup
from innovate.accounts.services.tokens import RESET
from innovate.core import clock, passwords
from innovate.core.db import begin_write
from innovate.core.errors import Refused, TooMany
from innovate.core.web.access import public
from innovate.core.web.unit_of_work import defers_write


@blueprint.route("/masuk", methods=["GET", "POST"])
@public
@defers_write
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    if current_user.is_authenticated:
        return redirect(landing())
    form = SignInForm()
    if form.validate_on_submit():
        user = queries.find_user_by_email(form.email.data)
        try:
            if check_password(user, form.email.data, form.password.data) and user:
                return _enter(user, form)
            form.refuse(Refused(_l("Surel atau kata sandi tidak cocok.")))
        except TooMany as error:
            form.refuse(error)
    return render_template("accounts/sign_in.html", form=form, next=next_path()), form.status


def _enter(user: User, form: SignInForm) -> ResponseReturnValue:
    """The password was right; the account may still not be open."""
    if not user.is_active:
        form.refuse(Refused(_l("Akun ini dinonaktifkan. Hubungi penyelenggara.")))
        return render_template("accounts/sign_in.html", form=form, next=next_path()), form.status
    outdated = passwords.needs_rehash(user.password_hash or "")
    new_hash = passwords.hash_password(form.password.data) if outdated else None
    begin_write()
    if user.email_verified_at is None:
        signup.send_confirmation(
            user, place_for(user.email), signer=signer(), link=confirm_link, at=clock.now()
        )
        return redirect(url_for("accounts.check_mail", next=next_path() or None))
    if new_hash:
        credentials.rehash_password(user, new_hash)
    open_session(user, remember=form.remember.data)
    return redirect(landing())


def confirm_link(token: str) -> str:
    """The page that confirms an address, with where the person wanted to go."""
    return url_for("accounts.confirm", token=token, next=next_path() or None)


@blueprint.post("/keluar")
def sign_out() -> ResponseReturnValue:
    """Sign out of this device."""
    sessions.end_session(current_user, current_user.session_token, at=clock.now())
    logout_user()
    session.clear()
    return redirect(url_for("home.index"))


@blueprint.route("/sandi/lupa", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """Ask for a link to set a new password."""
    form = EmailForm()
    if form.validate_on_submit():
        with form.catch():
            credentials.request_reset(
                form.email.data,
                place_for(form.email.data),
                signer=signer(),
                link=lambda token: url_for("accounts.reset", token=token, next=next_path() or None),
                at=clock.now(),
            )
            return redirect(url_for("accounts.check_mail", next=next_path() or None))
    return render_template("accounts/forgot.html", form=form, next=next_path()), form.status


@blueprint.get("/periksa-surel")
@public
def check_mail() -> ResponseReturnValue:
    """What happens next is in the mailbox; the same page whether or not the address has an account."""
    shows_mail = not current_app.config["MAIL_URL"] and current_app.config["ENV_NAME"] != "production"
    return render_template("accounts/check_mail.html", next=next_path(), shows_mail=shows_mail)


@blueprint.route("/sandi/baru/<token>", methods=["GET", "POST"])
@public
@defers_write
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by link."""
    claim = signer().read(RESET, token, at=clock.now())
    user = credentials.find_resettable(claim)
    if user is None:
        return render_template("accounts/link_used.html", next=next_path()), 410
    form = ResetForm(user)
    if form.validate_on_submit():
        password_hash = passwords.hash_password(form.password.data)
        begin_write()
        with form.catch():
            user = credentials.reset_password(claim, password_hash, place_for(user.email), at=clock.now())
            if current_user.is_authenticated:
                logout_user()
            open_session(user)
            flash(_("Kata sandi baru tersimpan. Perangkat lain telah dikeluarkan."), "success")
            return redirect(landing())
    return render_template("accounts/reset.html", form=form, user=user, next=next_path()), form.status

"""Sign up and confirm the address."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, logout_user

from innovate.accounts import queries
from innovate.accounts.forms import ConfirmForm, SignUpForm
from innovate.accounts.models import Employment, User
from innovate.accounts.routes.blueprint import (
    blueprint,
    check_password,
    landing,
    next_path,
    open_session,
    place_for,
    signer,
)
from innovate.accounts.routes.sign_in import confirm_link
from innovate.accounts.services import signup
from innovate.accounts.services.signup import Links, NewPerson
from innovate.accounts.services.tokens import CONFIRM, Claim
from innovate.core import clock, passwords
from innovate.core.db import begin_write
from innovate.core.errors import Refused, TooMany
from innovate.core.web.access import public
from innovate.core.web.unit_of_work import defers_write

_MARK = "signed_up"


@blueprint.route("/daftar", methods=["GET", "POST"])
@public
@defers_write
def sign_up() -> ResponseReturnValue:
    """Open an account. The answer never tells whether the address had one."""
    if current_user.is_authenticated:
        return redirect(landing())
    form = SignUpForm()
    form.unit_id.choices = [(0, _("Pilih unit kerja")), *queries.list_unit_choices(clock.now().date())]
    if form.validate_on_submit():
        person = _person(form)
        begin_write()
        with form.catch():
            session[_MARK] = signup.sign_up(
                person, place_for(person.email), signer=signer(), links=_links(), at=clock.now()
            )
            return redirect(url_for("accounts.check_mail", next=next_path() or None))
    return render_template("accounts/sign_up.html", form=form, next=next_path()), form.status


def _person(form: SignUpForm) -> NewPerson:
    employment = Employment(form.employment.data)
    return NewPerson(
        email=form.email.data,
        name=" ".join(form.name.data.split()),
        employment=employment,
        password_hash=passwords.hash_password(form.password.data),
        unit_id=form.unit_id.data or None,
        organization=form.organization.data or "",
        locale=str(get_locale() or "id"),
    )


def _links() -> Links:
    target = next_path() or None
    return Links(
        confirm=confirm_link,
        sign_in=url_for("accounts.sign_in", next=target),
        reset=url_for("accounts.forgot", next=target),
    )


@blueprint.route("/daftar/konfirmasi/<token>", methods=["GET", "POST"])
@public
@defers_write
def confirm(token: str) -> ResponseReturnValue:
    """Confirm the address. Opening the link changes nothing (mail scanners open links too); the button does.

    In another browser than the one that signed up, the password is asked for: else somebody could sign up with a
    stranger's address and wait for the stranger to open the account for them.
    """
    claim = signer().read(CONFIRM, token, at=clock.now())
    user = signup.find_unconfirmed(claim)
    if user is None or claim is None:
        return render_template("accounts/link_used.html", next=next_path()), 410
    form, here = ConfirmForm(), session.get(_MARK) == claim.stamp
    if form.validate_on_submit():
        try:
            if here or check_password(user, user.email, form.password.data or ""):
                return _confirm(claim)
            form.refuse(Refused(_l("Kata sandi tidak cocok."), field="password"))
        except TooMany as error:
            form.refuse(error)
    page = render_template("accounts/confirm.html", form=form, user=user, here=here, next=next_path())
    return page, form.status


def _confirm(claim: Claim) -> ResponseReturnValue:
    begin_write()
    user: User = signup.confirm_email(claim, at=clock.now())
    session.pop(_MARK, None)
    if current_user.is_authenticated:
        logout_user()
    open_session(user)
    flash(_("Surel Anda terkonfirmasi. Selamat datang di Innovate."), "success")
    return redirect(landing())

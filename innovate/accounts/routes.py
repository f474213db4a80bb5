"""Pages about one's own account."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user

from innovate.accounts import queries
from innovate.accounts.forms import SignInForm
from innovate.accounts.models import User
from innovate.accounts.services import sessions
from innovate.core import clock, passwords
from innovate.core.db import begin_write
from innovate.core.web.access import public, safe_path
from innovate.core.web.plumbing import Plumbing
from innovate.core.web.unit_of_work import defers_write

blueprint = Blueprint("accounts", __name__)


def init_app(plumbing: Plumbing) -> None:
    """Teach Flask-Login to know a person by a living session row."""

    @plumbing.login.user_loader
    def load_user(token: str) -> User | None:
        return queries.find_user_by_session(token, clock.now())


@blueprint.route("/masuk", methods=["GET", "POST"])
@public
@defers_write
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form = SignInForm()
    if form.validate_on_submit():
        user = queries.find_user_by_email(form.email.data)
        if passwords.verify_password(user.password_hash if user else None, form.password.data) and user:
            begin_write()
            _open_session(user)
            return redirect(safe_path(request.values.get("next"), url_for("home.dashboard")))
        form.form_errors.append(_l("Surel atau kata sandi tidak cocok."))
    return render_template("accounts/sign_in.html", form=form), form.status


def _open_session(user: User) -> None:
    user.session_token = sessions.begin_session(  # type: ignore[attr-defined]
        user,
        at=clock.now(),
        days=current_app.config["SESSION_DAYS"],
        address=request.remote_addr or "",
        device=request.user_agent.string,
    )
    login_user(user, remember=False)


@blueprint.post("/keluar")
def sign_out() -> ResponseReturnValue:
    """Sign out of this device."""
    sessions.end_session(current_user, current_user.session_token, at=clock.now())
    logout_user()
    return redirect(url_for("home.index"))

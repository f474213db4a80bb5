"""The blueprint these pages share, and what they all need: where the request comes from, opening a session."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Blueprint, Response, after_this_request, current_app, request, session, url_for
from flask_login import login_user

from innovate.accounts import queries
from innovate.accounts.domain.devices import describe
from innovate.accounts.domain.limits import Place, place_of
from innovate.accounts.models import User
from innovate.accounts.services import attempts, people, sessions
from innovate.accounts.services.tokens import Signer
from innovate.audit.exports.names import add_names
from innovate.core import clock, passwords, serving
from innovate.core.db import transaction
from innovate.core.web.access import safe_path
from innovate.core.web.kept_forms import note_kept
from innovate.core.web.plumbing import Plumbing

blueprint = Blueprint("accounts", __name__)
SIGN_IN = "sign_in"
_DEVICE_COOKIE = "innovate_device"
_DEVICE_SECONDS = 180 * 24 * 3600


def init_app(plumbing: Plumbing) -> None:
    """Teach Flask-Login to know a person by a living session row, and the trail whom it speaks of.

    And keep a production site closed while demo accounts are open: here, because its web server loads no commands.
    """
    if not plumbing.app.config["ALLOW_DEMO_ACCOUNTS"]:
        serving.add_check(plumbing.app, people.refuse_demo_accounts)
    add_names(queries.TRAIL_NAMES)
    plumbing.app.jinja_env.filters["device"] = describe
    plumbing.app.permanent_session_lifetime = timedelta(days=plumbing.app.config["SESSION_DAYS"])

    @plumbing.login.user_loader
    def load_user(token: str) -> User | None:
        return queries.find_user_by_session(token, clock.now())


def signer() -> Signer:
    """Makes and reads links."""
    return Signer(current_app.config["SECRET_KEY"])


def next_path() -> str:
    """Where the person wanted to go, carried through sign-in, sign-up and mails; empty if nowhere."""
    return safe_path(request.values.get("next"))


def landing() -> str:
    """The page after signing in."""
    return next_path() or url_for("home.dashboard")


def place_for(email: str) -> Place:
    """Where this request comes from, as a place from which somebody asks for the account `email`."""
    return place_of(
        current_app.config["SECRET_KEY"],
        account=email,
        address=request.remote_addr or "",
        device=_device_token(),
    )


def _device_token() -> str:
    if "device_token" not in request.environ:
        request.environ["device_token"] = request.cookies.get(_DEVICE_COOKIE) or secrets.token_urlsafe(24)
    return str(request.environ["device_token"])


def open_session(user: User, *, remember: bool = False) -> None:
    """Sign the person in on this device: for some days if it is theirs, else until the browser closes."""
    user.session_token = sessions.begin_session(  # type: ignore[attr-defined]
        user,
        at=clock.now(),
        days=current_app.config["SESSION_DAYS"] if remember else 1,
        address=request.remote_addr or "",
        device=request.user_agent.string,
    )
    session.permanent = remember
    note_kept(queries.count_kept_forms(user.id))
    login_user(user, remember=False)
    token = _device_token()

    @after_this_request
    def know_device(response: Response) -> Response:
        response.set_cookie(
            _DEVICE_COOKIE,
            token,
            max_age=_DEVICE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response


def check_password(user: User | None, email: str, password: str) -> bool:
    """Whether the password is right; counts the attempt before hashing and holds no lock meanwhile.

    TooMany if the account must wait. The caller has not begun to write.
    """
    place = place_for(email)
    with transaction():
        attempt = attempts.begin_attempt(SIGN_IN, place, at=clock.now())
    fits = passwords.verify_password(user.password_hash if user else None, password)
    if fits:
        with transaction():
            attempts.succeed(attempt, place, at=clock.now())
    return fits

"""Landing page, a person's home, health, language and theme."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from innovate.accounts.services import profile
from innovate.core.web.access import public, safe_path
from innovate.core.web.page_cache import cached_for_visitors
from innovate.core.web.plumbing import Plumbing
from innovate.home import queries

blueprint = Blueprint("home", __name__)
_YEAR = 365 * 24 * 3600
_THEMES = ("light", "dark", "auto")


def init_app(plumbing: Plumbing) -> None:
    """Language and theme carry no authority, so their forms need no token and public pages stay cacheable."""
    plumbing.csrf.exempt(set_locale)
    plumbing.csrf.exempt(set_theme)


@blueprint.get("/")
@public
@cached_for_visitors
def index() -> ResponseReturnValue:
    """The front page."""
    return render_template("home/index.html")


@blueprint.get("/beranda")
def dashboard() -> ResponseReturnValue:
    """What the person must do next."""
    return render_template("home/dashboard.html")


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer `ok` when the database answers."""
    queries.touch_database()
    return jsonify(status="ok")


@blueprint.post("/bahasa")
@public
def set_locale() -> ResponseReturnValue:
    """Remember the visitor's language, and a person's beyond this device."""
    if current_user.is_authenticated and request.form.get("locale") in current_app.config["LANGUAGES"]:
        profile.choose_locale(current_user, request.form["locale"])
    return _remember("lang", request.form.get("locale", ""), current_app.config["LANGUAGES"])


@blueprint.post("/tema")
@public
def set_theme() -> ResponseReturnValue:
    """Remember the visitor's theme, and a person's beyond this device."""
    if current_user.is_authenticated and request.form.get("theme") in _THEMES:
        profile.choose_theme(current_user, request.form["theme"])
    return _remember("theme", request.form.get("theme", ""), _THEMES)


def _remember(cookie: str, value: str, allowed: tuple[str, ...]) -> Response:
    response = redirect(safe_path(request.form.get("next"), url_for("home.index")))
    if value in allowed:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(
            cookie, value, max_age=_YEAR, samesite="Lax", secure=secure, httponly=cookie == "lang"
        )
    return response  # type: ignore[return-value]

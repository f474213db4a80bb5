"""Landing page, a person's home, health, language and theme."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

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
from flask_babel import gettext as _
from flask_login import current_user

from innovate.accounts.services import profile
from innovate.core import clock
from innovate.core.db import give_up
from innovate.core.web.access import public, safe_path
from innovate.core.web.page_cache import cached_for_visitors
from innovate.core.web.plumbing import Plumbing
from innovate.events.queries import list_public_addresses
from innovate.events.routes.public import public_url
from innovate.events.services import public_page
from innovate.home import queries
from innovate.home.routes.cards import list_cards
from innovate.home.routes.steps import find_step
from innovate.learning.queries import agenda
from innovate.learning.queries.suggested import list_suggested

blueprint = Blueprint("home", __name__)
_YEAR = 365 * 24 * 3600
_ALWAYS = (
    "home.index",
    "events.index",
    "learning.index",
    "partners.index",
    "impact.index",
    "impact.show_gallery",
    "home.help_page",
    "home.privacy",
)
_THEMES = ("light", "dark", "auto")


def init_app(plumbing: Plumbing) -> None:
    """Language and theme carry no authority, so their forms need no token and public pages stay cacheable."""
    plumbing.csrf.exempt(set_locale)
    plumbing.csrf.exempt(set_theme)
    public_page.add_next_step("home", find_step, order=10)


@blueprint.get("/")
@public
@cached_for_visitors
def index() -> ResponseReturnValue:
    """The front page."""
    return render_template("home/index.html", front=queries.load_front(clock.now()))


@blueprint.get("/beranda")
def dashboard() -> ResponseReturnValue:
    """What the person must do next."""
    now = clock.now()
    desk = queries.load_desk(current_user, now)
    cards = list_cards(desk, now)
    return render_template(
        "home/dashboard.html",
        top=next((card for card in cards if card.is_due), None),
        cards=cards,
        open_events=desk.open_events,
        suggested=list_suggested(current_user.id, now),
        certificates=desk.certificates,
        trainings=desk.trainings,
        greeting=_greeting(now.astimezone(ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])).hour),
    )


def _greeting(hour: int) -> str:
    """As Indonesians greet: pagi until 11, siang until 15, sore until 18."""
    words = _("Selamat malam")
    if 3 <= hour < 11:
        words = _("Selamat pagi")
    elif 11 <= hour < 15:
        words = _("Selamat siang")
    elif 15 <= hour < 18:
        words = _("Selamat sore")
    return str(words)


@blueprint.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """What search engines may read: the public pages."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /beranda",
        "Disallow: /undangan/",
        "Disallow: /k/*/kelola",
        "Disallow: /k/*/juri/",
        f"Sitemap: {public_url('home.sitemap')}",
    ]
    return _text("\n".join(lines) + "\n", "text/plain")


@blueprint.get("/sitemap.xml")
@public
@cached_for_visitors
def sitemap() -> ResponseReturnValue:
    """Every public page worth finding."""
    pages: list[tuple[str, datetime | None]] = [(public_url(name), None) for name in _ALWAYS]
    pages += [(public_url("events.show", slug=slug), at) for slug, at in list_public_addresses()]
    pages += [(public_url("learning.show", public_id=key), at) for key, at in agenda.list_public_addresses()]
    rows = [
        f"<url><loc>{escape(address)}</loc>" + (f"<lastmod>{at.date()}</lastmod>" if at else "") + "</url>"
        for address, at in pages
    ]
    body = "".join(rows)
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    xml = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{schema}">{body}</urlset>'
    return _text(xml, "application/xml")


def _text(body: str, mimetype: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer `ok` when the database answers; 503 when it does not."""
    if queries.database_answers():
        return jsonify(status="ok")
    give_up()
    return jsonify(status="the database does not answer"), 503


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

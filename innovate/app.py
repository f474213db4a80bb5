"""The application factory: extensions, life cycle, blueprints, error pages, commands. No I/O and no work on import."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click
from flask import Blueprint, Flask
from flask.cli import AppGroup
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import FileSystemBytecodeCache
from werkzeug.middleware.proxy_fix import ProxyFix

from innovate.core import clock, passwords, withdrawn
from innovate.core.db import db
from innovate.core.markup import plain_text, render_markdown
from innovate.core.schema import init_migrations
from innovate.core.web.access import init_access
from innovate.core.web.assets import init_assets
from innovate.core.web.error_pages import init_error_pages
from innovate.core.web.kept_forms import init_kept_forms
from innovate.core.web.localisation import init_localisation, template_values
from innovate.core.web.page_cache import PageCache
from innovate.core.web.plumbing import Plumbing
from innovate.core.web.request_log import AccessLog, init_request_log
from innovate.core.web.requests import init_requests
from innovate.core.web.security import init_security
from innovate.core.web.static_files import Sessions, StaticFiles
from innovate.core.web.unit_of_work import init_unit_of_work, open_write

ROOT = Path(__file__).resolve().parents[1]
csrf = CSRFProtect()
login = LoginManager()

# Every feature, lowest first. Each may have models, jobs, routes (with `blueprint`) and cli (with `register`).
FEATURES = (
    "audit",
    "notifications",
    "tasks",
    "accounts",
    "events",
    "teams",
    "skills",
    "partners",
    "learning",
    "quizzes",
    "ideas",
    "clinics",
    "surveys",
    "editions",
    "endorsement",
    "scoring",
    "calibration",
    "pitch",
    "pairwise",
    "voting",
    "paper",
    "visits",
    "deliberation",
    "results",
    "impact",
    "intake",
    "documents",
    "privacy",
    "organizer",
    "leaders",
    "admin",
    "home",
    "demo",
)


def create_app(config: Any) -> Flask:
    """Build the application for a `config.Config`."""
    app = Flask(
        "innovate",
        root_path=str(ROOT / "innovate"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(Path(config.INSTANCE_PATH).resolve()),
    )
    app.config.from_object(config)
    app.cli = Commands(app)
    _init_plumbing(app)
    _init_extensions(app)
    _init_features(app)
    _put_in_front(app)
    return app


def _init_plumbing(app: Flask) -> None:
    if app.config["ARGON2_PARAMETERS"]:
        passwords.configure(**app.config["ARGON2_PARAMETERS"])
    if app.config["CLOCK_FILE"] and app.config["ENV_NAME"] != "production":
        clock.use_file(Path(app.config["CLOCK_FILE"]))
    app.session_interface = Sessions()
    init_unit_of_work(app)
    init_request_log(app)
    init_requests(app)
    init_security(app)
    init_error_pages(app)
    init_localisation(app)
    init_assets(app)
    app.jinja_env.filters.update(markdown=render_markdown, plaintext=plain_text)
    if app.config["TEMPLATE_CACHE"] and app.config["ENV_NAME"] != "production":
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(app.config["TEMPLATE_CACHE"])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["has_endpoint"] = app.view_functions.__contains__
    app.context_processor(template_values)


def _put_in_front(app: Flask) -> None:
    """What answers before Flask, innermost first. The page cache must see the host that the proxies tell."""
    config = app.config
    front: Any = PageCache(
        app.wsgi_app,
        seconds=config["PAGE_CACHE_SECONDS"],
        session_cookie=config["SESSION_COOKIE_NAME"],
        told_by=withdrawn.path_of(config["INSTANCE_PATH"]),
    )
    front = StaticFiles(
        front, Path(str(app.static_folder)), app.static_url_path or "/static", watch=app.debug
    )
    if config["ACCESS_LOG"]:
        front = AccessLog(front)
    if hops := config["TRUSTED_PROXIES"]:
        front = ProxyFix(front, x_for=hops, x_proto=hops, x_host=hops)
    app.wsgi_app = front  # type: ignore[method-assign]


def _init_extensions(app: Flask) -> None:
    db.init_app(app)
    init_migrations(app, ROOT / "innovate" / "migrations")
    csrf.init_app(app)
    login.init_app(app)
    init_kept_forms(app)
    init_access(app)
    app.before_request(open_write)


def _init_features(app: Flask) -> None:
    for rooms in (("models",), ("jobs", "routes")):  # queries want every table known
        for feature in FEATURES:
            _open_feature(app, feature, rooms)


class Commands(AppGroup):
    """The commands, loaded when somebody asks for one: the web server never does."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._app = app
        self._is_loaded = False

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        self._load()
        return super().get_command(ctx, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name."""
        self._load()
        return super().list_commands(ctx)

    def _load(self) -> None:
        if not self._is_loaded:
            self._is_loaded = True
            for feature in ("core", *FEATURES):
                _open_feature(self._app, feature, ("cli",))


def _open_feature(app: Flask, feature: str, rooms: tuple[str, ...]) -> None:
    folder = ROOT / "innovate" / feature
    for room in rooms:
        if (folder / f"{room}.py").exists() or (folder / room / "__init__.py").exists():
            _open_room(app, import_module(f"innovate.{feature}.{room}"), room)


def _open_room(app: Flask, module: Any, room: str) -> None:
    """A room is a module, or a package whose modules count together (then several may share one blueprint)."""
    parts = _parts(module)
    if room == "routes":
        blueprints = [getattr(part, "blueprint", None) for part in parts]
        for blueprint in dict.fromkeys(each for each in blueprints if isinstance(each, Blueprint)):
            app.register_blueprint(blueprint)
        for part in parts:
            if hasattr(part, "init_app"):
                part.init_app(Plumbing(app, csrf, login))
    elif room == "cli":
        for part in parts:
            if hasattr(part, "register"):
                part.register(app)


def _parts(module: Any) -> list[Any]:
    names = [info.name for info in iter_modules(getattr(module, "__path__", []))]
    return [module, *(import_module(f"{module.__name__}.{name}") for name in names)]

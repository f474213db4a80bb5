"""Databases of a test process: migrated once per run, copied for whoever needs one, rolled back after each test."""

from __future__ import annotations

import fcntl
import gc
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.engine import URL, Connection, Engine, make_url
from werkzeug.test import TestResponse

from config import TestConfig
from innovate.app import create_app
from innovate.core.db import db
from tests.support import postgres
from tests.support.pristine import Pristine
from tests.support.requirements import missing
from tests.support.templates import shared_templates

KINDS = ("sqlite", "postgres")
_numbers = itertools.count(1)
_open_apps: set[Flask] = set()  # those whose connections nobody has closed yet


def make_app(url: str, folder: Path, **settings: Any) -> Flask:
    """The application with test settings, its own database and everything else below `folder`."""
    config = TestConfig()
    config.SQLALCHEMY_DATABASE_URI = url
    config.INSTANCE_PATH = str(folder)
    config.FILES_URL = f"file://{folder / 'files'}"
    config.QUEUE_URL = f"sqlite:///{folder / 'queue.sqlite3'}"
    config.TEMPLATE_CACHE = shared_templates()
    for key, value in settings.items():
        setattr(config, key, value)
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False  # tests of the token switch it on
    app.test_client_class = Client
    return app


def migrate(url: str, folder: Path) -> None:
    """Bring the database at `url` to the newest schema."""
    app = make_app(url, folder)
    with app.app_context():
        upgrade()
        db.engine.dispose()


@dataclass(frozen=True)
class Lent:
    """An application that goes from test to test and keeps nothing of the last one."""

    app: Flask
    kind: str
    name: str
    folder: Path
    settings: dict[str, Any]
    pristine: Pristine | None


@dataclass
class Databases:
    """Where this process takes its databases from. `shared` is one folder for all workers of the run."""

    shared: Path
    scratch: Path
    worker: str
    owner: int
    _apps: dict[str, Flask] = field(default_factory=dict)
    _idle: list[Lent] = field(default_factory=list)

    def app(self, kind: str) -> Flask:
        """The process's application on a database of this kind; use it inside `isolated`."""
        if kind not in self._apps:
            self._apps[kind] = self.fresh_app(kind, "shared")
            gc.collect()
            gc.freeze()  # it stays to the end: the collector need not look through it again
        return self._apps[kind]

    @contextmanager
    def own_app(self, kind: str) -> Iterator[Flask]:
        """An application on a new, migrated, empty database, which may commit: this test's alone.

        Building one takes longer than most tests do, so it is handed on: with every setting as it was, an empty folder,
        no connection, and its database as new.
        """
        lent = next((each for each in self._idle if each.kind == kind), None)
        if lent is None:
            name = f"own{next(_numbers)}"
            app = self.fresh_app(kind, name)
            url = app.config["SQLALCHEMY_DATABASE_URI"]
            pristine = Pristine(postgres.conninfo(make_url(url))) if kind == "postgres" else None
            lent = Lent(app, kind, name, self.scratch / f"{kind}-{name}", dict(app.config), pristine)
        else:
            self._idle.remove(lent)
            _empty(lent.folder)
            if lent.pristine is None or not lent.pristine.bring_back():
                self.fresh_url(kind, lent.name, lent.folder)
        yield lent.app
        dispose(lent.app)
        lent.app.config.clear()
        lent.app.config.update(lent.settings)
        for name in ("files", "queue"):  # what is opened at the first use, below the folder
            lent.app.extensions.pop(name, None)
        self._idle.append(lent)

    def fresh_app(self, kind: str, name: str, **settings: Any) -> Flask:
        """An application on a new, migrated, empty database, which may commit."""
        folder = self.scratch / f"{kind}-{name}"
        folder.mkdir(parents=True)
        return self.open_app(kind, self.fresh_url(kind, name, folder), folder, **settings)

    def open_app(self, kind: str, url: str, folder: Path, **settings: Any) -> Flask:
        """An application on a database that is there, let go of with the others."""
        app = make_app(url, folder, **settings)
        _open_apps.add(app)
        return app

    def fresh_url(self, kind: str, name: str, folder: Path) -> str:
        """The address of a new, migrated, empty database."""
        if kind == "sqlite":
            target = folder / "innovate.sqlite3"
            shutil.copyfile(self._sqlite_template(), target)
            return f"sqlite:///{target}"
        return address(self.cluster().create(f"{self.worker}_{name}", self.postgres_template()))

    def empty_url(self, kind: str, name: str, folder: Path) -> str:
        """The address of a new database without any table."""
        if kind == "sqlite":
            return f"sqlite:///{folder / 'empty.sqlite3'}"
        return address(self.cluster().create(f"{self.worker}_{name}"))

    def cluster(self) -> postgres.Cluster:
        """The run's PostgreSQL server; skips the test (in CI: fails it) where there is none."""
        try:
            return postgres.shared_cluster(self.shared / "postgres", self.owner)
        except postgres.PostgresMissing as error:
            missing(str(error), "postgresql")

    def close(self) -> None:
        """Let go of every connection."""
        for app in list(_open_apps):
            dispose(app)

    def _sqlite_template(self) -> Path:
        path = self.shared / "template.sqlite3"
        with (self.shared / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                draft = self.shared / "template.draft"
                draft.unlink(missing_ok=True)
                migrate(f"sqlite:///{draft}", self.scratch)
                draft.rename(path)
        return path

    def postgres_template(self) -> str:
        """The name of the migrated, empty database."""
        return self.cluster().template("template", lambda url: migrate(address(url), self.scratch))


def _empty(folder: Path) -> None:
    """All but the turns of SQLite's writers, which the process keeps open."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix != ".turn":
            path.unlink()


def address(url: URL) -> str:
    """With its password, as the application wants it."""
    return url.render_as_string(hide_password=False)


def dispose(app: Flask) -> None:
    """Close the application's connections. Nothing here keeps it any longer: it takes megabytes."""
    _open_apps.discard(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def isolated(app: Flask) -> Iterator[None]:
    """Inside the block every commit is a savepoint on one connection; at its end nothing of it remains.

    Nor of the settings a test changed: the application serves the next test of this process too.
    A block inside another begins with what the outer one has written, and goes back to it.
    """
    settings = dict(app.config)
    with app.app_context(), _one_connection() as connection:
        outer = connection.begin_nested() if connection.in_transaction() else connection.begin()
        try:
            yield
        finally:
            db.session.remove()
            outer.rollback()
            app.config.clear()
            app.config.update(settings)


@contextmanager
def _one_connection() -> Iterator[Connection]:
    """Flask-SQLAlchemy asks its own table of engines and no session's bind: a connection takes the engine's place."""
    engines: dict[str | None, Any] = db.engines  # type: ignore[assignment]
    engine = engines[None]
    if isinstance(engine, Connection):
        yield engine
        return
    assert isinstance(engine, Engine)
    db.session.configure(join_transaction_mode="create_savepoint")
    with engine.connect() as connection:
        engines[None] = connection
        try:
            yield connection
        finally:
            engines[None] = engine


class Client(FlaskClient):
    """A browser without screen. Each request gets an application context of its own, as on a server.

    What the test wrote is committed before the request; what it holds is read again after it.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """One request."""
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.expire_all()
        return response

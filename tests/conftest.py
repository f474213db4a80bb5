"""Fixtures every test may use. The clock stands at the factories' NOW unless a test moves it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in wsgi.py: before numpy comes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from innovate.accounts.models import User
from innovate.core import catalogues, clock
from innovate.core.db import db
from tests.factories.build import NOW
from tests.factories.house import House, open_house, sign_in
from tests.support import trail
from tests.support.browser import launched
from tests.support.database import Databases, isolated
from tests.support.server import Site, running_site
from tests.support.smtp import Postbox, postbox
from tests.support.templates import forget_templates, share_templates

# What takes longest begins first, on one worker: the other takes away from the end of its list until nothing is left.
LONGEST_FIRST = (
    "tests/e2e/test_journey.py",
    "tests/e2e/test_every_page.py",
    "tests/e2e/",
    "tests/harness/",
    "tests/db/test_killed_server.py",
    "tests/db/test_demo_city.py",
    "tests/web/test_any_form.py",
    "tests/web/test_query_counts.py",
    "tests/web/test_permissions.py",
    "tests/web/test_every_address.py",
)
# How long an example takes, or the making of one, says how busy the machine is, and fails nothing.
settings.register_profile("innovate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("innovate")
# The collector looks for garbage less often, and never through what was loaded and collected: a sixth less work.
gc.set_threshold(50_000, 20, 20)


def pytest_configure(config: pytest.Config) -> None:
    trail.watch()
    if not hasattr(config, "workerinput"):  # once per run, before the workers start
        catalogues.compile_all()
        share_templates()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        forget_templates()


def _turn(item: pytest.Item) -> int:
    found = (n for n, start in enumerate(LONGEST_FIRST) if item.nodeid.startswith(start))
    return next(found, len(LONGEST_FIRST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)  # within a turn as collected
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "browser" in names:
            item.add_marker(pytest.mark.browser)
        callspec = getattr(item, "callspec", None)
        if callspec and "postgres" in callspec.params.values():
            item.add_marker(pytest.mark.postgres)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where databases come from."""
    base = tmp_path_factory.getbasetemp()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    shared = (base.parent if worker else base) / "databases"
    shared.mkdir(exist_ok=True)
    found = Databases(
        shared=shared,
        scratch=tmp_path_factory.mktemp("applications"),
        worker=worker or "main",
        owner=os.getppid() if worker else os.getpid(),
    )
    yield found
    found.close()


@pytest.fixture
def database_kind() -> str:
    """`sqlite`; the tests below tests/db run on both."""
    return "sqlite"


@pytest.fixture
def app(databases: Databases, database_kind: str) -> Iterator[Flask]:
    """The application in its context. Nothing a test writes outlives it."""
    application = databases.app(database_kind)
    with clock.frozen(NOW), isolated(application):
        yield application


@pytest.fixture
def db_session(app: Flask):
    """The session of the test; a commit lasts until the test's end."""
    return db.session


@pytest.fixture
def committing_app(databases: Databases, database_kind: str) -> Iterator[Flask]:
    """An application on a database of its own, outside any context, with real commits: for races between threads."""
    with databases.own_app(database_kind) as application, clock.frozen(NOW):
        yield application


@pytest.fixture
def clock_at() -> Iterator[Callable[[datetime], None]]:
    """Move the clock: `clock_at(NOW + timedelta(days=11))`."""
    with ExitStack() as stack:
        yield lambda at: stack.enter_context(clock.frozen(at))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor."""
    return app.test_client()


@pytest.fixture
def sign_in_as(app: Flask) -> Callable[[User], FlaskClient]:
    """A client of its own for a person: `sign_in_as(user).get("/beranda")`."""
    return partial(sign_in, app)


@pytest.fixture(scope="module")
def house(databases: Databases) -> Iterator[House]:
    """The full house, one for every test of a file: what `app` gives inside it goes back to it."""
    application = databases.app("sqlite")
    with clock.frozen(NOW), isolated(application):
        yield open_house(application)


@pytest.fixture
def mailbox() -> Iterator[Postbox]:
    """A real SMTP server; `app.config["MAIL_URL"] = mailbox.url` sends there."""
    with postbox() as box:
        yield box


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; open people in it with `tests.support.browser.visitor`."""
    with launched() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, mailbox: Postbox, databases: Databases) -> Iterator[Site]:
    """The whole product running for one test, at NOW, mailing to `mailbox`."""
    databases.fresh_url("sqlite", "site", tmp_path)
    with running_site(tmp_path, at=NOW, MAIL_URL=mailbox.url) as running:
        yield running

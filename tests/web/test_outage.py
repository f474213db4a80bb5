"""When the database is gone, people still get a page that says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from innovate.core.db import db
from tests.factories.build import make_user
from tests.support.database import make_app

GONE = {
    "sqlite": "sqlite:////nowhere/at/all/innovate.sqlite3",
    "postgres": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
}


@pytest.fixture(params=GONE)
def orphan(request, tmp_path: Path) -> FlaskClient:
    """A visitor of a site whose database cannot be reached."""
    app = make_app(GONE[request.param], tmp_path)
    app.config["CRASH_PAGES"] = True
    return FlaskClient(app)


def assert_readable(answer) -> None:
    assert answer.status_code == 503
    assert "<h1" in answer.text
    assert "Innovate" in answer.text
    assert "Traceback" not in answer.text
    assert "nowhere" not in answer.text
    assert "127.0.0.1" not in answer.text


def test_a_visitor_reads_that_the_site_is_not_there(orphan) -> None:
    for address in ("/", "/kompetisi", "/k/lomba/peringkat", "/k/lomba/galeri"):
        assert_readable(orphan.get(address))
    assert orphan.get("/healthz", headers={"Accept": "application/json"}).status_code == 503


def test_theme_and_language_of_the_device_are_kept(orphan) -> None:
    orphan.set_cookie("theme", "dark")
    orphan.set_cookie("lang", "en")
    page = orphan.get("/kompetisi")
    assert_readable(page)
    assert 'data-theme="dark"' in page.text
    assert 'lang="en"' in page.text


def test_a_person_who_is_signed_in_reads_it_too(orphan, sign_in_as, db_session) -> None:
    before = sign_in_as(make_user())
    with before.session_transaction() as cookie:
        values = dict(cookie)
    db.session.remove()
    with orphan.session_transaction() as cookie:
        cookie.update(values)
    assert_readable(orphan.get("/beranda"))
    assert_readable(orphan.post("/k/lomba/tim/baru", data={"name": "Tim Kapuas"}))

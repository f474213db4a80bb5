"""Every endpoint x every role. The table must equal the URL map: a new address without a line here is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Cookie, TestResponse

from innovate.core.db import db
from tests.factories.addresses import address_of, body_of
from tests.factories.world import ROLES, World, build_world
from tests.web.permission_table import TABLE

METHODS = ("GET", "POST")
COOKIE = "innovate"


def rules_of(app: Flask) -> dict[str, object]:
    """`GET endpoint` or `POST endpoint` of every rule."""
    return {
        f"{method} {rule.endpoint}": rule
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in rule.methods and rule.endpoint != "static"
    }


def test_the_table_names_every_endpoint_and_no_other(app: Flask) -> None:
    assert set(TABLE) == set(rules_of(app))


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back, so that every role meets the same world."""
    db.session.commit()  # the session's own savepoint must not straddle ours
    savepoint = db.engines[None].begin_nested()
    try:
        yield
    finally:
        db.session.rollback()
        savepoint.rollback()
        db.session.expire_all()


def fresh_client(app: Flask, cookie: Cookie | None) -> FlaskClient:
    """A browser that has just signed in: what one request does to its cookie does not reach the next."""
    client = app.test_client()
    if cookie:
        client.set_cookie(COOKIE, cookie.value)
    return client


def is_let_in(response: TestResponse) -> bool:
    """Absent, forbidden and the way to the sign-in page are closed doors; a refusal by a rule is an open one."""
    if response.status_code in {401, 403, 404}:
        return False
    return not (response.status_code == 302 and "/masuk?next" in response.location)


@pytest.mark.usefixtures("typeset_here")
@pytest.mark.parametrize("feature", sorted({key.split()[1].split(".")[0] for key in TABLE}))
def test_who_gets_in(app: Flask, sign_in_as, feature: str) -> None:
    world: World = build_world()
    cookies = {name: sign_in_as(user).get_cookie(COOKIE) for name, user in world.users.items()}
    wrong = []
    for key, rule in sorted(rules_of(app).items()):
        if not key.split()[1].startswith(f"{feature}."):
            continue
        path = address_of(app, rule, world)
        for role in ROLES:
            with undone():
                response = fresh_client(app, cookies.get(role)).open(
                    path, method=key.split()[0], data=body_of(key.split()[1], world)
                )
                response.close()  # what is streamed ends here, not when it happens to be collected
            if response.status_code >= 500 or is_let_in(response) != (role in TABLE[key]):
                wrong.append(
                    f"{key} as {role}: {response.status_code}, expected {'in' if role in TABLE[key] else 'out'}"
                )
    assert not wrong, "\n" + "\n".join(wrong)

"""The full house of `tests.factories.world` with everybody signed in: one for all walks of a file over the addresses.

Its rows are let go of by the session, so that no request reads them again; what a test changes is rolled back to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask, session
from flask.testing import FlaskClient
from flask_login import login_user
from sqlalchemy import inspect
from werkzeug.routing import Rule
from werkzeug.test import Cookie

from innovate.accounts.models import User
from innovate.accounts.services import sessions
from innovate.core import clock
from innovate.core.db import Base, db
from tests.factories.addresses import address_of
from tests.factories.world import World, build_world

COOKIE = "innovate"
METHODS = ("GET", "POST")


@dataclass
class House:
    """The world and everybody's way in. Its rows belong to no session unless they are `at_hand`."""

    app: Flask
    world: World
    cookies: Mapping[str, Cookie | None]  # by role; a visitor has none
    rows: list[Base] = field(default_factory=list)
    _addresses: dict[tuple[str, str], str] = field(default_factory=dict)

    def address(self, rule: Rule) -> str:
        """Something that exists at this rule."""
        if (rule.endpoint, rule.rule) not in self._addresses:
            self._addresses[rule.endpoint, rule.rule] = address_of(self.app, rule, self.world)
        return self._addresses[rule.endpoint, rule.rule]

    @contextmanager
    def at_hand(self) -> Iterator[World]:
        """The world with its rows in the session, to be written to or to build upon."""
        db.session.add_all(self.rows)
        db.session.expire_all()
        try:
            yield self.world
        except BaseException:
            db.session.rollback()
            raise
        finally:
            self.put_away()

    def put_away(self) -> None:
        """Its rows out of the session, with all their columns."""
        db.session.commit()
        for row in db.session:
            if inspect(row).expired_attributes:
                db.session.refresh(row)
        db.session.commit()
        db.session.expunge_all()

    def browser(self, role: str) -> FlaskClient:
        """A browser that has just signed in: what one request does to its cookie does not reach the next."""
        client = self.app.test_client()
        if cookie := self.cookies[role]:
            client.set_cookie(COOKIE, cookie.value)
        return client


def open_house(app: Flask) -> House:
    """Build it in the present, isolated, database."""
    world = build_world()
    cookies = {name: sign_in(app, user).get_cookie(COOKIE) for name, user in world.users.items()}
    house = House(app, world, {"visitor": None, **cookies})
    house.rows = list(db.session)
    house.put_away()
    return house


def sign_in(app: Flask, user: User) -> FlaskClient:
    """A new browser of a person."""
    client = app.test_client()
    user_id = user.id
    db.session.commit()
    with app.app_context(), app.test_request_context(environ_base=client.environ_base):
        person = db.session.get_one(User, user_id)
        person.session_token = sessions.begin_session(person, at=clock.now(), days=14)
        login_user(person)
        values = dict(session)
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie.update(values)
    return client


def rules_of(app: Flask) -> dict[str, Rule]:
    """`GET endpoint` or `POST endpoint` of every rule."""
    return {
        f"{method} {rule.endpoint}": rule
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in (rule.methods or ()) and rule.endpoint != "static"
    }


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back, so that every role meets the same world."""
    db.session.commit()  # the session's own savepoint must not straddle ours
    savepoint = db.engines[None].begin_nested()  # a connection, see `isolated`
    try:
        yield
    finally:
        db.session.rollback()
        savepoint.rollback()
        db.session.expire_all()

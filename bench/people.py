"""Signed-in people for the measurements: real session rows and signed cookies, without paying for a password hash."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, session
from flask_login import login_user
from flask_wtf.csrf import generate_csrf

from innovate.accounts.models import User
from innovate.accounts.services import sessions
from innovate.core import clock
from innovate.core.db import db, transaction

_AGENT = "innovate-bench"


@dataclass(frozen=True)
class Person:
    """What a request needs to be somebody."""

    cookie: str
    csrf_token: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers of this person's browser."""
        return {"Cookie": self.cookie, "User-Agent": _AGENT}


def sign_in(app: Flask, user_id: int) -> Person:
    """Open a session for the person in the application's database."""
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": _AGENT}
    with app.test_request_context(environ_base=environ):
        with transaction():
            user = db.session.get_one(User, user_id)
            token = sessions.begin_session(user, at=clock.now(), days=1, address="127.0.0.1", device=_AGENT)
            user.session_token = token  # type: ignore[attr-defined]
        login_user(user)
        csrf_token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        value = signer.dumps(dict(session))
    return Person(f"{app.config['SESSION_COOKIE_NAME']}={value}", csrf_token)

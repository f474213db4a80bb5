"""One request, one unit of work: commit once at the edge when the answer is good, otherwise roll back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from innovate.core import db as database

F = TypeVar("F", bound=Callable[..., Any])
log = logging.getLogger(__name__)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def defers_write(view: F) -> F:
    """Mark a view that reads or hashes first and calls `begin_write` itself, to hold SQLite's write lock briefly."""
    view.defers_write = True  # type: ignore[attr-defined]
    return view


def keep_on_refusal() -> None:
    """Commit although the answer is a refusal: a failed sign-in must be counted."""
    g.keep_on_refusal = True


def afterwards(action: Callable[[], None]) -> None:
    """Write something once a good answer is settled, in a short transaction of its own: that somebody read it.

    The page itself stays a read; what fails here is told in the server's log and harms no answer.
    """
    g.setdefault("afterwards", []).append(action)


def init_unit_of_work(app: Flask) -> None:
    """Install the life cycle; call it first, so that it settles after every other after_request hook."""

    @app.after_request
    def settle(response: Response) -> Response:
        if request.method in SAFE or (response.status_code >= 400 and not g.get("keep_on_refusal")):
            database.rollback()
        else:
            database.commit()
        if response.status_code < 400:
            _write_afterwards(g.pop("afterwards", []))
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        database.end_write()


def _write_afterwards(actions: list[Callable[[], None]]) -> None:
    if not actions:
        return
    try:
        with database.transaction():
            for action in actions:
                action()
    except Exception:
        log.exception("what was to be written after the answer is lost")


def open_write() -> None:
    """Before an unsafe request: know the person with a cheap read, then take the write lock."""
    if request.method in SAFE or request.endpoint is None:
        return
    _ = current_user.is_authenticated
    view = current_app.view_functions.get(request.endpoint)
    if not getattr(view, "defers_write", False):
        database.begin_write()

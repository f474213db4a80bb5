"""A number for each request: in its answer, its log lines and its error page. And the access log, if it is wanted."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, current_app, has_request_context, request

from innovate.core.db import new_public_id

_ID = "innovate.request_id"
_PATH = "innovate.path"
_PLAUSIBLE = re.compile(r"[\w.-]{8,64}", re.ASCII)
_SECRETS = ("token", "nonce")  # parts of addresses that open a door to whoever reads the log
access_log = logging.getLogger("innovate.access")


def request_id() -> str:
    """The number of the present request, empty outside one. A trusted proxy may have given it."""
    if not has_request_context():
        return ""
    environ = request.environ
    if _ID not in environ:
        given = environ.get("HTTP_X_REQUEST_ID", "") if current_app.config["TRUSTED_PROXIES"] else ""
        environ[_ID] = given if _PLAUSIBLE.fullmatch(given) else new_public_id()
    return str(environ[_ID])


def init_request_log(app: Flask) -> None:
    """Number the requests; call it before what may answer them."""

    @app.before_request
    def hide_secrets() -> None:
        for name in _SECRETS:
            if secret := (request.view_args or {}).get(name):
                request.environ[_PATH] = request.path.replace(str(secret), "…")

    @app.after_request
    def name_answer(response: Response) -> Response:
        response.headers["X-Request-ID"] = request_id()
        return response


class AccessLog:
    """WSGI middleware: one line for each request when its answer begins. Queries are left out: they may be personal."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on, then tell."""
        started = time.perf_counter()
        seen: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen.append(status[:3])
            return start_response(status, headers, *rest)

        try:
            return self._app(environ, start)
        finally:
            _tell(environ, int(seen[-1]) if seen else 500, time.perf_counter() - started)


def _tell(environ: dict[str, Any], status: int, seconds: float) -> None:
    method = environ["REQUEST_METHOD"]
    path = environ.get(_PATH) or environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    fields = {
        "request_id": environ.get(_ID, ""),
        "method": method,
        "path": path,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "address": environ.get("REMOTE_ADDR", ""),
    }
    access_log.info("%s %s %d %.1f ms", method, path, status, seconds * 1000, extra={"fields": fields})

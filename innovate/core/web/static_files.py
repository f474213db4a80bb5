"""Files below static/ in front of Flask: packed where the browser takes it, kept for a year where the name is a hash.

A reverse proxy may serve the folder instead; then these are never asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from whitenoise import WhiteNoise

from innovate.core.web.assets import is_immutable
from innovate.core.web.security import HEADERS

_YEAR = 365 * 24 * 3600
_MINUTE = 60
_FOR_A_YEAR = ("Cache-Control", f"max-age={_YEAR}, public, immutable")
Application = Callable[..., Iterable[bytes]]


class StaticFiles:
    """WSGI middleware. The folder is read at the first request for a file, when pages have had their assets built.

    Files that came later are left to Flask. With `watch` the folder is looked at each time.
    """

    def __init__(self, app: Application, folder: Path, url: str, *, watch: bool) -> None:
        self._app = app
        self._folder = folder
        self._url = url.rstrip("/") + "/"
        self._watch = watch

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the file or pass the request on."""
        if not environ.get("PATH_INFO", "").startswith(self._url):
            return self._app(environ, start_response)
        if "v=" not in environ.get("QUERY_STRING", ""):
            return self._files(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if status.startswith("200"):  # ?v=… is the hash of the content
                headers = [each for each in headers if each[0].lower() != "cache-control"] + [_FOR_A_YEAR]
            return start_response(status, headers, *rest)

        return self._files(environ, start)

    @cached_property
    def _files(self) -> WhiteNoise:
        files = WhiteNoise(
            self._app,
            autorefresh=self._watch,
            max_age=0 if self._watch else _MINUTE,
            allow_all_origins=False,
            add_headers_function=_add_security_headers,
            immutable_file_test=is_immutable,
        )
        files.FOREVER = _YEAR
        files.add_files(str(self._folder), self._url)
        return files


class Sessions(SecureCookieSessionInterface):
    """Cookie sessions that leave answers with static files alone: no cookie, no `Vary: Cookie`."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie where the session was used."""
        if request.endpoint != "static":
            super().save_session(app, session, response)


def _add_security_headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)

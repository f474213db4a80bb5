"""Public pages for visitors without a session: rendered once, then served from memory, at most a second old.

The store stands in front of Flask, so a hit costs a dictionary look-up. Each worker has its own; an entry lives
`PAGE_CACHE_SECONDS`, which bounds how long a withdrawn page can still be seen. A request that carries the session
cookie never reads or fills the store.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from http.cookies import SimpleCookie
from typing import Any, TypeVar

from flask import Response, make_response, request
from flask_login import current_user

F = TypeVar("F", bound=Callable[..., Any])
Headers = list[tuple[str, str]]
Environ = dict[str, Any]
_MARK = "X-Page-Cache"
_MAX_ENTRIES = 512
_MAX_BYTES = 512 * 1024


def cached_for_visitors(view: F) -> F:
    """Mark a public GET view as the same for every visitor with the same language and theme."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        if response.status_code == 200 and not current_user.is_authenticated:
            response.headers["Cache-Control"] = "public, no-cache"
            response.vary.add("Cookie")
            response.vary.add("Accept-Encoding")
            response.add_etag()
            response.headers[_MARK] = "1"
            response.make_conditional(request)
            return response
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    return wrapper  # type: ignore[return-value]


@dataclass(frozen=True)
class _Entry:
    until: float
    etag: str
    headers: Headers
    gzip_headers: Headers
    body: bytes
    zipped: bytes


class PageCache:
    """WSGI middleware: see the module's text."""

    def __init__(self, app: Callable[..., Iterable[bytes]], *, seconds: float, session_cookie: str) -> None:
        self._app = app
        self._seconds = seconds
        self._session_cookie = session_cookie + "="
        self._entries: OrderedDict[tuple[str, ...], _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve from memory, or pass on and remember what comes back marked."""
        cookies = environ.get("HTTP_COOKIE", "")
        if environ["REQUEST_METHOD"] != "GET" or (cookies and self._session_cookie in cookies):
            return self._pass(environ, start_response, None)
        key = self._key(environ, cookies)
        entry = self._entries.get(key)
        if entry is None or entry.until < time.monotonic():
            return self._pass(environ, start_response, key)
        return _answer(entry, environ, start_response)

    @staticmethod
    def _key(environ: Environ, cookies: str) -> tuple[str, ...]:
        lang = theme = ""
        if cookies:
            jar = SimpleCookie(cookies)
            lang = jar["lang"].value if "lang" in jar else ""
            theme = jar["theme"].value if "theme" in jar else ""
        return (
            environ.get("HTTP_HOST", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            lang,
            theme,
            environ["wsgi.url_scheme"],
        )

    def _pass(
        self, environ: Environ, start_response: Callable[..., Any], key: tuple[str, ...] | None
    ) -> Iterable[bytes]:
        marked: list[Headers] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            if any(name == _MARK for name, _ in headers):
                headers = [(name, value) for name, value in headers if name != _MARK]
                if status.startswith("200"):
                    marked.append(headers)
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        chunks = self._app(environ, start)
        if key is None or not self._seconds:
            return chunks
        return self._remember(key, chunks, marked)

    def _remember(
        self, key: tuple[str, ...], chunks: Iterable[bytes], marked: list[Headers]
    ) -> Iterable[bytes]:
        body = b""
        try:
            for chunk in chunks:
                if marked:
                    body += chunk
                yield chunk
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        if marked and len(body) <= _MAX_BYTES:
            self._store(key, marked[0], body)

    def _store(self, key: tuple[str, ...], headers: Headers, body: bytes) -> None:
        if any(name.lower() == "set-cookie" for name, _ in headers):
            return
        zipped = gzip.compress(body, 6)
        plain = [(n, v) for n, v in headers if n.lower() not in {"content-length", "content-encoding"}]
        etag = next((v for n, v in plain if n.lower() == "etag"), "")
        entry = _Entry(
            time.monotonic() + self._seconds,
            etag or f'"{hashlib.sha256(body).hexdigest()[:32]}"',
            [*plain, ("Content-Length", str(len(body)))],
            [*plain, ("Content-Encoding", "gzip"), ("Content-Length", str(len(zipped)))],
            body,
            zipped,
        )
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > _MAX_ENTRIES:
                self._entries.popitem(last=False)


def _answer(entry: _Entry, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    if entry.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response(
            "304 Not Modified",
            [(n, v) for n, v in entry.headers if n.lower() not in {"content-length", "content-type"}],
        )
        return [b""]
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        start_response("200 OK", list(entry.gzip_headers))
        return [entry.zipped]
    start_response("200 OK", list(entry.headers))
    return [entry.body]

"""Public pages for visitors without a session: rendered once, then served from memory, at most a second old.

The store stands in front of Flask, so a hit costs a dictionary look-up. Each worker has its own; an entry lives
`PAGE_CACHE_SECONDS`, and none from before something was withdrawn (`core/withdrawn.py`) is served after it. A request
that carries the session cookie never reads or fills the store.
"""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from flask import Response, make_response, request
from flask_login import current_user
from werkzeug.http import parse_etags
from werkzeug.sansio.http import parse_cookie

from innovate.core import withdrawn

F = TypeVar("F", bound=Callable[..., Any])
Headers = list[tuple[str, str]]
Environ = dict[str, Any]
_MARK = "X-Page-Cache"
_MAX_ENTRIES = 512
_MAX_PAGE = 512 * 1024
_MAX_TOTAL = 32 * 1024 * 1024
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)
_OF_ONE_ANSWER = frozenset({"content-length", "content-encoding", "set-cookie", "x-request-id", "date"})


def cached_for_visitors(view: F) -> F:
    """Mark a public GET view as the same for every visitor with the same language and theme."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        if response.status_code == 200 and not current_user.is_authenticated:
            response.headers["Cache-Control"] = "public, no-cache"
            response.vary.add("Cookie")
            response.vary.add("Accept-Encoding")
            response.add_etag(weak=True)  # the same tag stands for the packed and the plain page
            response.headers[_MARK] = "1"
            response.make_conditional(request)
            return response
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    return wrapper  # type: ignore[return-value]


@dataclass(frozen=True)
class _Entry:
    until: float
    withdrawn: int
    etag: str
    headers: Headers
    body: bytes
    zipped: bytes

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped)


class PageCache:
    """WSGI middleware: see the module's text. It must stand behind whatever rewrites host and scheme."""

    def __init__(
        self,
        app: Callable[..., Iterable[bytes]],
        *,
        seconds: float,
        session_cookie: str,
        told_by: Path | None = None,
    ) -> None:
        self._app = app
        self._seconds = seconds
        self._session_cookie = session_cookie
        self._told_by = told_by
        self._entries: OrderedDict[tuple[str, ...], _Entry] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve from memory, or pass on and remember what comes back marked."""
        key = self._key(environ) if environ["REQUEST_METHOD"] == "GET" else None
        entry = self._entries.get(key) if key else None
        if entry is None or entry.until <= time.monotonic() or entry.withdrawn != self._count():
            return self._pass(environ, start_response, key)
        return _answer(entry, environ, start_response)

    def _count(self) -> int:
        return withdrawn.count(self._told_by) if self._told_by else 0

    def _key(self, environ: Environ) -> tuple[str, ...] | None:
        """What a visitor's page depends on; None for whoever has a session."""
        lang = theme = ""
        if header := environ.get("HTTP_COOKIE", ""):
            cookies = parse_cookie(header)  # as Flask reads them: another reading would mix up languages
            if self._session_cookie in cookies:
                return None
            lang, theme = cookies.get("lang", ""), cookies.get("theme", "")
        return (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_HOST", ""),
            environ.get("SCRIPT_NAME", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            lang,
            theme,
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

        count = self._count()  # before the page is made: what is withdrawn meanwhile makes it old
        chunks = self._app(environ, start)
        if key is None or not self._seconds or not marked or _sets_cookie(marked[0]):
            return chunks
        body = _collect(chunks)
        if len(body) <= _MAX_PAGE:
            self._store(key, marked[0], body, count)
        return [body]

    def _store(self, key: tuple[str, ...], headers: Headers, body: bytes, count: int) -> None:
        kept = [(name, value) for name, value in headers if name.lower() not in _OF_ONE_ANSWER]
        etag = next((value for name, value in kept if name.lower() == "etag"), "")
        until = time.monotonic() + self._seconds
        entry = _Entry(
            until, count, etag.removeprefix("W/").strip('"'), kept, body, gzip.compress(body, 6, mtime=0)
        )
        with self._lock:
            self._drop(key)
            self._entries[key] = entry
            self._size += entry.size
            while len(self._entries) > _MAX_ENTRIES or self._size > _MAX_TOTAL:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: tuple[str, ...]) -> None:
        if old := self._entries.pop(key, None):
            self._size -= old.size


def _sets_cookie(headers: Headers) -> bool:
    return any(name.lower() == "set-cookie" for name, _ in headers)


def _collect(chunks: Iterable[bytes]) -> bytes:
    try:
        return b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()


def _answer(entry: _Entry, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if known and entry.etag and parse_etags(known).contains_weak(entry.etag):
        start_response("304 Not Modified", [h for h in entry.headers if h[0].lower() != "content-type"])
        return [b""]
    packed = _TAKES_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")) is not None
    body = entry.zipped if packed else entry.body
    encoding = [("Content-Encoding", "gzip")] if packed else []
    start_response("200 OK", [*entry.headers, *encoding, ("Content-Length", str(len(body)))])
    return [body]

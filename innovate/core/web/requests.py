"""What is taken from a request before any view sees it: readable text without NUL, numbers a database can hold.

And how addresses of pages are made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

import flask
from flask import Flask, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, Map, Rule

from innovate.core.numbers import LARGEST

_FORM = "application/x-www-form-urlencoded"


class Request(flask.Request):
    """Drops NUL characters from what was typed or pasted: no database keeps them, and nobody means them."""

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        super()._load_form_data()
        if not loaded and any("\0" in value for _, value in self.form.items(multi=True)):
            pairs = [(name, value.replace("\0", "")) for name, value in self.form.items(multi=True)]
            self.__dict__["form"] = ImmutableMultiDict(pairs)


class _RowNumber(IntegerConverter):
    """`<int:…>` up to what a column holds; anything larger is no page of ours."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST, **options})


class _Rule(Rule):
    """Compiles the function that makes its addresses when somebody asks for one.

    All of them at once are a sixth of what it takes to build the application, and one process needs a few.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        place = "_build_unknown" if append_unknown else "_build"

        def build(rule: _Rule, /, **values: Any) -> tuple[str, str]:
            made = super(_Rule, rule)._compile_builder(append_unknown).__get__(rule, None)
            setattr(rule, place, made)
            return made(**values)

        return build


def init_requests(app: Flask) -> None:
    """Install it, before any route is added."""
    app.request_class = Request
    app.url_rule_class = _Rule
    app.url_map.converters["int"] = _RowNumber
    app.before_request(refuse_unreadable)


def refuse_unreadable() -> None:
    """400 for an address or form that is not UTF-8: guessing would store something else than was sent."""
    if "\0" in request.path or b"\0" in unquote_to_bytes(request.query_string):
        raise BadRequest("a NUL in the address")
    sent = [request.query_string]
    if request.mimetype == _FORM:
        if (request.content_length or 0) > (request.max_form_memory_size or 0):
            raise RequestEntityTooLarge  # Werkzeug holds only multipart forms to this limit
        sent.append(request.get_data())
    for raw in sent:
        try:
            unquote_to_bytes(raw).decode()
        except UnicodeDecodeError as error:
            raise BadRequest("text that is not UTF-8") from error

"""Errors as pages (or JSON for our scripts), in the voice of the product."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from innovate.core import db as database
from innovate.core.errors import DomainError
from innovate.core.web.access import wants_json

log = logging.getLogger(__name__)
PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def init_error_pages(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, show_domain_error)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_crash)


def show_domain_error(error: DomainError) -> ResponseReturnValue:
    """A refusal that no form caught."""
    if wants_json():
        return jsonify(
            error=type(error).__name__.lower(), message=str(error.message), **error.details
        ), error.status
    message = None if error.status in {403, 404} else error.message
    return _page(error.status, message)


def show_csrf_error(error: CSRFError) -> ResponseReturnValue:
    """A form older than its session."""
    if wants_json():
        return jsonify(error="csrf", message=error.description), 400
    return _page(400, None)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """What Flask and Werkzeug raise; redirects and prepared answers pass through."""
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    if wants_json():
        return jsonify(error=error.name, message=error.description), status
    body, code = _page(status, None)
    headers = [(k, v) for k, v in error.get_headers() if k.lower() not in {"content-type", "content-length"}]
    return body, code, headers


def show_crash(error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged with its trace, nothing of it shown."""
    if current_app.testing and not current_app.config.get("CRASH_PAGES"):
        raise error
    log.error("unhandled error", exc_info=error)
    database.rollback()
    return (jsonify(error="server"), 500) if wants_json() else _page(500, None)


def _page(status: int, message: Any) -> tuple[str, int]:
    return render_template(f"errors/{status if status in PAGES else 400}.html", message=message), status

"""Errors as pages (or JSON for our scripts), in the voice of the product."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, current_app, flash, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from innovate.core import db as database
from innovate.core.errors import DomainError
from innovate.core.web import kept_forms
from innovate.core.web.access import send_to_sign_in, tell_other_person, wants_json
from innovate.core.web.field_messages import FIELD_MESSAGES
from innovate.core.web.request_log import request_id

log = logging.getLogger(__name__)
PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def init_error_pages(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, show_domain_error)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(SecurityError, show_wrong_host)
    app.register_error_handler(OperationalError, show_database_down)
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
        return jsonify(error="csrf", message=FIELD_MESSAGES.gettext(str(error.description))), 400
    log.warning("refused a form: %s", error.description)
    return _find_writer() or _page(400, None)


def _find_writer() -> ResponseReturnValue | None:
    """A form that says truly whose it is was only too old: its writer gets the text back. Others get no answer here."""
    owner = kept_forms.posted_owner()
    if owner is None:
        return None
    if not current_user.is_authenticated:
        return send_to_sign_in()
    if owner[0] != current_user.public_id:
        return tell_other_person()
    page = kept_forms.keep_posted()
    if page is None:
        return None
    flash(
        _("Halaman itu sudah terlalu lama terbuka, jadi belum tersimpan. Periksa tulisan Anda, lalu simpan."),
        "error",
    )
    return redirect(page)


def show_wrong_host(_error: SecurityError) -> ResponseReturnValue:
    """Asked under a name that is not ours: no page, since no address could be made for its links."""
    log.warning("refused the host %r", request.headers.get("Host", "")[:200])
    return "400: this host name is not served here\n", 400, {"Content-Type": "text/plain"}


def show_database_down(error: OperationalError) -> ResponseReturnValue:
    """The database does not answer, or was locked for too long: nothing was written, trying again is right."""
    _raise_in_tests(error)
    log.error("the database does not answer", exc_info=error)
    _forget_the_person()
    body, status = (jsonify(error="unavailable"), 503) if wants_json() else _page(503, None)
    return body, status, {"Retry-After": "30"}


def _raise_in_tests(error: Exception) -> None:
    if current_app.testing and not current_app.config.get("CRASH_PAGES"):
        raise error


def _forget_the_person() -> None:
    """The page is shown without asking the database who reads it."""
    database.give_up()
    login: Any = current_app.extensions.get("login_manager") or current_app.login_manager  # type: ignore[attr-defined]
    g._login_user = login.anonymous_user()  # noqa: SLF001 - where Flask-Login keeps it


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """What Flask and Werkzeug raise; redirects and prepared answers pass through."""
    status = error.code or 500
    if status == 400:
        log.warning("refused a request: %s", error.description)
    if status < 400 or error.response is not None:
        return error
    if wants_json():
        return jsonify(error=error.name, message=error.description), status
    body, code = _page(status, None)
    headers = [(k, v) for k, v in error.get_headers() if k.lower() not in {"content-type", "content-length"}]
    return body, code, headers


def show_crash(error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged with its trace, nothing of it shown."""
    _raise_in_tests(error)
    log.error("unhandled error", exc_info=error)
    _forget_the_person()
    return (jsonify(error="server"), 500) if wants_json() else _page(500, None)


def _page(status: int, message: Any) -> tuple[str, int]:
    number = request_id() if status == 400 or status >= 500 else ""  # those that the log tells more about
    name = f"errors/{status if status in PAGES else 400}.html"
    return render_template(name, message=message, request_id=number), status

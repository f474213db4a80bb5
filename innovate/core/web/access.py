"""Default deny: a page needs a signed-in person unless its view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

F = TypeVar("F", bound=Callable[..., Any])


def public(view: F) -> F:
    """Mark a view that visitors may open without an account."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def wants_json() -> bool:
    """Whether the caller is a script of our own rather than a page load."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def check_signed_in() -> ResponseReturnValue | None:
    """Send visitors to sign in (401 to scripts) unless the view is public; unknown addresses fall through to 404."""
    view = current_app.view_functions.get(request.endpoint or "")
    if (
        view is None
        or request.endpoint == "static"
        or getattr(view, "is_public", False)
        or current_user.is_authenticated
    ):
        return None
    if wants_json():
        return jsonify(
            error="signed_out",
            message=_("Sesi Anda telah berakhir. Masuk kembali untuk melanjutkan."),
            sign_in=url_for("accounts.sign_in"),
        ), 401
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    flash(
        _("Sesi Anda telah berakhir, jadi perubahan tadi belum tersimpan. Masuk kembali untuk melanjutkan."),
        "error",
    )
    return redirect(url_for("accounts.sign_in", next=safe_path(request.referrer)))


def safe_path(target: str | None, default: str = "") -> str:
    """A path on this site out of `target`, or the default: never a way to another site."""
    if not target or any(ord(c) < 33 for c in target) or "\\" in target:
        return default
    try:
        parts = urlsplit(target)
    except ValueError:  # brackets or signs that no host may have
        return default
    if parts.netloc and parts.netloc != request.host:
        return default
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/") and not path.startswith("//") else default


def init_access(app: Flask) -> None:
    """Install the default-deny check."""
    app.before_request(check_signed_in)

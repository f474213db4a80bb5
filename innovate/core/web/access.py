"""Default deny: a page needs a signed-in person unless its view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from innovate.core.web import kept_forms
from innovate.core.web.unit_of_work import SAFE

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
        return _signed_out()
    if request.method in SAFE:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    return send_to_sign_in()


def send_to_sign_in() -> ResponseReturnValue:
    """The way to the sign-in page after a form of an ended session; its text is kept if the form says whose it is."""
    page = kept_forms.keep_posted()
    if page:
        text = _("Sesi Anda telah berakhir. Tulisan Anda disimpan; masuk kembali dan ia ada di formulirnya.")
    else:
        text = _(
            "Sesi Anda telah berakhir, jadi perubahan tadi belum tersimpan. Masuk kembali untuk melanjutkan."
        )
    flash(text, "error")
    return redirect(url_for("accounts.sign_in", next=page or safe_path(request.referrer)))


def check_same_person() -> ResponseReturnValue | None:
    """A form that another person opened in this browser changes nothing under whoever is signed in now."""
    if request.method in SAFE or not current_user.is_authenticated:
        return None
    owner = kept_forms.posted_owner()
    if owner is None or owner[0] == current_user.public_id:
        return None
    if wants_json():
        return _signed_out()
    return tell_other_person()


def tell_other_person() -> ResponseReturnValue:
    """The page that says so; the text waits for its writer."""
    kept = kept_forms.keep_posted()
    message = _("Formulir ini dibuka dengan akun lain di peramban ini. Tidak ada yang disimpan ke akun Anda.")
    if kept:
        message += " " + _("Tulisannya disimpan untuk pemilik akun itu dan ada lagi setelah ia masuk.")
    return render_template("errors/409.html", message=message, request_id=""), 409


def _signed_out() -> ResponseReturnValue:
    return jsonify(
        error="signed_out",
        message=_("Sesi Anda telah berakhir. Masuk kembali untuk melanjutkan."),
        sign_in=url_for("accounts.sign_in"),
    ), 401


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
    """Install the default-deny check, and the one that a form is its sender's own."""
    app.before_request(check_signed_in)
    app.before_request(check_same_person)

"""What was typed into a form that cannot be taken is kept for its writer, who finds it in the form again.

A form of a signed-in person carries a signed mark of whose page it is and which form. When it arrives after the session
ended, with an outdated token, or under another person, its text goes to the shelf (a table of accounts) instead of
getting lost: never to whoever is signed in now. Without script this is what saves it; scripts keep a copy of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

OWNER = "form_owner"
KEPT = "kept_form"
_FLAG = "kept_forms"  # in the session: whether there is anything to look for
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_NOT_TYPED = frozenset({OWNER, KEPT, "csrf_token"})
_LONGEST_PATH = 500
_MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class Kept:
    """One form's text. `form` names the form's class, `path` the page it stands on; `fields` are pairs as sent."""

    public_id: str
    form: str
    path: str
    fields: list[list[str]]
    had_files: bool
    at: datetime

    @property
    def values(self) -> MultiDict[str, str]:
        """The fields as a form reads them."""
        return MultiDict((name, value) for name, value in self.fields)


class Shelf(Protocol):
    """Where kept forms lie; people are named by their public id."""

    def keep(self, owner: str, form: str, path: str, fields: list[list[str]], *, had_files: bool) -> bool:
        """Put a form's text down durably, in place of an older one of this page; False for an unknown person."""

    def find(self, owner: str, path: str) -> Kept | None:
        """What the person left on this page."""

    def drop(self, owner: str, public_id: str) -> int:
        """Forget what was saved meanwhile or is not wanted; how many the person still has."""


def init_kept_forms(app: Flask) -> None:
    """Give templates the marks and the text found again; forget it once it was saved."""
    app.jinja_env.globals.update(form_owner=form_owner, kept_form=lambda: g.get("kept_shown"))
    app.jinja_env.globals["has_kept_forms"] = lambda: bool(session.get(_FLAG))
    app.after_request(_drop_saved)


def use_shelf(app: Flask, shelf: Shelf) -> None:
    """Say where the texts lie (a feature's init_app)."""
    app.extensions["kept_forms"] = shelf


def note_kept(count: int) -> None:
    """Remember in the session whether the signed-in person has kept texts; call it on signing in."""
    if count:
        session[_FLAG] = True
    else:
        session.pop(_FLAG, None)


# -- marks --------------------------------------------------------------------------------------------------------


def form_owner(form: Any) -> Markup:
    """Hidden fields for a form with typed text: whose it is, and which kept text it shows. Nothing for visitors,
    nor for forms with passwords, which are never kept.
    """
    if form is None or not current_user.is_authenticated or _asks_for_a_secret(form):
        return Markup("")
    mark = _signer().dumps([current_user.public_id, form if isinstance(form, str) else type(form).__name__])
    shown = g.kept_shown.public_id if g.get("kept_shown") else _posted_kept()
    more = Markup('<input type="hidden" name="{}" value="{}">').format(KEPT, shown) if shown else ""
    return Markup('<input type="hidden" name="{}" value="{}">{}').format(OWNER, mark, more)


def _posted_kept() -> str:
    """A form shown again after a refusal still holds the text that was found again."""
    return request.form.get(KEPT, "") if request.method == "POST" and request.mimetype in _FORMS else ""


def _asks_for_a_secret(form: Any) -> bool:
    return not isinstance(form, str) and any(field.type == "PasswordField" for field in form)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="form-owner")


def posted_owner() -> tuple[str, str] | None:
    """Whose page the form being sent comes from, and which form it is; None if it does not say, or not truly."""
    if request.mimetype not in _FORMS or OWNER not in request.form:
        return None
    try:
        owner, form = _signer().loads(request.form[OWNER])
    except (BadSignature, ValueError, TypeError):
        return None
    return str(owner), str(form)


# -- keeping ------------------------------------------------------------------------------------------------------


def keep_posted() -> str | None:
    """Keep the text being sent for its writer; the path of the page that shows it again, None if nothing was kept."""
    found, shelf = posted_owner(), current_app.extensions.get("kept_forms")
    fields = [[name, value] for name, value in request.form.items(multi=True) if name not in _NOT_TYPED]
    if found is None or shelf is None or not any(value.strip() for _name, value in fields):
        return None
    if sum(len(name) + len(value) for name, value in fields) > _MOST_CHARACTERS:
        return None
    path = _page_of_form()
    had_files = any(upload.filename for upload in request.files.values())
    if path is None or not shelf.keep(*found, path, fields, had_files=had_files):
        return None
    if current_user.is_authenticated and current_user.public_id == found[0]:
        session[_FLAG] = True
    return path


def _page_of_form() -> str | None:
    """Where the form stands: at the address it was sent to if that is a page, else where it came from."""
    if _is_page(request.path):
        return request.full_path.rstrip("?")[:_LONGEST_PATH]
    base = request.host_url.rstrip("/")
    referrer = request.referrer or ""
    path = referrer.removeprefix(base) if referrer.startswith(f"{base}/") else ""
    return path[:_LONGEST_PATH] if path and _is_page(path.partition("?")[0]) else None


def _is_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except (HTTPException, RequestRedirect):
        return False


# -- finding again ------------------------------------------------------------------------------------------------


def take_kept(form: str) -> Kept | None:
    """What the present person left in this form of this page; the page then says so. Only on reading a page."""
    if request.method not in {"GET", "HEAD"} or not current_user.is_authenticated or not session.get(_FLAG):
        return None
    kept = _find_here()
    if kept is None or kept.form != form:
        return None
    g.kept_shown = kept
    return kept


def _find_here() -> Kept | None:
    if "kept_here" not in g:
        shelf = current_app.extensions.get("kept_forms")
        path = request.full_path.rstrip("?")[:_LONGEST_PATH]
        g.kept_here = shelf.find(current_user.public_id, path) if shelf else None
    return g.kept_here


def _drop_saved(response: Response) -> Response:
    """The text found again was sent and taken: forget the copy in the same transaction."""
    if (
        request.method == "POST"
        and response.status_code < 400
        and request.mimetype in _FORMS
        and KEPT in request.form
        and current_user.is_authenticated
    ):
        shelf = current_app.extensions.get("kept_forms")
        if shelf is not None:
            note_kept(shelf.drop(current_user.public_id, request.form[KEPT]))
    return response

"""Texts that were typed and could not be sent: the shelf of `core.web.kept_forms`, and a page that lists them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from innovate.accounts import queries
from innovate.accounts.models import KeptForm
from innovate.accounts.routes.blueprint import blueprint
from innovate.accounts.services import kept_forms as services
from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.web.kept_forms import Kept, note_kept, use_shelf
from innovate.core.web.plumbing import Plumbing

_WORTH_SHOWING = 12  # characters; shorter answers are quickly chosen again, and many are numbers of versions


class TableShelf:
    """Kept forms in the database."""

    def keep(self, owner: str, form: str, path: str, fields: list[list[str]], *, had_files: bool) -> bool:
        """In a transaction of its own: the request that brought the text is refused."""
        with transaction():
            return services.keep_form(owner, form, path, fields, had_files=had_files, at=clock.now())

    def find(self, owner: str, path: str) -> Kept | None:
        """What the person left on this page."""
        row = queries.find_kept_form(owner, path)
        if row is None:
            return None
        return Kept(row.public_id, row.form, row.path, row.fields, row.had_files, row.at)

    def drop(self, owner: str, public_id: str) -> int:
        """Forget one; how many are left."""
        return services.drop_form(owner, public_id)


def init_app(plumbing: Plumbing) -> None:
    """Offer the shelf."""
    use_shelf(plumbing.app, TableShelf())


@blueprint.get("/akun/tulisan")
def kept_texts() -> ResponseReturnValue:
    """Every text that waits, with the way to its form."""
    rows = queries.list_kept_forms(current_user.id)
    return render_template("accounts/kept_texts.html", rows=[(row, _texts_of(row)) for row in rows])


@blueprint.post("/akun/tulisan/<public_id>/buang")
def drop_kept_text(public_id: str) -> ResponseReturnValue:
    """Forget one that is not wanted."""
    note_kept(services.drop_form(current_user.public_id, public_id))
    flash(_("Tulisan itu dibuang."), "success")
    return redirect(url_for("accounts.kept_texts"))


def _texts_of(row: KeptForm) -> list[str]:
    return [value for _name, value in row.fields if len(value.strip()) >= _WORTH_SHOWING]

"""A juror's private notes beside the entry: an ordinary form that also saves itself."""

from __future__ import annotations

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import DomainError
from innovate.core.web.localisation import show_time
from innovate.core.web.unit_of_work import defers_write
from innovate.events.guard import signed_in_user
from innovate.scoring.forms.ballot import read_version
from innovate.scoring.guard import enter_sheet_fast
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services.jottings import keep_note


@blueprint.post("/juri/karya/<public_id>/catatan-pribadi")
@defers_write
def jot(slug: str, public_id: str) -> ResponseReturnValue:
    """Keep private notes: JSON for the script, the page again without one."""
    sheet = enter_sheet_fast(slug, public_id)
    user: User = signed_in_user()  # type: ignore[assignment]
    text = request.form.get("catatan_pribadi", "").replace("\r\n", "\n").strip()
    asked = request.headers.get("X-Requested-With") == "fetch"
    typed_on = request.form.get("version", request.form.get("versi", ""))  # the script counts on by itself
    begin_write()
    try:
        note = keep_note(user, sheet, text, version=read_version({"version": typed_on}), at=clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        if asked:
            return jsonify(message=str(refusal.message), **refusal.details), refusal.status
        flash(str(refusal.message), "error")
        return redirect(url_for("scoring.score", slug=slug, public_id=public_id))
    if asked:
        saved_at = show_time(note.updated_at).split(" ")[0]
        return jsonify(version=note.version, saved_at=saved_at, text=note.text)
    flash(_("Catatan pribadi disimpan."), "success")
    return redirect(url_for("scoring.score", slug=slug, public_id=public_id))

"""The page as a PDF."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from innovate.core import clock, storage
from innovate.core.errors import Refused
from innovate.leaders.guard import enter
from innovate.leaders.queries.papers import get_paper
from innovate.leaders.routes.mount import blueprint
from innovate.leaders.routes.page import args_of, asked_frame
from innovate.leaders.services import printing


@blueprint.post("/pdf", endpoint="print_page")
def print_page() -> ResponseReturnValue:
    """Have the runner set it."""
    user = enter()
    args = args_of(asked_frame())
    try:
        printing.ask_for_paper(user, args, locale=str(get_locale() or "id"), at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("leaders.index", _anchor="pdf", **dict[str, Any](args)))


@blueprint.get("/pdf/<public_id>", endpoint="download")
def download(public_id: str) -> ResponseReturnValue:
    """What was made for the reader; 404 to others."""
    user = enter()
    paper = get_paper(public_id, user.id)
    response = current_app.response_class(storage.stream(paper.key), mimetype="application/pdf")
    response.content_length = paper.size
    response.headers["Content-Disposition"] = f'attachment; filename="pimpinan-{paper.year}.pdf"'
    return response

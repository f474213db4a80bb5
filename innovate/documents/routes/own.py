"""One's own certificates."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound
from innovate.documents.domain.kinds import Audience
from innovate.documents.queries.papers import get_own, list_own
from innovate.documents.routes.mount import blueprint, send_paper
from innovate.documents.words import AUDIENCES
from innovate.events.guard import signed_in_user


@blueprint.get("/sertifikat-saya")
def own() -> ResponseReturnValue:
    """Every certificate in force of the person signed in."""
    user = signed_in_user()
    if user is None:
        raise NotFound
    rows = [(row, AUDIENCES[Audience(row.subject.partition(":")[0])]) for row in list_own(user.id)]
    return render_template("documents/own.html", rows=rows)


@blueprint.get("/sertifikat-saya/<document_id>/naskah.pdf")
def own_paper(document_id: str) -> ResponseReturnValue:
    """One of them as PDF; others' are 404."""
    user = signed_in_user()
    if user is None:
        raise NotFound
    return send_paper(get_own(user.id, document_id))

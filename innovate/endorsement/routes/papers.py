"""Letters and scans, given as attachments to who may have them."""

from __future__ import annotations

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from innovate.core import storage
from innovate.core.errors import NotFound, require
from innovate.endorsement.guard import enter_papers
from innovate.endorsement.models import Letter, PaperScan
from innovate.endorsement.queries.chains import find_letter_of, get_letter, get_scan
from innovate.endorsement.queries.hats import find_hat
from innovate.endorsement.routes.mount import blueprint
from innovate.ideas import policy as ideas


@blueprint.get("/k/<slug>/pengesahan/<idea_id>/surat/<letter_id>")
def letter(slug: str, idea_id: str, letter_id: str) -> ResponseReturnValue:
    """A letter of the head of the unit. Those who screen get the one the proposal was handed in with."""
    actor, idea = enter_papers(slug, idea_id)
    found = get_letter(idea.id, letter_id)
    if not ideas.can_see_own(actor, idea) and not find_hat(actor, idea).reads:
        handed_in = find_letter_of(idea)
        require(handed_in is not None and handed_in[0].id == found.id, NotFound())
    return _send(found)


@blueprint.get("/k/<slug>/pengesahan/<idea_id>/pindaian/<scan_id>")
def scan(slug: str, idea_id: str, scan_id: str) -> ResponseReturnValue:
    """A scanned file of what came on paper."""
    _actor, idea = enter_papers(slug, idea_id)
    return _send(get_scan(idea.id, scan_id))


def _send(file: Letter | PaperScan) -> Response:
    response = current_app.response_class(storage.stream(file.storage_key), mimetype=file.media_type)
    plain = file.filename.encode("ascii", "ignore").decode() or "berkas"
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": plain})
    response.headers["Cache-Control"] = "private, no-store"
    response.content_length = file.size
    return response

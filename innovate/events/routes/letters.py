"""Letters that moved deadlines rest on."""

from __future__ import annotations

from flask import Response, current_app, request
from werkzeug.http import dump_options_header

from innovate.core import storage
from innovate.core.errors import NotFound, require
from innovate.core.web.access import public
from innovate.events import policy, queries
from innovate.events.guard import enter
from innovate.events.routes.mount import blueprint
from innovate.events.services.letters import LetterFile


def read_letter() -> LetterFile | None:
    """The file in the field `letter` of what was sent."""
    upload = request.files.get("letter")
    if upload is None or not upload.filename:
        return None
    limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
    return LetterFile(upload.filename, upload.stream.read(limit + 1), limit)


@blueprint.get("/k/<slug>/surat/<letter_id>")
@public
def letter(slug: str, letter_id: str) -> Response:
    """The file: for everybody where it is public, else for the committee's readers."""
    actor = enter(slug)
    row = queries.get_letter(actor.event.id, letter_id)
    require(row.is_public or policy.can_read_all(actor), NotFound())
    response = Response(storage.stream(row.storage_key), mimetype=row.media_type)
    plain = row.filename.encode("ascii", "ignore").decode() or "surat.pdf"
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": plain})
    response.headers["Cache-Control"] = "no-cache" if row.is_public else "private, no-store"
    response.content_length = row.size
    return response

"""The file with the data of a challenge: coming in and going out."""

from __future__ import annotations

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from innovate.core import storage
from innovate.core.errors import NotFound, require
from innovate.events import policy as events_policy
from innovate.events.guard import enter
from innovate.partners import policy
from innovate.partners.domain.kinds import Stage
from innovate.partners.guard import may_take_data
from innovate.partners.queries import dealings
from innovate.partners.routes.mount import blueprint
from innovate.partners.services.datasets import Sent


def read_file() -> Sent | None:
    """The file of the form, or None."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return None
    limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
    return Sent(upload.filename, upload.stream.read(limit + 1), limit)


@blueprint.get("/k/<slug>/tantangan/<challenge_id>/data")
def challenge_data(slug: str, challenge_id: str) -> ResponseReturnValue:
    """For the teams of the event, those with a role in it, and the members of the organisation."""
    actor = enter(slug)
    found = dealings.get_challenge(actor.event.id, challenge_id)
    member, seen = may_take_data(actor, found)
    public = found.state is Stage.ACCEPTED or events_policy.can_read_all(actor) or policy.is_manager(member)
    require(bool(found.storage_key) and seen and public, NotFound())
    answer = Response(storage.stream(found.storage_key), mimetype=found.media_type)
    plain = found.filename.encode("ascii", "ignore").decode() or "data"
    answer.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": plain})
    answer.headers["Cache-Control"] = "private, no-store"
    answer.content_length = found.size
    return answer

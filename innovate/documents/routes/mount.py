"""The blueprint of papers, and what every door needs."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from flask import Blueprint, Response, current_app, request, stream_with_context
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.audit.exports.names import add_names
from innovate.core import storage
from innovate.core.errors import NotFound, Refused, require
from innovate.core.web.plumbing import Plumbing
from innovate.documents.exports import stream_archive
from innovate.documents.models import Document
from innovate.documents.queries.papers import TRAIL_NAMES
from innovate.documents.queries.trainings import map_own
from innovate.documents.services import logos, setting
from innovate.documents.services.trainings import issuing
from innovate.learning.queries import record

blueprint = Blueprint("documents", __name__)


def init_app(_plumbing: Plumbing) -> None:
    """Offer the setting of papers to the runner, and their numbers to the trail."""
    setting.connect()
    issuing.connect()
    if map_own not in record.certificates:
        record.certificates.append(map_own)
    add_names(TRAIL_NAMES)


def site() -> str:
    """Where this site is found from outside."""
    return str(current_app.config["PUBLIC_URL"] or request.url_root).rstrip("/")


def read_logo() -> bytes:
    """The picture of a form for logos, written anew; Refused for anything that is none. Slow."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Refused(_("Pilih gambar PNG atau JPEG."), field="file")
    return logos.redraw_logo(sent.filename, sent.stream.read(logos.MOST_BYTES + 1))


def show_logo(key: str) -> str:
    """Its address within a page, empty without one."""
    return f"data:image/png;base64,{b64encode(storage.read(key)).decode()}" if key else ""


def send_paper(row: Document) -> Response:
    """The PDF that is served for a paper: the signed one where there is one. 404 while it is being set."""
    require(row.is_set, NotFound())
    key, size = row.served
    return send_pdf(storage.stream(key), size, f"{row.kind.value}-{row.year}-{row.sequence:03d}.pdf")


def send_archive(rows: Sequence[Document], name: str) -> Response:
    """Papers as one ZIP for one reader alone, written while it is sent."""
    content = stream_with_context(stream_archive(rows))
    response = current_app.response_class(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def send_pdf(content: object, size: int, name: str) -> Response:
    """A PDF for one reader alone."""
    response = current_app.response_class(content, mimetype="application/pdf")  # type: ignore[arg-type]
    response.content_length = size
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""The service worker: one script at the root, so that it may stand in for every page below /k/."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify
from flask_wtf.csrf import generate_csrf

from innovate.core.errors import NotFound
from innovate.core.web.access import public
from innovate.events.guard import signed_in_user

blueprint = Blueprint("offline", __name__)


@blueprint.get("/pekerja.js")
@public
def worker() -> Response:
    """The script with the build's name on top: a new build is a new worker. It is asked for again at every visit."""
    source = Path(str(current_app.static_folder)) / "js" / "worker.js"
    build = current_app.extensions["assets"].build()
    response = current_app.response_class(
        f'const BUILD = "{build}";\n{source.read_text("utf-8")}', mimetype="text/javascript"
    )
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/k/"
    return response


@blueprint.get("/pekerja/sesi")
def present() -> Response:
    """Whose session this is, and a fresh token: asked before a device sends what its owner wrote earlier."""
    user = signed_in_user()
    if user is None:
        raise NotFound
    return jsonify(owner=user.public_id, token=generate_csrf())

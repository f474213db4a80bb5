"""The blueprint of data protection, and where it joins the features below it."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events.routes.launch import CURES
from innovate.privacy.queries.impact import TRAIL_NAMES
from innovate.privacy.services import beginnings, copying, leftovers, parts, retention

blueprint = Blueprint("privacy", __name__)
ROOM = "/k/<slug>/kelola/pelindungan-data"


def init_app(_plumbing: Plumbing) -> None:
    """Join erasure, the runner, the beginning of events, the way to launch, and the trail."""
    add_names(TRAIL_NAMES)
    parts.connect()
    leftovers.connect()
    copying.connect()
    retention.connect()
    beginnings.connect()
    CURES["impact"] = (
        _l("Penilaian dampak pelindungan data ditandatangani"),
        _l("Orang dinilai, jadi dampaknya dinilai lebih dahulu. Juri baru dapat mulai sesudahnya."),
        "privacy.room",
        {},
    )

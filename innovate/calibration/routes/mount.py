"""The blueprint of calibration, and where it joins the juror's queue."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.calibration.policy import can_practise
from innovate.calibration.queries import TRAIL_NAMES, find_waiting
from innovate.calibration.services import endings
from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.scoring.routes.company import Work, add_work

blueprint = Blueprint("calibration", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Tell jurors of a practice entry that waits for them."""
    add_work("calibration", _find_work)
    add_names(TRAIL_NAMES)
    endings.connect()


def _find_work(actor: Actor, _at: datetime) -> Work | None:
    waiting = find_waiting(actor) if can_practise(actor) else None
    if waiting is None:
        return None
    round_, practice = waiting
    return Work(
        title=_l("Latihan penilaian: %(title)s", title=practice.title),
        text=_l("Semua juri menilai karya yang sama, lalu melihat sebarannya. Tidak ikut dihitung."),
        label=_l("Nilai karya latihan"),
        endpoint="calibration.practise",
        values={"slug": actor.event.slug, "number": round_.number},
    )

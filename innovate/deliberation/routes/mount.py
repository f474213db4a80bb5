"""The blueprint of deliberation, and where it joins the juror's queue."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.core.web.plumbing import Plumbing
from innovate.deliberation.policy import can_sit
from innovate.deliberation.queries.sessions import find_waiting
from innovate.events.policy import Actor
from innovate.scoring.routes.company import Work, add_work

blueprint = Blueprint("deliberation", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Tell jurors of an outcome that waits for their signature."""
    add_work("deliberation", _find_work)


def _find_work(actor: Actor, _at: datetime) -> Work | None:
    waiting = find_waiting(actor) if can_sit(actor) else None
    if waiting is None:
        return None
    round_, session = waiting
    return Work(
        title=_l("Sidang juri: %(name)s", name=round_.phase.name),
        text=_l("Bandingkan nilai, ubah nilai Anda bila perlu dengan alasan, lalu setujui hasilnya.")
        if session.is_open
        else _l("Sidang sudah ditutup. Hasilnya menunggu pengesahan Anda."),
        label=_l("Ke sidang juri"),
        endpoint="deliberation.desk",
        values={"slug": actor.event.slug, "number": round_.number},
    )

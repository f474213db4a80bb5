"""The blueprint of paper sheets, and where it joins the juror's queue."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.paper.policy import can_own
from innovate.paper.queries.sheets import count_own_papers
from innovate.scoring.routes.company import Work, add_work

blueprint = Blueprint("paper", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Tell jurors what was typed from their paper."""
    add_work("paper", _find_work)


def _find_work(actor: Actor, _at: datetime) -> Work | None:
    count = count_own_papers(actor.event.id, actor.user_id) if can_own(actor) else 0
    if not count:
        return None
    return Work(
        title=_l("%(n)s lembar kertas Anda sudah dimasukkan", n=count),
        text=_l("Panitia mengetik nilai dari kertas Anda. Periksa apakah sesuai dengan yang Anda tulis."),
        label=_l("Periksa nilai dari kertas"),
        endpoint="paper.own_list",
        values={"slug": actor.event.slug},
    )

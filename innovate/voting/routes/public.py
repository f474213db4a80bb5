"""What everybody sees of a vote: its entries in an order of their own, and its outcome once it is public."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.web.access import public
from innovate.events.models import Group, Track
from innovate.events.policy import Actor
from innovate.voting.domain.order import shuffle
from innovate.voting.domain.stages import Stage
from innovate.voting.guard import enter_poll
from innovate.voting.models import Poll
from innovate.voting.queries.entries import Entrant, list_standing
from innovate.voting.queries.polls import is_public
from innovate.voting.queries.totals import load_count
from innovate.voting.routes.mount import blueprint
from innovate.voting.words import STAGES

ORDER_COOKIE = "innovate_order"
_SEED = re.compile(r"[0-9a-f]{16}")
_MONTH = 30 * 24 * 3600


@blueprint.get("/favorit/<poll_id>")
@public
def show(slug: str, poll_id: str) -> ResponseReturnValue:
    """The entries one may choose, or the outcome. Never cached: its order is the visitor's own."""
    actor, poll = enter_poll(slug, poll_id)
    return show_poll(actor, poll)


def show_poll(actor: Actor, poll: Poll, *, error: str = "") -> Response:
    """The page; `error` says why a choice was not taken."""
    stage, now = poll.stage(clock.now()), clock.now()
    if is_public(poll, now):
        return _private(make_response(_render(actor, poll, stage, count=load_count(poll))))
    seed = _seed(poll)
    entrants = shuffle(list_standing(poll), seed, _key)
    chosen = set(request.values.getlist("pilih"))
    page = _render(
        actor,
        poll,
        stage,
        entrants=[entrant for entrant in entrants if _is_shown(entrant, chosen)],
        total=len(entrants),
        chosen=chosen,
        filters=_filters(),
        error=error,
    )
    response = _private(make_response(page, 422 if error else 200))
    response.set_cookie(
        ORDER_COOKIE,
        seed,
        max_age=_MONTH,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def _render(actor: Actor, poll: Poll, stage: Stage, **more: Any) -> str:
    values = {"entrants": [], "total": 0, "chosen": set(), "filters": {}, "error": "", "count": None}
    return render_template(
        "voting/show.html",
        event=actor.event,
        poll=poll,
        stage=stage,
        stages=STAGES,
        now=clock.now(),
        options=_list_options,
        **(values | more),
    )


def _list_options(rows: Sequence[Group | Track]) -> list[tuple[str, str]]:
    return [("", _("Semua")), *((row.code, row.name) for row in rows)]


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _key(entrant: Entrant) -> str:
    return entrant.public_id


def _filters() -> dict[str, str]:
    return {name: request.values.get(name, "")[:80] for name in ("q", "kelompok", "kategori")}


def _is_shown(entrant: Entrant, chosen: set[str]) -> bool:
    """What was chosen stays in sight whatever else is filtered."""
    wanted = _filters()
    return entrant.public_id in chosen or (
        wanted["kelompok"] in {"", entrant.group_code}
        and wanted["kategori"] in {"", entrant.track_code}
        and entrant.mentions(wanted["q"])
    )


def _seed(poll: Poll) -> str:
    """The visitor's own, kept in a cookie; who keeps none has one for a day that their network and browser give."""
    kept = request.cookies.get(ORDER_COOKIE, "")
    if _SEED.fullmatch(kept):
        return kept
    parts = (poll.public_id, str(clock.now().date()), request.remote_addr or "", request.user_agent.string)
    secret = str(current_app.config["SECRET_KEY"])
    return hashlib.sha256("\x00".join((secret, *parts)).encode()).hexdigest()[:16]

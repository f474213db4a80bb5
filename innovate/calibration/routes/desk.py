"""The juror's side: score the practice entry, later see where one stands among the others."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.calibration import policy
from innovate.calibration.models import PracticeState
from innovate.calibration.queries import (
    find_sheet,
    get_open_practice,
    list_practising,
    list_sheets,
    load_criteria,
    read_panel,
)
from innovate.calibration.routes.mount import blueprint
from innovate.calibration.services.sheets import save_sheet
from innovate.core import clock
from innovate.core.db import db
from innovate.core.errors import DomainError, NotFound, require
from innovate.events.guard import enter
from innovate.scoring.domain.rubric import Filled, normalised
from innovate.scoring.forms.ballot import read_scorecard


@blueprint.get("/juri/latihan/<int:number>")
def practise(slug: str, number: int) -> ResponseReturnValue:
    """The practice entry beside its scorecard; once shown, everyone's spread."""
    return _page(slug, number)


@blueprint.post("/juri/latihan/<int:number>", endpoint="hand_in")
def hand_in(slug: str, number: int) -> ResponseReturnValue:
    """Save as a draft, or hand in."""
    actor = enter(slug, policy.can_practise)
    round_, practice = get_open_practice(actor.event, number)
    filled = read_scorecard(request.form, [row.id for row in load_criteria(practice, round_)])
    final = request.form.get("langkah") == "ajukan"
    try:
        with db.session.begin_nested():
            save_sheet(actor, round_, practice, filled, hand_in=final, at=clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        return _page(slug, number, filled, refusal)
    text = (
        _("Latihan diajukan. Sebarannya terlihat setelah ketua juri memperlihatkannya.")
        if final
        else _("Nilai latihan disimpan sebagai draf.")
    )
    flash(text, "success")
    return redirect(url_for("calibration.practise", slug=slug, number=number))


def _page(
    slug: str, number: int, filled: Filled | None = None, refusal: DomainError | None = None
) -> ResponseReturnValue:
    actor = enter(slug, policy.can_practise)
    round_, practice = get_open_practice(actor.event, number)
    served = {row.user.id for row in list_practising(practice, round_)}
    require(actor.user_id in served, NotFound())
    criteria = load_criteria(practice, round_)
    sheet = find_sheet(practice, actor.user_id)
    shown = policy.may_see_spread(practice.state, leads=False)
    values: dict[str, Any] = {
        "event": actor.event,
        "round": round_,
        "practice": practice,
        "sheet": sheet,
        "criteria": criteria,
        "weights": dict(zip([c.id for c in criteria], normalised([c.weight for c in criteria]), strict=True)),
    }
    if shown and refusal is None:
        values["panel"] = read_panel(criteria, list_sheets(practice), actor.user_id)
        return render_template("calibration/shown.html", **values)
    page = render_template(
        "calibration/practise.html",
        **values,
        filled=filled,
        refusal=refusal,
        writable=practice.state is PracticeState.OPEN,
    )
    return page, refusal.status if refusal else 200

"""The organizer's list of what was asked, and the page on which reported numbers are checked."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.guard import enter
from innovate.events.policy import can_read_all
from innovate.impact.domain.kinds import Check
from innovate.impact.forms import CheckForm, read_version
from innovate.impact.guard import enter_innovation
from innovate.impact.models import Actual, FollowUp, Indicator, ReachReport
from innovate.impact.queries import innovations
from innovate.impact.queries.followups import get_followup, list_room
from innovate.impact.routes.mount import blueprint, links
from innovate.impact.services import answering


@blueprint.get("/k/<slug>/kelola/dampak")
def room(slug: str) -> ResponseReturnValue:
    """Every innovation of the event with its latest asking."""
    actor = enter(slug, can_read_all)
    chosen = request.args.get("keadaan", "")
    search = request.args.get("q", "").strip()[:80]
    page = list_room(actor.event.id, chosen, request.args.get("page", 1, type=int), search=search)
    return render_template(
        "impact/room.html", event=actor.event, page=page, chosen=chosen, search=search, at=clock.now()
    )


def _numbers(
    row: FollowUp | Actual | ReachReport, indicators: list[Indicator]
) -> list[tuple[Indicator, Decimal]]:
    """What an answer says of the indicators."""
    said = row.actuals if isinstance(row, FollowUp) else {}
    return [(each, Decimal(said[each.public_id])) for each in indicators if each.public_id in said]


def _find(innovation_id: int, kind: str, row_id: str) -> FollowUp | Actual | ReachReport:
    if kind == "jawaban":
        row = get_followup(row_id)
        require(row.innovation_id == innovation_id and row.answered_at is not None, NotFound())
        return row
    if kind == "realisasi":
        return innovations.get_actual(innovation_id, row_id)
    require(kind == "jangkauan", NotFound())
    return innovations.get_reach(innovation_id, row_id)


@blueprint.route("/k/<slug>/dampak/<innovation_id>/periksa/<kind>/<row_id>", methods=["GET", "POST"])
def check(slug: str, innovation_id: str, kind: str, row_id: str) -> ResponseReturnValue:
    """Verify an answer or a number, or return it with a note."""
    actor, found, standing = enter_innovation(slug, innovation_id)
    row = _find(found.id, kind, row_id)
    author = row.answered_by_id if isinstance(row, FollowUp) else row.by_id
    require(standing.verifies(author), NotFound())
    version = row.version if isinstance(row, FollowUp) else 0
    form = CheckForm(version=version)
    if form.validate_on_submit():
        with form.catch():
            verdict, note, at = Check(form.verdict.data), form.note.data or "", clock.now()
            if isinstance(row, FollowUp):
                seen = read_version(form.version.data)
                answering.check_followup(actor, row, verdict, note=note, version=seen, links=links(), at=at)
            else:
                answering.check_number(actor, found, row, verdict, note=note, at=at)
            flash(_("Tersimpan."), "success")
            return redirect(url_for("impact.desk", slug=slug, innovation_id=innovation_id))
    form.version.data = form.version.raw_data = str(version)
    page = render_template(
        "impact/check.html",
        event=actor.event,
        innovation=found,
        row=row,
        kind=kind,
        form=form,
        numbers=_numbers(row, innovations.list_indicators(found.id)),
    )
    return page, form.status

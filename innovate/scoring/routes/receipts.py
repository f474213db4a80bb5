"""A juror's receipts, and what of theirs arrived late."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.events.guard import enter, signed_in_user
from innovate.events.policy import can_judge
from innovate.scoring.domain.receipts import canonical
from innovate.scoring.queries import late as late_queries
from innovate.scoring.queries import receipts as queries
from innovate.scoring.queries.conflicts import list_barred_seats
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import late as services


@blueprint.get("/juri/tanda-terima")
def receipts(slug: str) -> ResponseReturnValue:
    """Everything handed in, with number and time, and what arrived late with its decision."""
    actor = enter(slug, can_judge)
    barred = list_barred_seats(actor.event.id, actor.user_id)
    late = late_queries.list_late_ballots(actor.event.id, user_id=actor.user_id)
    return render_template(
        "scoring/desk/receipts.html",
        event=actor.event,
        receipts=[_named(row, barred) for row in queries.list_receipts(actor.event.id, actor.user_id)],
        late=[_named(row, barred) for row in late],
    )


def _named(row: Any, barred: frozenset[int]) -> Any:
    """What a juror handed in stays theirs to prove; of an entry they have a conflict with, the title goes."""
    return row._replace(title=_("Karya yang berbenturan dengan Anda")) if row.idea_id in barred else row


@blueprint.get("/juri/tanda-terima/<receipt_id>")
def receipt(slug: str, receipt_id: str) -> ResponseReturnValue:
    """One receipt with what was handed in and its fingerprint."""
    actor = enter(slug, can_judge)
    barred = list_barred_seats(actor.event.id, actor.user_id)
    row = _named(queries.get_receipt(actor.event.id, receipt_id, actor.user_id), barred)
    return render_template(
        "scoring/desk/receipt.html",
        event=actor.event,
        row=row,
        names=queries.name_criteria(int(row.receipt.content["rubric"])),
        written=canonical(row.receipt.content),
    )


@blueprint.post("/juri/terlambat/<late_id>")
def explain_late(slug: str, late_id: str) -> ResponseReturnValue:
    """The juror's own words about a late ballot."""
    user = signed_in_user()
    require(user is not None, NotFound())
    row = late_queries.get_own_late_ballot(slug, late_id, user.id)  # type: ignore[union-attr]
    try:
        services.explain_late_ballot(user, row, words=request.form.get("words", ""), at=clock.now())  # type: ignore[arg-type]
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Keterangan Anda dikirim kepada ketua juri."), "success")
    return redirect(url_for("scoring.receipts", slug=slug))

"""What a juror's device asks for when it keeps entries and sends what was written without a network."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import DomainError, NotFound, require
from innovate.core.web.unit_of_work import defers_write
from innovate.events.guard import enter, signed_in_user
from innovate.events.policy import Actor, can_judge
from innovate.scoring.domain.receipts import show_number
from innovate.scoring.domain.window import Window
from innovate.scoring.forms.ballot import read_parcel, read_scorecard
from innovate.scoring.guard import enter_former_sheet, enter_sheet
from innovate.scoring.queries import desk as desks
from innovate.scoring.queries.ballots import Sheet
from innovate.scoring.queries.receipts import find_last_receipt
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import ballots, late


@blueprint.get("/juri/luring")
def offline(slug: str) -> ResponseReturnValue:
    """What may be kept on this device now, by whom, until when, and a fresh token for sending."""
    actor = enter(slug, can_judge)
    now = clock.now()
    open_desks = [d for d in desks.list_desks(actor) if d.round.window(now) is not Window.CLOSED]
    items = [_kept(slug, item) for desk in open_desks for item in desk.active if item.is_cleared]
    ends = [desk.round.phase.ends_at for desk in open_desks if desk.active]
    assets = current_app.extensions["assets"]
    return jsonify(
        owner=actor.user.public_id if actor.user else "",
        token=generate_csrf(),
        build=assets.build(),
        until=max(ends).isoformat() if ends else None,
        home=url_for("scoring.home", slug=slug),
        pages=[url_for("scoring.guide", slug=slug)],
        items=items,
        assets=assets.urls() if items else [],
    )


def _kept(slug: str, item: desks.WorkItem) -> dict[str, Any]:
    return {
        "seat": item.public_id,
        "title": item.title,
        "page": url_for("scoring.score", slug=slug, public_id=item.public_id),
        "version": item.version or 0,
        "state": item.work.value,
    }


@blueprint.post("/juri/karya/<public_id>/ajukan")
@defers_write
def hand_in(slug: str, public_id: str) -> ResponseReturnValue:
    """Hand in from a script: 200 and where to go next, 409 with what stands, 422 with what is wrong."""
    actor, sheet = enter_sheet(slug, public_id)
    filled = read_scorecard(request.form, sheet.criteria)
    reason = request.form.get("alasan", "")
    begin_write()
    try:
        done = ballots.submit_ballot(actor.user, sheet, filled, at=clock.now(), reason=reason)  # type: ignore[arg-type]
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        return jsonify(message=str(refusal.message), **refusal.details), refusal.status
    following = tell_handed_in(actor, done, quiet=request.form.get("diam") == "1")
    return jsonify(version=done.version, submitted=True, next=following)


def tell_handed_in(actor: Actor, done: Sheet, *, quiet: bool = False) -> str:
    """Say that it was handed in, with the receipt's number; the address of what comes next."""
    slug = actor.event.slug
    number = show_number(find_last_receipt(done.ballot_id))
    following = desks.find_next_open(desks.list_work(actor.event.id, actor.user_id), done)
    if following is None:
        text = _("Nilai diajukan, tanda terima %(number)s. Semua karya Anda sudah dinilai.", number=number)
        address = url_for("scoring.home", slug=slug)
    else:
        text = _(
            "Nilai diajukan, tanda terima %(number)s. Berikutnya: %(title)s.",
            number=number,
            title=following.title,
        )
        address = url_for("scoring.score", slug=slug, public_id=following.public_id)
    if not quiet:
        flash(text, "success")
    return address


@blueprint.post("/juri/karya/<public_id>/versi-lain")
def keep_other(slug: str, public_id: str) -> ResponseReturnValue:
    """Of two versions the juror took the server's: the other one is kept in the history."""
    user = signed_in_user()
    require(user is not None, NotFound())
    sheet = enter_former_sheet(slug, public_id)
    filled = read_parcel(request.form).filled
    ballots.keep_unchosen(user, sheet, filled, at=clock.now())  # type: ignore[arg-type]
    return jsonify(kept=True)


@blueprint.post("/juri/karya/<public_id>/terlambat")
def send_late(slug: str, public_id: str) -> ResponseReturnValue:
    """A ballot that can no longer be saved goes to the chair; also from somebody who left the jury meanwhile."""
    user = signed_in_user()
    require(user is not None, NotFound())
    sheet = enter_former_sheet(slug, public_id)
    try:
        row = late.receive_late_ballot(user, sheet, read_parcel(request.form), at=clock.now())  # type: ignore[arg-type]
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        return jsonify(message=str(refusal.message), **refusal.details), refusal.status
    return jsonify(late=row.public_id if row else None)

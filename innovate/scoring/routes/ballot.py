"""The scoring screen: an ordinary form that a script makes quicker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import DomainError, Refused
from innovate.core.web.kept_forms import take_kept
from innovate.core.web.localisation import show_time
from innovate.core.web.unit_of_work import defers_write
from innovate.events.guard import signed_in_user
from innovate.events.policy import Actor
from innovate.ideas.queries.ideas import get_judged_idea
from innovate.scoring.domain.receipts import show_number
from innovate.scoring.domain.rubric import Filled, normalised
from innovate.scoring.domain.window import Window
from innovate.scoring.forms.ballot import read_scorecard, read_version
from innovate.scoring.guard import enter_sheet, enter_sheet_fast
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import AssignmentState
from innovate.scoring.queries import desk
from innovate.scoring.queries.ballots import Sheet, reload_sheet
from innovate.scoring.queries.groups import is_held
from innovate.scoring.queries.late import list_late_of_seat
from innovate.scoring.queries.maturity import find_on_sheet
from innovate.scoring.routes.company import fill_bars, list_remarks
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.routes.offline import tell_handed_in
from innovate.scoring.services import ballots


@blueprint.get("/juri/karya/<public_id>")
def score(slug: str, public_id: str) -> ResponseReturnValue:
    """The entry beside its scorecard; until the juror declared, only the way to the declaration."""
    actor, sheet = enter_sheet(slug, public_id)
    if sheet.state is not AssignmentState.ACTIVE:
        flash(_("Anda tidak menilai karya ini."), "error")
        return redirect(url_for("scoring.home", slug=slug))
    if not sheet.is_open:
        return redirect(url_for("scoring.declare", slug=slug))
    writable = sheet.window(clock.now()) is Window.OPEN and sheet.ballot_state is BallotState.DRAFT
    kept = take_kept("scorecard") if writable else None
    filled = read_scorecard(kept.values, sheet.criteria) if kept else None
    return _page(actor, sheet, filled=filled, kept=kept is not None)


@blueprint.post("/juri/karya/<public_id>")
@defers_write
def put(slug: str, public_id: str) -> ResponseReturnValue:
    """Save or hand in by an ordinary form."""
    actor, sheet = enter_sheet(slug, public_id)
    filled = read_scorecard(request.form, sheet.criteria)
    handing_in = request.form.get("langkah") == "ajukan"
    user: User = actor.user  # type: ignore[assignment]
    begin_write()
    try:
        if handing_in:
            reason = request.form.get("alasan", "")
            done = ballots.submit_ballot(user, sheet, filled, at=clock.now(), reason=reason)
        else:
            done = ballots.save_ballot(user, sheet, filled, at=clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        return _refused(actor, sheet, filled, refusal)
    if not handing_in:
        flash(_("Nilai disimpan sebagai draf."), "success")
        return redirect(url_for("scoring.score", slug=slug, public_id=public_id))
    return redirect(tell_handed_in(actor, done))


@blueprint.post("/juri/karya/<public_id>/simpan")
@defers_write
def save(slug: str, public_id: str) -> ResponseReturnValue:
    """One autosave: 200 with the new version, 409 with what stands, 422 with what is wrong."""
    sheet = enter_sheet_fast(slug, public_id)
    filled = read_scorecard(request.form, sheet.criteria)
    now = clock.now()
    begin_write()
    try:
        done = ballots.save_ballot(signed_in_user(), sheet, filled, at=now)  # type: ignore[arg-type]
    except DomainError as refusal:
        return jsonify(message=str(refusal.message), **refusal.details), refusal.status
    return jsonify(version=done.version, saved_at=_clock(done.updated_at or now), **_running(done))


@blueprint.post("/juri/karya/<public_id>/buka")
def reopen(slug: str, public_id: str) -> ResponseReturnValue:
    """Take a handed-in ballot back to a draft."""
    actor, sheet = enter_sheet(slug, public_id)
    version = read_version(request.form)
    user: User = actor.user  # type: ignore[assignment]
    try:
        reason = request.form.get("alasan", "")
        ballots.reopen_ballot(user, sheet, version=version, at=clock.now(), reason=reason)
    except Refused as refusal:
        return _page(actor, sheet, refusal=refusal), refusal.status
    flash(
        _("Nilai dibuka kembali. Ajukan lagi setelah selesai; selama draf nilai ini tidak dihitung."),
        "success",
    )
    return redirect(url_for("scoring.score", slug=slug, public_id=public_id))


def _clock(at: datetime) -> str:
    return show_time(at).split(" ")[0]


def _running(sheet: Sheet) -> dict[str, Any]:
    running = sheet.running
    return {"points": str(running.points), "possible": str(running.possible), "complete": running.complete}


def _refused(actor: Actor, sheet: Sheet, filled: Filled, refusal: DomainError) -> ResponseReturnValue:
    """The page again with everything that was typed, and why it was not taken."""
    now = reload_sheet(sheet)
    now.barred, now.receipt = sheet.barred, sheet.receipt
    now.jotting, now.jotting_version, now.bands = sheet.jotting, sheet.jotting_version, sheet.bands
    return _page(actor, now, filled=filled, refusal=refusal), refusal.status


def _page(
    actor: Actor,
    sheet: Sheet,
    *,
    filled: Filled | None = None,
    refusal: DomainError | None = None,
    kept: bool = False,
) -> str:
    items = desk.list_work(actor.event.id, actor.user_id, barred=sheet.barred)
    place = desk.find_place(items, sheet)
    idea = get_judged_idea(actor.event.id, sheet.idea_public_id)
    revision = idea.submitted_revision
    if revision is None or revision.id != sheet.revision_id:
        revision = desk.get_revision(sheet.revision_id)
    begun = sheet.rubric_locked or sheet.ballot_id is not None
    held = not begun and is_held(sheet.rubric_id)
    window = Window.WAITING if held else sheet.window(clock.now())
    submitted = sheet.ballot_state is BallotState.SUBMITTED
    entry = desk.read_as_juror(actor.event, idea, revision, blind=sheet.is_blind)
    weights = normalised([c.weight for c in sheet.criteria.values()])
    return render_template(
        "scoring/desk/score.html",
        event=actor.event,
        idea=idea,
        entry=entry,
        evidence=entry.evidence,
        sheet=sheet,
        place=place,
        weights=dict(zip(sheet.criteria, weights, strict=True)),
        on_sheet=find_on_sheet(sheet.bands, sheet.criteria, sheet.values),
        filled=filled,
        refusal=refusal,
        kept=kept,
        window=window,
        held=held,
        writable=window is Window.OPEN
        and sheet.ballot_state is BallotState.DRAFT
        and (sheet.locked_at is None or filled is not None),  # what was just typed stays on the screen
        bars=fill_bars(actor, sheet.round_id, clock.now()),
        remarks=list_remarks(actor, idea.id),
        amending=sheet.amends,
        receipt=sheet.receipt if submitted else "",
        submitted=submitted,
        peers=desk.list_peers(sheet) if submitted and sheet.peers_opened_at else [],
        late=list_late_of_seat(sheet.assignment_id) if window is Window.CLOSED else [],
        clock_of=_clock,
        show_number=show_number,
    )

"""The console of whoever runs the timer, and the lock of an entry's ballots."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import DomainError, NotFound
from innovate.core.numbers import read_number
from innovate.core.web.access import wants_json
from innovate.events.policy import Actor
from innovate.pitch import policy, queries
from innovate.pitch.domain.timer import Press, overrun
from innovate.pitch.guard import enter_day
from innovate.pitch.models import PitchDay
from innovate.pitch.queries import Programme
from innovate.pitch.routes.mount import blueprint
from innovate.pitch.routes.wire import face_of, state_of
from innovate.pitch.services import stage
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.locks import list_hand_ins, list_locked
from innovate.scoring.services import locks


@blueprint.get("/kelola/presentasi/<int:number>/kendali")
def console(slug: str, number: int) -> ResponseReturnValue:
    """The timer's buttons beside the order and who still has to hand in."""
    actor, round_, programme = enter_day(slug, number, policy.can_operate)
    return render_template("pitch/console.html", **_values(actor, round_, programme, clock.now()))


@blueprint.get("/kelola/presentasi/<int:number>/kendali/isi")
def console_part(slug: str, number: int) -> ResponseReturnValue:
    """The console without its frame, for its script: 304 while nothing changed."""
    actor, round_, programme = enter_day(slug, number, policy.can_operate)
    page = make_response(
        render_template("pitch/_console.html", **_values(actor, round_, programme, clock.now()))
    )
    page.headers["Cache-Control"] = "private, no-cache"
    page.add_etag()
    return page.make_conditional(request)


@blueprint.post("/kelola/presentasi/<int:number>/kendali")
def press(slug: str, number: int) -> ResponseReturnValue:
    """One press: `tekan` is `what:version`. A script gets the new state, a form the console again."""
    actor, round_, _programme = enter_day(slug, number, policy.can_operate)
    what, _colon, version = request.form.get("tekan", "").partition(":")
    try:
        day = _act(actor, round_, what, read_number(version) or 0, clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        if wants_json():
            return jsonify(message=str(refusal.message), **refusal.details), refusal.status
        flash(str(refusal.message), "error")
    else:
        if wants_json():
            return jsonify(state_of(queries.load_programme(day, round_)))
    return redirect(url_for("pitch.console", slug=slug, number=number))


def _act(actor: Actor, round_: Round, what: str, version: int, at: datetime) -> PitchDay:
    if what == "team":
        return stage.call_next_team(actor, round_, version=version, at=at)
    if what == "undo":
        return stage.undo(actor, round_, version=version, at=at)
    if what not in set(Press):
        raise NotFound
    return stage.press_timer(actor, round_, Press(what), version=version, at=at)


@blueprint.post("/kelola/presentasi/<int:number>/nilai/<turn_id>/<any(kunci, buka):step>")
def lock(slug: str, number: int, turn_id: str, step: str) -> ResponseReturnValue:
    """Lock the ballots of an entry, or open them again with a reason."""
    actor, round_, programme = enter_day(slug, number, policy.can_lock)
    turn = programme.find(turn_id)
    try:
        if step == "kunci":
            locks.lock_hand_in(actor, round_, turn.slot.idea_id, at=clock.now())
        else:
            reason = request.form.get("alasan", "").replace("\x00", "")[:500]
            locks.unlock_hand_in(actor, round_, turn.slot.idea_id, reason=reason, at=clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        if wants_json():
            return jsonify(message=str(refusal.message)), refusal.status
        values = _values(actor, round_, programme, clock.now())
        refused = {"turn": turn, "message": refusal.message, "reason": request.form.get("alasan", "")}
        return render_template("pitch/console.html", **values, refused=refused), refusal.status
    text = _("Nilai %(label)s dikunci.") if step == "kunci" else _("Kunci nilai %(label)s dibuka.")
    text %= {"label": turn.label}
    if wants_json():
        return jsonify(message=text)
    flash(text, "success")
    return redirect(url_for("pitch.console", slug=slug, number=number))


def _values(actor: Actor, round_: Round, programme: Programme, at: datetime) -> dict[str, Any]:
    current = programme.current
    step = queries.find_last_step(programme.day.id)
    return {
        "event": actor.event,
        "round": round_,
        "programme": programme,
        "day": programme.day,
        "current": current,
        "state": state_of(programme),
        "face": face_of(programme, at),
        "choices": [choice.value for choice in current.run.choices()] if current else [],
        "undoable": step.what if step is not None and step.before is not None else None,
        "jurors": list_hand_ins(round_.id, current.slot.idea_id) if current else [],
        "locked": list_locked(round_.id),
        "can_lock": policy.can_lock(actor),
        "overrun": overrun,
    }

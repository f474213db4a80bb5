"""Recording oneself: scan the code in the room and confirm in one tap, or type it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from innovate.accounts.domain.limits import Place, place_of
from innovate.accounts.services import attempts
from innovate.core import clock
from innovate.core.db import begin_write, transaction
from innovate.core.errors import NotFound, Refused, TooMany, require
from innovate.core.web.access import public
from innovate.core.web.forms import Form, length, required
from innovate.core.web.unit_of_work import defers_write
from innovate.events.guard import signed_in_user
from innovate.learning.domain import rotating
from innovate.learning.guard import enter_activity
from innovate.learning.models import LearningSession
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_session
from innovate.learning.queries.attendance import find_activity_id, find_present, list_taking
from innovate.learning.routes.mount import blueprint
from innovate.learning.services.attending import record_own

TYPING = "attend"  # the purpose under which wrong codes are counted
_SCANNED = "scanned"  # in the browser's session: {session: [when, who was signed in]}


class CodeForm(Form):
    """The code under the QR."""

    code = StringField(_l("Kode pada layar"), [required(), length(20)])


class ConfirmForm(Form):
    """One tap."""


@blueprint.get("/hadir/<session_id>/<code>")
@public
def scan(session_id: str, code: str) -> ResponseReturnValue:
    """Where the QR leads. A code of this moment is remembered in this browser for ten minutes: time to sign in."""
    guest, held = _enter(session_id)
    at = clock.now()
    if not rotating.fits_scanned(secret_for(held), code, at):
        return render_template("learning/attendance/stale.html", guest=guest, held=held), 422
    _remember(held, at)
    return redirect(url_for("learning.attend", session_id=session_id))


@blueprint.route("/hadir/<session_id>", methods=["GET", "POST"])
def attend(session_id: str) -> ResponseReturnValue:
    """Confirm that one is here."""
    guest, held = _enter(session_id)
    form, at = ConfirmForm(), clock.now()
    seen_at = _find_scan(held, at)
    present = find_present(held.id, guest.user_id)
    if present is None and seen_at is None:
        return render_template("learning/attendance/stale.html", guest=guest, held=held), (
            422 if request.method == "POST" else 200
        )
    if form.validate_on_submit():
        with form.catch():
            new = record_own(guest, held, seen_at=seen_at or at, at=at)
            _say(new=new)
            return redirect(url_for("learning.attend", session_id=session_id))
    page = render_template(
        "learning/attendance/attend.html", guest=guest, held=held, form=form, present=present
    )
    return page, form.status


@blueprint.route("/hadir", methods=["GET", "POST"])
@defers_write
def type_code() -> ResponseReturnValue:
    """The other way: the short code under the QR. Wrong ones are counted, so that nobody tries them out."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            session_id = _find_typed(form.code.data or "")
        except (Refused, TooMany) as error:
            form.refuse(error)
        else:
            begin_write()
            guest, held = _enter(session_id)
            with form.catch():
                at = clock.now()
                _say(new=record_own(guest, held, seen_at=at, at=at))
                return redirect(url_for("learning.attend", session_id=session_id))
    return render_template("learning/attendance/type.html", form=form), form.status


def secret_for(held: LearningSession) -> bytes:
    """The secret from which the session's codes are computed."""
    return rotating.secret_of(str(current_app.config["SECRET_KEY"]), held.public_id)


def _enter(session_id: str) -> tuple[Guest, LearningSession]:
    guest = enter_activity(find_activity_id(session_id))
    return guest, get_session(guest.activity, session_id)


def _find_typed(typed: str) -> str:
    """The session whose code this is now; each attempt is written down before it is looked at."""
    user = signed_in_user()
    require(user is not None, NotFound())
    wrong = Refused(
        _(
            "Kode ini tidak berlaku. Ketik kode yang sekarang terlihat di layar; kode berganti setiap 30 detik."
        ),
        field="code",
    )
    code = rotating.read_typed(typed)
    if code is None:
        raise wrong
    at = clock.now()
    place = _place(user.public_id if user else "")
    with transaction():
        attempt = attempts.begin_attempt(TYPING, place, at=at)
    secret = str(current_app.config["SECRET_KEY"])
    for session_id, _activity_id in list_taking(at):
        if rotating.fits_typed(rotating.secret_of(secret, session_id), code, at):
            with transaction():
                attempts.succeed(attempt, place, at=at)
            return session_id
    raise wrong


def _place(person: str) -> Place:
    secret = str(current_app.config["SECRET_KEY"])
    return place_of(secret, account=f"{TYPING}:{person}", address=request.remote_addr or "")


def _say(*, new: bool) -> None:
    flash(_("Kehadiran Anda tercatat.") if new else _("Kehadiran Anda sudah tercatat sebelumnya."), "success")


def _remember(held: LearningSession, at: datetime) -> None:
    """Keep when the code was scanned in this browser, and under whom; others must scan for themselves."""
    user = signed_in_user()
    known = {key: value for key, value in _scans().items() if _is_fresh(value, at)}
    session[_SCANNED] = {
        **known,
        held.public_id: [int(at.timestamp()), user.public_id if user else ""],
    }


def _find_scan(held: LearningSession, at: datetime) -> datetime | None:
    value, user = _scans().get(held.public_id), signed_in_user()
    if value is None or user is None or not _is_fresh(value, at) or value[1] not in {"", user.public_id}:
        return None
    return datetime.fromtimestamp(value[0], UTC)


def _scans() -> dict[str, list[Any]]:
    return dict(session.get(_SCANNED, {}))


def _is_fresh(value: list[Any], at: datetime) -> bool:
    return at.timestamp() - value[0] < rotating.GRACE.total_seconds()

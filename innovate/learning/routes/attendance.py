"""Attendance for who runs an activity or speaks in it: the code on the wall, the list, the sheet of everybody."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import TextAreaField

from innovate.accounts.guard import witness
from innovate.audit.exports.names import add_names
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.qr import draw_qr
from innovate.core.web.forms import Form, length
from innovate.core.web.plumbing import Plumbing
from innovate.events.guard import signed_in_user
from innovate.learning import policy
from innovate.learning.domain import rotating
from innovate.learning.domain.kinds import Method
from innovate.learning.exports.attendance import write_attendance
from innovate.learning.guard import enter_activity, enter_session
from innovate.learning.models import LearningSession
from innovate.learning.queries import attendance as reads
from innovate.learning.routes.attendance_phone import secret_for
from innovate.learning.routes.mount import blueprint
from innovate.learning.services.attending import Ticks, save_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
METHODS = {
    Method.QR: _l("Kode di ruangan"),
    Method.LIST: _l("Penyelenggara"),
    Method.SPEAKER: _l("Narasumber"),
}
_SHORTEST_POLL = 10  # seconds


def init_app(_plumbing: Plumbing) -> None:
    """Tell the trail what sessions are called."""
    add_names(reads.TRAIL_NAMES)


class ListForm(Form):
    """Why somebody who was recorded was not there after all."""

    reason = TextAreaField(_l("Alasan membatalkan kehadiran"), [length(300)])


@blueprint.get("/<public_id>/sesi/<session_id>/layar")
def screen(public_id: str, session_id: str) -> ResponseReturnValue:
    """The page for the projector: a large QR, the short code, and how many are here."""
    guest, held = enter_session(public_id, session_id, policy.can_record)
    return _unstored(
        current_app.make_response(
            render_template("learning/attendance/screen.html", guest=guest, held=held, state=_state(held))
        )
    )


@blueprint.get("/<public_id>/sesi/<session_id>/layar.json")
def screen_state(public_id: str, session_id: str) -> ResponseReturnValue:
    """The code of this moment by the server's clock, and in how many seconds to ask again."""
    _guest, held = enter_session(public_id, session_id, policy.can_record)
    return _unstored(jsonify(_state(held)))


def _state(held: LearningSession) -> dict[str, Any]:
    at = clock.now()
    is_open = rotating.is_open(held.starts_at, held.ends_at, at)
    if not is_open:
        return {"open": False, "left": rotating.STEP, "present": _count(held)}
    secret, step = secret_for(held), rotating.step_of(at)
    code = rotating.scanned_code(secret, step)
    link = _site() + url_for("learning.scan", session_id=held.public_id, code=code)
    picture = b64encode(draw_qr(link).encode()).decode()
    return {
        "open": True,
        "link": link,
        "image": f"data:image/svg+xml;base64,{picture}",
        "code": rotating.show_typed(rotating.typed_code(secret, step)),
        "left": min(rotating.left_of(at), _SHORTEST_POLL),
        "present": _count(held),
    }


def _count(held: LearningSession) -> str:
    count = reads.count_present(held.id)
    return ngettext("%(num)s orang hadir", "%(num)s orang hadir", count)


def _site() -> str:
    return str(current_app.config["PUBLIC_URL"] or request.url_root).rstrip("/")


def _unstored(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.route("/<public_id>/sesi/<session_id>/hadir", methods=["GET", "POST"])
def attendance_list(public_id: str, session_id: str) -> ResponseReturnValue:
    """Tick who was there; one page of names is saved at once."""
    guest, held = enter_session(public_id, session_id, policy.can_record)
    form = ListForm()
    search, page = request.args.get("q", "").strip()[:100], request.args.get("page", 1, int)
    if form.validate_on_submit():
        with form.catch():
            sent = request.form.getlist
            ticks = Ticks(sent("shown"), sent("was"), sent("here"), form.reason.data or "")
            added, removed = save_list(guest, held, ticks, at=clock.now())
            flash(_tell(added, removed), "success")
            return redirect(
                url_for(
                    "learning.attendance_list",
                    public_id=public_id,
                    session_id=session_id,
                    q=search or None,
                    page=page,
                )
            )
    witness("attendance", event_id=guest.activity.event_id)
    page_of = reads.list_lines(guest.activity, held, search=search, page=page)
    content = render_template(
        "learning/attendance/list.html",
        guest=guest,
        held=held,
        form=form,
        page=page_of,
        q=search,
        ticked=set(request.form.getlist("here")) if form.is_submitted() else None,
        was=set(request.form.getlist("was")) if form.is_submitted() else None,
        present=reads.count_present(held.id),
        methods=METHODS,
        runs=policy.can_run(guest),
    )
    return content, form.status


def _tell(added: int, removed: int) -> str:
    if not added and not removed:
        return _("Tidak ada yang berubah.")
    return _("%(added)s kehadiran dicatat, %(removed)s dibatalkan.", added=added, removed=removed)


@blueprint.get("/<public_id>/kehadiran")
def attendance_overview(public_id: str) -> ResponseReturnValue:
    """All sessions with how many came, and what everybody has earned."""
    guest = enter_activity(public_id, policy.can_read_people)
    standings = reads.list_standings(guest.activity)
    witness("attendance", event_id=guest.activity.event_id)
    return render_template(
        "learning/attendance/overview.html",
        guest=guest,
        activity=guest.activity,
        counts=reads.map_counts(guest.activity),
        minutes=reads.map_minutes(guest.activity),
        standings=standings,
        reached=sum(each.earned.reached for each in standings),
        runs=policy.can_run(guest),
        over=reads.is_over(guest.activity, clock.now()),
    )


@blueprint.get("/<public_id>/kehadiran.xlsx")
def attendance_file(public_id: str) -> ResponseReturnValue:
    """The same as a workbook: a row for each person, a column for each session."""
    guest = enter_activity(public_id, policy.can_read_people)
    witness("attendance", event_id=guest.activity.event_id)
    made = write_attendance(guest.activity, reads.list_standings(guest.activity))
    return send_workbook(made, "kehadiran")


@blueprint.get("/sesi-saya")
def spoken() -> ResponseReturnValue:
    """The sessions in which the person speaks, with their screens and lists."""
    user = signed_in_user()
    require(user is not None, NotFound())
    return render_template(
        "learning/attendance/spoken.html",
        sessions=reads.list_spoken(user.id if user else 0),
        now=clock.now(),
    )


def send_workbook(content: bytes, name: str) -> Response:
    """A workbook for one reader alone."""
    response = current_app.response_class(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return _unstored(response)

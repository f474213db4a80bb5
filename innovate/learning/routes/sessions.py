"""Makers' pages for sessions and for what is handed out."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.learning import policy
from innovate.learning.domain.plans import Sent
from innovate.learning.forms import MaterialForm, SessionForm, write_voices
from innovate.learning.guard import enter_activity
from innovate.learning.models import LearningSession
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_session
from innovate.learning.queries.materials import list_materials
from innovate.learning.routes.mount import blueprint
from innovate.learning.services import materials as material_services
from innovate.learning.services import sessions as services


@blueprint.get("/<public_id>/sesi")
def sessions(public_id: str) -> ResponseReturnValue:
    """Every session, and the way to change them."""
    guest = enter_activity(public_id, policy.can_edit)
    return render_template("learning/sessions.html", activity=guest.activity)


@blueprint.route("/<public_id>/sesi/baru", methods=["GET", "POST"])
def add_session(public_id: str) -> ResponseReturnValue:
    """One more."""
    guest = enter_activity(public_id, policy.can_edit)
    starts, ends = _suggest(guest)
    room = guest.activity.sessions[-1].room if guest.activity.sessions else ""
    form = SessionForm(zone=guest.activity.zone, starts_at=starts, ends_at=ends, pause=0, room=room)
    wanted = form.read() if form.validate_on_submit() else None
    if wanted is not None:
        with form.catch():
            services.add_session(guest, wanted, at=clock.now())
            flash(_("Sesi ditambahkan."), "success")
            return redirect(url_for("learning.sessions", public_id=public_id))
    return _session_page(public_id, form, None)


@blueprint.route("/<public_id>/sesi/<session_id>/ubah", methods=["GET", "POST"])
def change_session(public_id: str, session_id: str) -> ResponseReturnValue:
    """Other words, time or place."""
    guest = enter_activity(public_id, policy.can_edit)
    session = get_session(guest.activity, session_id)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    words = {key: getattr(session, key) for key in ("title", "pause", "room", "link")}
    form = SessionForm(zone=guest.activity.zone, speakers=write_voices(session), **times, **words)
    wanted = form.read() if form.validate_on_submit() else None
    if wanted is not None:
        with form.catch():
            told = services.change_session(guest, session_id, wanted, at=clock.now())
            flash(
                _("Sesi tersimpan. Yang terdaftar diberi tahu.") if told else _("Sesi tersimpan."), "success"
            )
            return redirect(url_for("learning.sessions", public_id=public_id))
    return _session_page(public_id, form, session_id)


def _session_page(public_id: str, form: SessionForm, session_id: str | None) -> ResponseReturnValue:
    guest = enter_activity(public_id, policy.can_edit)  # again: what a refused attempt let go of
    session = get_session(guest.activity, session_id) if session_id else None
    page = render_template("learning/session.html", form=form, activity=guest.activity, session=session)
    return page, form.status


def _suggest(guest: Guest) -> tuple[datetime, datetime]:
    """The day after the last session, or a week from now at nine, for two hours."""
    zone = ZoneInfo(guest.activity.zone)
    last = max((each.starts_at for each in guest.activity.sessions), default=None)
    day = (last + timedelta(days=1) if last else clock.now() + timedelta(days=7)).astimezone(zone).date()
    starts = datetime.combine(day, time(9), zone)
    return starts, starts + timedelta(hours=2)


@blueprint.post("/<public_id>/sesi/<session_id>/hapus")
def remove_session(public_id: str, session_id: str) -> ResponseReturnValue:
    """Take one out."""
    guest = enter_activity(public_id, policy.can_edit)
    try:
        services.remove_session(guest, session_id, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Sesi dikeluarkan."))
    return redirect(url_for("learning.sessions", public_id=public_id))


# -- what is handed out -------------------------------------------------------------------------------------------


@blueprint.route("/<public_id>/bahan", methods=["GET", "POST"])
def materials(public_id: str) -> ResponseReturnValue:
    """What is handed out, and one thing more."""
    guest = enter_activity(public_id, policy.can_edit)
    form = _offer(MaterialForm(), guest.activity.sessions)
    if form.validate_on_submit():
        with form.catch():
            material_services.add_material(guest, form.read(_read_file()), at=clock.now())
            flash(_("Bahan ditambahkan."), "success")
            return redirect(url_for("learning.materials", public_id=public_id))
    if form.is_submitted():
        guest = enter_activity(public_id, policy.can_edit)  # what a refused attempt let go of
    page = render_template(
        "learning/materials.html",
        form=form,
        activity=guest.activity,
        materials=list_materials(guest.activity.id),
    )
    return page, form.status


def _offer(form: MaterialForm, rows: list[LearningSession]) -> MaterialForm:
    form.session.choices = [("", _("Seluruh kegiatan")), *((each.public_id, each.title) for each in rows)]
    return form


def _read_file() -> Sent | None:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return None
    limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
    return Sent(upload.filename, upload.stream.read(limit + 1), limit)


@blueprint.post("/<public_id>/bahan/<material_id>/hapus")
def remove_material(public_id: str, material_id: str) -> ResponseReturnValue:
    """Hand it out no longer."""
    guest = enter_activity(public_id, policy.can_edit)
    material_services.remove_material(guest, material_id, at=clock.now())
    flash(_("Bahan dikeluarkan."))
    return redirect(url_for("learning.materials", public_id=public_id))

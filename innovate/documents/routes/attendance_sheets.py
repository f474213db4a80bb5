"""Lists of attendance on paper: printed for a session, and kept once they were signed and scanned."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock, storage
from innovate.core.db import begin_write
from innovate.core.errors import Refused
from innovate.core.web.unit_of_work import defers_write
from innovate.documents.domain.texts import Text
from innovate.documents.forms import DropForm, SignedForm
from innovate.documents.queries import trainings as reads
from innovate.documents.routes.mount import blueprint, send_pdf
from innovate.documents.services import ending
from innovate.documents.services.printing import print_sheet
from innovate.documents.services.trainings import sheets
from innovate.learning import policy
from innovate.learning.guard import enter_session
from innovate.learning.models import LearningSession
from innovate.learning.policy import Guest

_BASE = "/pelatihan/<public_id>/sesi/<session_id>/daftar-hadir"
_ROWS = 25


@blueprint.get(_BASE)
def attendance_sheets(public_id: str, session_id: str) -> ResponseReturnValue:
    """What can be printed, and the signed ones that are kept."""
    guest, held = _enter(public_id, session_id)
    return _page(guest, held, SignedForm(formdata=None))


@blueprint.get(f"{_BASE}.pdf")
def attendance_sheet(public_id: str, session_id: str) -> ResponseReturnValue:
    """The list with names, or with `?kosong=1` an empty one."""
    guest, held = _enter(public_id, session_id)
    blank = bool(request.args.get("kosong"))
    if not blank:
        witness("attendance", event_id=guest.activity.event_id)
    at = clock.now()
    activity = reads.get_activity(guest.activity.id)
    made = print_sheet(
        Text.ATTENDANCE, sheets.write_sheet(activity, held, blank=blank, rows=_ROWS, at=at), at=at
    )
    return send_pdf([made], len(made), "daftar-hadir.pdf")


@blueprint.post(_BASE)
@defers_write
def keep_attendance_sheet(public_id: str, session_id: str) -> ResponseReturnValue:
    """Take the scan of a signed list."""
    guest, held = _enter(public_id, session_id)
    form = SignedForm()
    read: list[ending.SignedFile] = []
    if form.validate_on_submit():
        with form.catch():
            read.append(_read_scan())
    if read:
        begin_write()
        guest, held = _enter(public_id, session_id)
        with form.catch():
            sheets.keep_sheet(guest, held, read[0], at=clock.now())
            flash(_("Daftar hadir bertanda tangan disimpan."), "success")
            return redirect(
                url_for("documents.attendance_sheets", public_id=public_id, session_id=session_id)
            )
    return _page(guest, held, form), form.status


@blueprint.get(f"{_BASE}/<sheet_id>.pdf")
def kept_attendance_sheet(public_id: str, session_id: str, sheet_id: str) -> ResponseReturnValue:
    """One that is kept."""
    guest, held = _enter(public_id, session_id)
    row = reads.get_sheet(held.id, sheet_id)
    witness("attendance", event_id=guest.activity.event_id)
    return send_pdf(storage.stream(row.storage_key), row.size, "daftar-hadir-bertanda-tangan.pdf")


@blueprint.post(f"{_BASE}/<sheet_id>/keluarkan")
def drop_attendance_sheet(public_id: str, session_id: str, sheet_id: str) -> ResponseReturnValue:
    """Take one out, with the reason."""
    guest, held = enter_session(public_id, session_id, lambda guest, _session: policy.can_run(guest))
    form = DropForm()
    form.validate()
    try:
        sheets.drop_sheet(guest, held, sheet_id, reason=form.reason.data or "", at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Berkas dikeluarkan dari daftar."), "success")
    return redirect(url_for("documents.attendance_sheets", public_id=public_id, session_id=session_id))


def _enter(public_id: str, session_id: str) -> tuple[Guest, LearningSession]:
    return enter_session(public_id, session_id, policy.can_record)


def _read_scan() -> ending.SignedFile:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Refused(_("Pilih berkas PDF."), field="file")
    limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
    file = ending.SignedFile(sent.filename, sent.stream.read(limit + 1), limit)
    ending.check_signed(file)
    return file


def _page(guest: Guest, held: LearningSession, form: SignedForm) -> str:
    return render_template(
        "documents/trainings/sheets.html",
        activity=guest.activity,
        held=held,
        form=form,
        rows=reads.list_sheets(held.id),
        runs=policy.can_run(guest),
        drop=DropForm(formdata=None),
    )

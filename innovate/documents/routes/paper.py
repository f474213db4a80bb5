"""One issued paper: its file, its end, and the room's settings."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import NotFound, Refused, require
from innovate.core.web.unit_of_work import defers_write
from innovate.documents import policy
from innovate.documents.domain.codes import show_code
from innovate.documents.domain.kinds import PaperKind, Standing
from innovate.documents.forms import EndForm, LogoForm, SettingsForm, SignedForm
from innovate.documents.queries.current import find_current
from innovate.documents.queries.papers import find_valid, get_document, list_lot
from innovate.documents.queries.settings import read_settings
from innovate.documents.routes.mount import blueprint, read_logo, send_archive, send_paper, show_logo, site
from innovate.documents.services import ending, logos
from innovate.documents.services.settings import FIELDS, save_settings
from innovate.documents.words import KINDS, STANDINGS
from innovate.events.guard import enter
from innovate.events.policy import Actor

_LOTS = {
    "sertifikat": PaperKind.CERTIFICATE,
    "undangan": PaperKind.INVITATION,
    "surat_tugas": PaperKind.DUTY,
}


@blueprint.get("/k/<slug>/kelola/dokumen/<document_id>")
def paper(slug: str, document_id: str) -> ResponseReturnValue:
    """What it is, where it is, and what may be done with it."""
    return _page(enter(slug, policy.can_read_papers), document_id)


@blueprint.get("/k/<slug>/kelola/dokumen/<document_id>/naskah.pdf")
def download(slug: str, document_id: str) -> ResponseReturnValue:
    """The PDF that is served for it."""
    actor = enter(slug, policy.can_read_papers)
    row = get_document(actor.event.id, document_id)
    witness("paper", subject_id=row.user_id, event_id=actor.event.id)
    return send_paper(row)


@blueprint.post("/k/<slug>/kelola/dokumen/<document_id>/<any(cabut, ganti, lagi):way>")
def end(slug: str, document_id: str, way: str) -> ResponseReturnValue:
    """Revoke it, replace it under a new number, or issue again what was revoked."""
    actor = enter(slug, policy.can_issue)
    form = EndForm()
    if form.validate_on_submit():
        with form.catch():
            reason = form.reason.data
            if way == "cabut":
                row = ending.revoke_paper(actor, document_id, reason=reason, at=clock.now())
                flash(_("Naskah dicabut."), "success")
            else:
                anew = ending.reissue_paper if way == "lagi" else ending.replace_paper
                row = anew(actor, document_id, reason=reason, site=site(), at=clock.now())
                flash(_("Naskah diberi nomor dan sedang disusun."), "success")
            return redirect(url_for("documents.paper", slug=slug, document_id=row.public_id))
    return _page(actor, document_id, form, way), form.status


@blueprint.post("/k/<slug>/kelola/dokumen/<document_id>/unggah")
@defers_write
def upload(slug: str, document_id: str) -> ResponseReturnValue:
    """Take the PDF that was signed outside."""
    actor = enter(slug, policy.can_issue)
    get_document(actor.event.id, document_id)
    form = SignedForm()
    read: list[ending.SignedFile] = []
    if form.validate_on_submit():
        with form.catch():
            read.append(_read_signed())
    if read:
        begin_write()
        actor = enter(slug, policy.can_issue)
        with form.catch():
            ending.upload_signed(actor, document_id, read[0], at=clock.now())
            flash(_("Naskah bertanda tangan diterima."), "success")
            return redirect(url_for("documents.paper", slug=slug, document_id=document_id))
    return _page(actor, document_id, form, "unggah"), form.status


def _read_signed() -> ending.SignedFile:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Refused(_("Pilih berkas PDF."), field="file")
    limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
    file = ending.SignedFile(sent.filename, sent.stream.read(limit + 1), limit)
    ending.check_signed(file)
    return file


@blueprint.get("/k/<slug>/kelola/dokumen/<any(sertifikat, undangan, surat_tugas):lot>.zip")
def archive(slug: str, lot: str) -> ResponseReturnValue:
    """Every certificate or letter in force; 404 while there is none."""
    actor = enter(slug, policy.can_read_papers)
    rows = list_lot(actor.event.id, _LOTS[lot])
    require(bool(rows), NotFound())
    witness("papers", event_id=actor.event.id)
    return send_archive(rows, f"{lot}-{slug}.zip")


@blueprint.route("/k/<slug>/kelola/dokumen/pengaturan", methods=["GET", "POST"])
def settings(slug: str) -> ResponseReturnValue:
    """Letterhead, number pattern, signer and copies."""
    actor = enter(slug, policy.can_issue)
    form = SettingsForm(obj=read_settings(actor.event))
    if form.validate_on_submit():
        with form.catch():
            save_settings(actor, {name: form[name].data or "" for name in FIELDS}, at=clock.now())
            flash(_("Pengaturan naskah disimpan."), "success")
            return redirect(url_for("documents.room", slug=slug))
    return _settings(actor, form, LogoForm(formdata=None)), form.status


@blueprint.post("/k/<slug>/kelola/dokumen/pengaturan/lambang")
@defers_write
def logo(slug: str) -> ResponseReturnValue:
    """Take the picture for the letterhead, or with `hapus` take it off."""
    actor = enter(slug, policy.can_issue)
    form = LogoForm()
    drawn: list[bytes | None] = []
    if form.validate_on_submit():
        with form.catch():
            drawn.append(None if request.form.get("hapus") else read_logo())
    if drawn:
        begin_write()
        logos.save_logo(enter(slug, policy.can_issue), drawn[0], at=clock.now())
        flash(_("Lambang pada kop disimpan.") if drawn[0] else _("Lambang pada kop dihapus."), "success")
        return redirect(url_for("documents.settings", slug=slug))
    shown = SettingsForm(formdata=None, obj=read_settings(actor.event))
    return _settings(actor, shown, form), form.status


def _settings(actor: Actor, form: SettingsForm, logo_form: LogoForm) -> str:
    picture = show_logo(read_settings(actor.event).logo_key)
    return render_template(
        "documents/settings.html", event=actor.event, form=form, logo_form=logo_form, picture=picture
    )


def _page(actor: Actor, document_id: str, form: EndForm | SignedForm | None = None, way: str = "") -> str:
    row = get_document(actor.event.id, document_id)
    forms = {
        "cabut": EndForm(formdata=None),
        "ganti": EndForm(formdata=None),
        "lagi": EndForm(formdata=None),
        "unggah": SignedForm(formdata=None),
    }
    if form is not None:
        forms[way] = form
    return render_template(
        "documents/paper.html",
        event=actor.event,
        row=row,
        is_current=find_current(row),
        in_force=find_valid(actor.event.id, row.subject) if row.standing is Standing.REVOKED else None,
        forms=forms,
        may_issue=policy.can_issue(actor),
        kinds=KINDS,
        standings=STANDINGS,
        code=show_code(row.code),
    )

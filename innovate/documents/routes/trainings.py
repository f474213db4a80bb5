"""Certificates of an activity: what can be issued, what was, and what becomes of one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import NotFound, Refused, require
from innovate.core.web.unit_of_work import defers_write
from innovate.documents.domain.codes import show_code
from innovate.documents.forms import EndForm, LogoForm, TrainingForm
from innovate.documents.queries import trainings as reads
from innovate.documents.routes.mount import (
    blueprint,
    read_logo,
    send_archive,
    send_paper,
    send_pdf,
    show_logo,
    site,
)
from innovate.documents.services.printing import print_preview
from innovate.documents.services.trainings import issuing
from innovate.documents.services.trainings.drafting import draft_trainings, list_lost
from innovate.documents.services.trainings.wording import FIELDS, read_papers, save_logo, save_papers
from innovate.documents.words import STANDINGS
from innovate.learning import policy
from innovate.learning.guard import enter_activity
from innovate.learning.policy import Guest

_BASE = "/pelatihan/<public_id>/sertifikat"


@blueprint.route(_BASE, methods=["GET", "POST"])
def training(public_id: str) -> ResponseReturnValue:
    """Who has a claim and who has theirs; by POST have the missing ones made."""
    guest = _enter(public_id)
    if request.method == "POST":
        try:
            issuing.ask_for_certificates(guest, site=site(), at=clock.now())
        except Refused as refusal:
            flash(str(refusal.message), "error")
        return redirect(url_for("documents.training", public_id=public_id))
    activity = reads.get_activity(guest.activity.id)
    why, drafts = "", []
    try:
        drafts = draft_trainings(activity, at=clock.now())
    except Refused as refusal:
        why = str(refusal.message)
    search = request.args.get("q", "").strip()[:100]
    page = reads.list_certificates(activity.id, search=search, page=request.args.get("page", 1, int))
    held = reads.list_ever_held(activity.id)
    witness("papers", event_id=activity.event_id)
    return render_template(
        "documents/trainings/room.html",
        activity=activity,
        why=why,
        entitled=len(drafts),
        missing=sum(each.subject not in held for each in drafts),
        page=page,
        q=search,
        lost=list_lost(activity, page.items),
        any_set=bool(reads.list_set(activity.id, limit=1)),
        task=reads.find_making(activity.id),
        may_issue=policy.can_run(guest),
        standings=STANDINGS,
    )


@blueprint.get(f"{_BASE}/pratinjau.pdf")
def training_preview(public_id: str) -> ResponseReturnValue:
    """The first one as it would be issued now; 404 while there is none."""
    guest, at = _enter(public_id), clock.now()
    try:
        drafts = draft_trainings(reads.get_activity(guest.activity.id), at=at)
    except Refused as refusal:
        raise NotFound from refusal
    require(bool(drafts), NotFound())
    witness("paper", subject_id=drafts[0].user_id, event_id=guest.activity.event_id)
    made = print_preview(drafts[0].kind, drafts[0].data, at=at)
    return send_pdf([made], len(made), "pratinjau-sertifikat.pdf")


@blueprint.get(f"{_BASE}.zip")
def training_archive(public_id: str) -> ResponseReturnValue:
    """Every certificate of it in force; 404 while there is none."""
    guest = _enter(public_id)
    rows = reads.list_set(guest.activity.id)
    require(bool(rows), NotFound())
    witness("papers", event_id=guest.activity.event_id)
    return send_archive(rows, f"sertifikat-{public_id}.zip")


@blueprint.route(f"{_BASE}/naskah", methods=["GET", "POST"])
def training_papers(public_id: str) -> ResponseReturnValue:
    """Letterhead, signer and words of an activity that belongs to no event; events have a room for theirs."""
    guest = _enter_free(public_id)
    form = TrainingForm(obj=read_papers(guest.activity))
    if form.validate_on_submit():
        with form.catch():
            save_papers(guest, {name: form[name].data or "" for name in FIELDS}, at=clock.now())
            flash(_("Isi sertifikat disimpan."), "success")
            return redirect(url_for("documents.training", public_id=public_id))
    return _papers(guest, form, LogoForm(formdata=None)), form.status


@blueprint.post(f"{_BASE}/lambang")
@defers_write
def training_logo(public_id: str) -> ResponseReturnValue:
    """Take the picture for the letterhead of an activity that belongs to no event, or with `hapus` take it off."""
    guest, form = _enter_free(public_id), LogoForm()
    drawn: list[bytes | None] = []
    if form.validate_on_submit():
        with form.catch():
            drawn.append(None if request.form.get("hapus") else read_logo())
    if drawn:
        begin_write()
        save_logo(_enter_free(public_id), drawn[0], at=clock.now())
        flash(_("Lambang pada kop disimpan.") if drawn[0] else _("Lambang pada kop dihapus."), "success")
        return redirect(url_for("documents.training_papers", public_id=public_id))
    return _papers(guest, TrainingForm(formdata=None, obj=read_papers(guest.activity)), form), form.status


def _enter_free(public_id: str) -> Guest:
    guest = enter_activity(public_id, policy.can_run)
    require(guest.activity.event_id is None, NotFound())
    return guest


def _papers(guest: Guest, form: TrainingForm, logo_form: LogoForm) -> str:
    return render_template(
        "documents/trainings/papers.html",
        activity=guest.activity,
        form=form,
        logo_form=logo_form,
        picture=show_logo(read_papers(guest.activity).logo_key),
    )


@blueprint.get(f"{_BASE}/<document_id>")
def training_paper(public_id: str, document_id: str) -> ResponseReturnValue:
    """One certificate, and what may be done with it."""
    return _page(_enter(public_id), document_id)


@blueprint.get(f"{_BASE}/<document_id>/naskah.pdf")
def training_download(public_id: str, document_id: str) -> ResponseReturnValue:
    """Its PDF."""
    guest = _enter(public_id)
    row = reads.get_certificate(guest.activity.id, document_id)
    witness("paper", subject_id=row.user_id, event_id=guest.activity.event_id)
    return send_paper(row)


@blueprint.post(f"{_BASE}/<document_id>/<any(cabut, lagi):way>")
def training_end(public_id: str, document_id: str, way: str) -> ResponseReturnValue:
    """Revoke it, or issue it again under a new number."""
    guest = enter_activity(public_id, policy.can_run)
    form = EndForm()
    if form.validate_on_submit():
        with form.catch():
            reason, at = form.reason.data or "", clock.now()
            if way == "cabut":
                row = issuing.revoke_certificate(guest, document_id, reason=reason, at=at)
                flash(_("Naskah dicabut."), "success")
            else:
                row = issuing.reissue_certificate(guest, document_id, reason=reason, site=site(), at=at)
                flash(_("Naskah diberi nomor dan sedang disusun."), "success")
            return redirect(
                url_for("documents.training_paper", public_id=public_id, document_id=row.public_id)
            )
    return _page(guest, document_id, form, way), form.status


def _enter(public_id: str) -> Guest:
    return enter_activity(public_id, policy.can_read_people)


def _page(guest: Guest, document_id: str, form: EndForm | None = None, way: str = "") -> str:
    row = reads.get_certificate(guest.activity.id, document_id)
    witness("paper", subject_id=row.user_id, event_id=guest.activity.event_id)
    return render_template(
        "documents/trainings/paper.html",
        activity=guest.activity,
        row=row,
        code=show_code(row.code),
        instead=row.replaced_by or reads.find_in_force(guest.activity.id, row.subject),
        may_issue=policy.can_run(guest),
        standings=STANDINGS,
        forms={each: form if form and each == way else EndForm(formdata=None) for each in ("cabut", "lagi")},
    )

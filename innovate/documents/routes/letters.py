"""Letters of the committee: the decree that names the jury, invitations, letters of duty."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from innovate.core import clock
from innovate.core.errors import NotFound, Refused
from innovate.documents import policy
from innovate.documents.domain.kinds import PaperKind, Recipients
from innovate.documents.domain.sessions import Asked
from innovate.documents.forms import LetterForm
from innovate.documents.queries.guests import find_finalist_board
from innovate.documents.routes.mount import blueprint, send_pdf, site
from innovate.documents.services import correspondence
from innovate.documents.services.printing import print_preview
from innovate.documents.words import KINDS, RECIPIENTS
from innovate.events.guard import enter
from innovate.events.models import Event


@blueprint.route("/k/<slug>/kelola/dokumen/surat/<any(invitation, duty):letter>", methods=["GET", "POST"])
def letter(slug: str, letter: str) -> ResponseReturnValue:
    """Have letters of one kind made for everybody of a choice."""
    actor = enter(slug, policy.can_issue)
    kind = PaperKind(letter)
    form = _letter_form(actor.event, kind)
    if form.validate_on_submit():
        with form.catch():
            asked = Asked(
                kind,
                Recipients(form.to.data),
                form.read_session(),
                each=kind is PaperKind.DUTY or form.each.data == "yes",
                with_nip=kind is PaperKind.DUTY and bool(form.with_nip.data),
            )
            correspondence.ask_for_letters(actor, asked, site=site(), at=clock.now())
            flash(_("Surat sedang diberi nomor dan disusun."), "success")
            return redirect(url_for("documents.room", slug=slug))
    page = render_template("documents/letter.html", event=actor.event, form=form, kind=kind, name=KINDS[kind])
    return page, form.status


@blueprint.post("/k/<slug>/kelola/dokumen/surat/dewan-juri")
def appoint(slug: str) -> ResponseReturnValue:
    """Issue the decree that names the jury."""
    actor = enter(slug, policy.can_issue)
    try:
        correspondence.issue_appointment(actor, site=site(), at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Naskah diberi nomor dan sedang disusun."), "success")
    return redirect(url_for("documents.room", slug=slug))


@blueprint.get("/k/<slug>/kelola/dokumen/surat/dewan-juri.pdf")
def appointment(slug: str) -> ResponseReturnValue:
    """What would be issued now; 404 while there is no jury."""
    actor = enter(slug, policy.can_read_papers)
    at = clock.now()
    try:
        draft = correspondence.draft_appointment(actor.event, at=at)
    except Refused as refusal:
        raise NotFound from refusal
    made = print_preview(draft.kind, draft.data, at=at)
    return send_pdf([made], len(made), "pratinjau-keputusan-dewan-juri.pdf")


def _letter_form(event: Event, kind: PaperKind) -> LetterForm:
    form = LetterForm(data={"place": event.place, "each": "yes", "with_nip": True})
    teams = [Recipients.TEAMS]
    if find_finalist_board(event):
        teams.insert(0, Recipients.FINALISTS)
    others = [] if kind is PaperKind.DUTY else [Recipients.JURORS, Recipients.COMMITTEE]
    form.to.choices = [SelectChoice(each.value, RECIPIENTS[each]) for each in (*teams, *others)]
    if kind is PaperKind.DUTY:
        del form.each
    else:
        del form.with_nip
    return form

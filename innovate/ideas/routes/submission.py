"""Handing in: check, receipt, taking back, consent."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.core.numbers import read_number
from innovate.ideas import policy
from innovate.ideas.domain.revisions import fingerprint
from innovate.ideas.forms import SubmitForm, WithdrawForm
from innovate.ideas.guard import enter_idea
from innovate.ideas.models import IdeaRevision
from innovate.ideas.queries.eligibility import check_draft_eligibility
from innovate.ideas.queries.files import list_files
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.queries.reading import read_entry
from innovate.ideas.queries.similar.drafts import check_draft
from innovate.ideas.routes.proposals import asked, blueprint, place, standing
from innovate.ideas.routes.sections import find_detour
from innovate.ideas.services import submission


@blueprint.route("/usulan/<idea_id>/ajukan", methods=["GET", "POST"])
def submit(slug: str, idea_id: str) -> ResponseReturnValue:
    """Check everything once more, then hand in."""
    actor, idea = enter_idea(slug, idea_id, policy.can_edit)
    if detour := find_detour(actor, idea):
        return redirect(detour)
    form = SubmitForm(data={"in_gallery": idea.in_gallery or idea.number is None})
    if form.validate_on_submit():
        version = form.version.data
        with form.catch():
            submission.submit_idea(
                actor,
                idea,
                version=read_number(version) or 0,
                in_gallery=form.in_gallery.data,
                at=clock.now(),
            )
            return redirect(url_for("ideas.receipt", **place(actor, idea)))
    idea = get_idea(actor.event.id, idea_id)
    form.version.data = form.version.raw_data = str(idea.version)
    status = form.status
    return (
        render_template(
            "ideas/submit.html",
            form=form,
            entry=read_entry(actor.event, idea),
            alike=check_draft(actor, idea),
            **asked(check_draft_eligibility(actor.event, idea)),
            **standing(actor, idea),
        ),
        status,
    )


@blueprint.get("/usulan/<idea_id>/tanda-terima")
def receipt(slug: str, idea_id: str) -> ResponseReturnValue:
    """The receipt: number, instant, and the fingerprint of what was handed in."""
    actor, idea = enter_idea(slug, idea_id)
    require(idea.submitted_revision is not None, NotFound())
    return render_template(
        "ideas/receipt.html",
        mark=_fingerprint(idea.submitted_revision),
        sent=list_files(idea.id, idea.submitted_revision.files if idea.submitted_revision else []),
        **standing(actor, idea),
    )


def _fingerprint(revision: IdeaRevision | None) -> str:
    if revision is None:
        return ""
    parts = ("title", "group_id", "track_id", "answers", "files")
    return fingerprint({part: getattr(revision, part) for part in parts})


@blueprint.route("/usulan/<idea_id>/tarik", methods=["GET", "POST"])
def withdraw(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take the idea back, after being told what that means."""
    actor, idea = enter_idea(slug, idea_id, policy.can_edit)
    form = WithdrawForm()
    if form.validate_on_submit():
        with form.catch():
            submission.withdraw_idea(actor, idea, reason=form.reason.data or "", at=clock.now())
            flash(_("Usulan ditarik. Isinya tetap tersimpan."))
            return redirect(url_for("ideas.show", **place(actor, idea)))
    idea = get_idea(actor.event.id, idea_id)
    return render_template("ideas/withdraw.html", form=form, **standing(actor, idea)), form.status


@blueprint.post("/usulan/<idea_id>/pulihkan")
def restore(slug: str, idea_id: str) -> ResponseReturnValue:
    """Undo the withdrawal."""
    actor, idea = enter_idea(slug, idea_id, policy.can_edit)
    try:
        submission.restore_idea(actor, idea, at=clock.now())
    except Refused as refused:
        flash(str(refused.message), "error")
    else:
        flash(_("Usulan dipulihkan dan kembali diajukan."))
    return redirect(url_for("ideas.show", **place(actor, idea)))


@blueprint.post("/usulan/<idea_id>/galeri")
def consent(slug: str, idea_id: str) -> ResponseReturnValue:
    """Agree to the gallery, or no longer."""
    actor, idea = enter_idea(slug, idea_id, policy.can_edit)
    shown = request.form.get("shown") == "1"
    submission.set_gallery_consent(actor, idea, shown=shown, at=clock.now())
    flash(
        _("Usulan akan tampil di galeri setelah hasil diumumkan.")
        if shown
        else _("Usulan tidak tampil di galeri.")
    )
    return redirect(url_for("ideas.show", **place(actor, idea)))

"""The juror's side of a session: scores of all beside each other, one's own to amend, and the signature."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.forms import Form
from innovate.deliberation import policy
from innovate.deliberation.forms import NoteForm
from innovate.deliberation.models import Deliberation
from innovate.deliberation.queries import changes, matrix
from innovate.deliberation.queries import sessions as queries
from innovate.deliberation.routes.mount import blueprint
from innovate.deliberation.services.sessions import add_note
from innovate.deliberation.services.signing import sign_outcome
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import list_barred
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import get_round
from innovate.scoring.routes.company import list_remarks


def _enter(slug: str, number: int) -> tuple[Actor, Round, Deliberation]:
    actor = enter(slug, policy.can_sit)
    round_ = get_round(actor.event, number)
    session, serving = queries.find_session(round_), find_round_jury(round_)
    if session is None or (serving is not None and actor.user_id not in serving):
        raise NotFound
    return actor, round_, session


@blueprint.get("/juri/sidang/<int:number>")
def desk(slug: str, number: int) -> ResponseReturnValue:
    """The session, and after it the outcome to agree to."""
    return _page(slug, number)


@blueprint.post("/juri/sidang/<int:number>/setuju")
def sign(slug: str, number: int) -> ResponseReturnValue:
    """Agree to the outcome as it was shown."""
    actor, round_, _session = _enter(slug, number)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            sign_outcome(actor, round_, stamp=request.form.get("stamp", "")[:60], at=clock.now())
            flash(_("Persetujuan Anda dicatat."), "success")
            return redirect(url_for("deliberation.desk", slug=slug, number=number))
    return _page(slug, number, form)


def _page(slug: str, number: int, form: Form | None = None) -> ResponseReturnValue:
    actor, round_, session = _enter(slug, number)
    hidden = list_barred(actor.event.id, actor.user_id)
    page = request.args.get("page", 1, type=int)
    signers = queries.list_signers(round_)
    changed = changes.page_of_changes(
        session,
        hidden=hidden,
        juror_id=None if session.is_open else actor.user_id,
        page=request.args.get("perubahan", 1, type=int),
    )
    body = render_template(
        "deliberation/desk.html",
        event=actor.event,
        round=round_,
        session=session,
        matrix=matrix.load_matrix(round_, hidden=hidden, page=page) if session.is_open else None,
        changes=changed,
        names=changes.list_names(round_.id),
        signers=signers,
        mine=next((each for each in signers if each.user.id == actor.user_id), None),
        stamp=queries.load_stamps([round_.id])[round_.id],
        act=form,
        user_id=actor.user_id,
    )
    return body, form.status if form else 200


@blueprint.route("/juri/sidang/<int:number>/karya/<idea_id>", methods=["GET", "POST"])
def desk_entry(slug: str, number: int, idea_id: str) -> ResponseReturnValue:
    """One entry criterion by criterion, while the session is open."""
    actor, round_, session = _enter(slug, number)
    require(session.is_open, NotFound())
    found = matrix.get_entry(round_, idea_id, hidden=list_barred(actor.event.id, actor.user_id))
    form = NoteForm()
    if form.validate_on_submit():
        with form.catch():
            add_note(actor, session, found.idea_id, text=form.text.data, at=clock.now())
            flash(_("Catatan tersimpan."), "success")
            return redirect(url_for("deliberation.desk_entry", slug=slug, number=number, idea_id=idea_id))
    return render_template(
        "deliberation/desk_entry.html",
        event=actor.event,
        round=round_,
        session=session,
        entry=found,
        remarks=list_remarks(actor, found.idea_id),
        notes=matrix.list_notes(session, found.idea_id),
        own=next((sheet for sheet in found.sheets if sheet.user_id == actor.user_id), None),
        form=form,
        can_write=True,
    ), form.status

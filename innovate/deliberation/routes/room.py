"""The leaders' room: open and close the session, see the matrix, every change, and who signed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.paging import Page
from innovate.core.web.forms import Form
from innovate.deliberation import policy
from innovate.deliberation.forms import NoteForm, OpenForm
from innovate.deliberation.models import Deliberation
from innovate.deliberation.queries import changes, matrix
from innovate.deliberation.queries import sessions as queries
from innovate.deliberation.routes.mount import blueprint
from innovate.deliberation.services import sessions as services
from innovate.deliberation.services.signing import remind_signers as remind
from innovate.events.guard import enter
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.rounds import get_round, list_rounds
from innovate.scoring.queries.seal import is_settled
from innovate.scoring.routes.company import list_remarks


@blueprint.get("/kelola/sidang/<int:number>")
def room(slug: str, number: int) -> ResponseReturnValue:
    """The session of a round, or the way to open it."""
    return _page(slug, number)


@blueprint.post("/kelola/sidang/<int:number>/buka", endpoint="open")
def open_session(slug: str, number: int) -> ResponseReturnValue:
    """Let the jury sit down."""
    actor = enter(slug, policy.can_lead)
    form = OpenForm()
    if form.validate_on_submit():
        with form.catch():
            round_ = get_round(actor.event, number)
            services.open_session(actor, round_, reason=form.reason.data or "", at=clock.now())
            flash(_("Sidang dibuka. Setiap juri babak ini menerima surel."), "success")
            return redirect(url_for("deliberation.room", slug=slug, number=number))
    return _page(slug, number, form)


@blueprint.post("/kelola/sidang/<int:number>/tutup", endpoint="close")
def close_session(slug: str, number: int) -> ResponseReturnValue:
    """Let it rise."""
    actor = enter(slug, policy.can_lead)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            services.close_session(actor, get_round(actor.event, number), at=clock.now())
            flash(_("Sidang ditutup. Nilai antarjuri tersembunyi lagi."), "success")
            return redirect(url_for("deliberation.room", slug=slug, number=number))
    return _page(slug, number, form)


@blueprint.post("/kelola/sidang/<int:number>/ingatkan")
def remind_signers(slug: str, number: int) -> ResponseReturnValue:
    """Ask those who have not signed."""
    actor = enter(slug, policy.can_lead)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            n = remind(actor, get_round(actor.event, number), at=clock.now())
            flash(ngettext("%(num)s juri diingatkan.", "%(num)s juri diingatkan.", n), "success")
            return redirect(url_for("deliberation.room", slug=slug, number=number))
    return _page(slug, number, form)


def _page(slug: str, number: int, form: Form | None = None) -> ResponseReturnValue:
    actor = enter(slug, policy.can_enter)
    rounds = list_rounds(actor.event.id)
    if not rounds:
        return render_template("scoring/lead/no_round.html", actor=actor, event=actor.event)
    round_ = get_round(actor.event, number)
    session, hidden = queries.find_session(round_), list_hidden(actor)
    page = request.args.get("page", 1, type=int)
    sitting = session is not None
    body = render_template(
        "deliberation/room.html",
        actor=actor,
        event=actor.event,
        rounds=rounds,
        round=round_,
        session=session,
        can_lead=policy.can_lead(actor),
        counted=queries.count_handed_in(round_),
        matrix=matrix.load_matrix(round_, hidden=hidden, page=page) if sitting else None,
        changes=_changes(session, hidden) if session else None,
        settled=is_settled(round_),
        names=changes.list_names(round_.id) if sitting else {},
        signers=queries.list_signers(round_) if sitting else [],
        signatures=queries.list_signatures(round_) if sitting else [],
        act=form,
        form=form if isinstance(form, OpenForm) else OpenForm(formdata=None),
    )
    return body, form.status if form else 200


def _changes(session: Deliberation, hidden: frozenset[int]) -> Page[changes.ChangeRow]:
    return changes.page_of_changes(session, hidden=hidden, page=request.args.get("perubahan", 1, type=int))


@blueprint.route("/kelola/sidang/<int:number>/karya/<idea_id>", methods=["GET", "POST"])
def entry(slug: str, number: int, idea_id: str) -> ResponseReturnValue:
    """One entry criterion by criterion, with what was said about it."""
    writes = request.method == "POST"
    actor = enter(slug, policy.can_lead if writes else policy.can_enter)
    round_ = get_round(actor.event, number)
    session = queries.find_session(round_)
    require(session is not None, NotFound())
    found = matrix.get_entry(round_, idea_id, hidden=list_hidden(actor))
    form = NoteForm()
    if session is not None and form.validate_on_submit():
        with form.catch():
            services.add_note(actor, session, found.idea_id, text=form.text.data, at=clock.now())
            flash(_("Catatan tersimpan."), "success")
            return redirect(url_for("deliberation.entry", slug=slug, number=number, idea_id=idea_id))
    return render_template(
        "deliberation/entry.html",
        actor=actor,
        event=actor.event,
        round=round_,
        session=session,
        entry=found,
        remarks=list_remarks(actor, found.idea_id),
        notes=matrix.list_notes(session, found.idea_id) if session else [],
        form=form,
        can_write=policy.can_lead(actor),
    ), form.status

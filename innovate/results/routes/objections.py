"""Objections: the team's side, and the committee's."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.core import clock, storage
from innovate.core.errors import NotFound, require
from innovate.events.guard import enter, signed_in_user
from innovate.events.policy import Actor
from innovate.ideas.domain.uploads import MEDIA_TYPES
from innovate.ideas.policy import is_member
from innovate.results import policy
from innovate.results.domain.objections import Outcome, receipt_of
from innovate.results.forms import AnswerForm, ObjectionForm
from innovate.results.models import Objection
from innovate.results.queries import objections as reads
from innovate.results.queries.boards import list_boards
from innovate.results.routes.mount import blueprint
from innovate.results.services.objections import Attachment, answer_objection, file_objection
from innovate.scoring.queries.conflicts import list_hidden

# -- the team's side ----------------------------------------------------------------------------------------------


@blueprint.get("/k/<slug>/sanggahan")
def objections(slug: str) -> ResponseReturnValue:
    """What one's own teams may object to, and what they have objected."""
    actor = enter(slug, lambda who: who.user is not None)
    user = signed_in_user()
    require(user is not None, NotFound())
    return render_template(
        "results/objections.html",
        event=actor.event,
        entrants=reads.list_entrants(actor.event, user, clock.now()) if user else [],
        filed=reads.list_own_objections(actor.event.id, actor.user_id),
        receipt_of=receipt_of,
    )


@blueprint.route(
    "/k/<slug>/sanggahan/baru/<int:number>/<idea_id>", methods=["GET", "POST"], endpoint="file_objection"
)
def file_one(slug: str, number: int, idea_id: str) -> ResponseReturnValue:
    """A captain's form. What comes late is refused by the server's clock, and what was typed stays on the page."""
    actor = enter(slug)
    entrant = _get_entrant(actor, number, idea_id)
    form = ObjectionForm()
    if form.validate_on_submit():
        with form.catch():
            row = file_objection(
                actor, number, idea_id, reason=form.reason.data, attachment=_attachment(), at=clock.now()
            )
            number_ = receipt_of(row.number)
            flash(_("Sanggahan diterima dengan nomor %(number)s.", number=number_), "success")
            return redirect(url_for("results.objection", slug=slug, objection_id=row.public_id))
    page = render_template(
        "results/object.html",
        event=actor.event,
        entrant=entrant,
        form=form,
        accepted=",".join(f".{kind}" for kind in MEDIA_TYPES),
        max_mb=current_app.config["MAX_UPLOAD_MB"],
    )
    return page, form.status


def _attachment() -> Attachment | None:
    upload = request.files.get("attachment")
    if upload is None or not upload.filename:
        return None
    limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
    return Attachment(upload.filename, upload.stream.read(limit + 1), limit)


def _get_entrant(actor: Actor, number: int, idea_id: str) -> reads.Entrant:
    """The captain's own entry on an announced board, or NotFound."""
    user = actor.user
    mine = reads.list_entrants(actor.event, user, clock.now()) if user else []
    for each in mine:
        if each.view.number == number and each.row.idea_public_id == idea_id and each.is_captain:
            return each
    raise NotFound


@blueprint.get("/k/<slug>/sanggahan/<objection_id>")
def objection(slug: str, objection_id: str) -> ResponseReturnValue:
    """The receipt, and the answer once there is one: for everybody in the team."""
    actor = enter(slug)
    row = reads.get_objection(actor.event.id, objection_id)
    require(is_member(actor, row.idea), NotFound())
    return render_template("results/objection.html", event=actor.event, row=row, receipt_of=receipt_of)


@blueprint.get("/k/<slug>/sanggahan/<objection_id>/lampiran")
def objection_file(slug: str, objection_id: str) -> ResponseReturnValue:
    """What was attached, for the team and whoever reads objections."""
    actor = enter(slug)
    row = reads.get_objection(actor.event.id, objection_id)
    require((is_member(actor, row.idea) or _may_read(actor, row)) and bool(row.storage_key), NotFound())
    response = Response(storage.stream(row.storage_key), mimetype=row.media_type)
    plain = row.filename.encode("ascii", "ignore").decode() or "lampiran"
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": plain})
    response.headers["Cache-Control"] = "private, no-store"
    response.content_length = row.size
    return response


# -- the committee's side -----------------------------------------------------------------------------------------


def _may_read(actor: Actor, row: Objection) -> bool:
    """Organizers, chair and auditor; not a chair who has a conflict of interest with the entry."""
    return policy.can_read_objections(actor) and row.idea_id not in list_hidden(actor)


@blueprint.get("/k/<slug>/kelola/sanggahan")
def objection_room(slug: str) -> ResponseReturnValue:
    """Every objection of the event, those without an answer first."""
    actor = enter(slug, policy.can_read_objections)
    only_open = request.args.get("status") == "menunggu"
    page = request.args.get("page", 1, type=int)
    return render_template(
        "results/objection_room.html",
        event=actor.event,
        rows=reads.list_objections(actor.event.id, only_open=only_open, hidden=list_hidden(actor), page=page),
        only_open=only_open,
        receipt_of=receipt_of,
    )


@blueprint.get("/k/<slug>/kelola/sanggahan/<objection_id>")
def objection_desk(slug: str, objection_id: str) -> ResponseReturnValue:
    """One objection with its answer or the form for it."""
    return _show_desk(*_enter_desk(slug, objection_id), AnswerForm())


@blueprint.post("/k/<slug>/kelola/sanggahan/<objection_id>", endpoint="answer_objection")
def send_answer(slug: str, objection_id: str) -> ResponseReturnValue:
    """Decide it; the team is told by mail."""
    actor, row = _enter_desk(slug, objection_id)
    require(policy.can_answer_objections(actor), NotFound())
    form = AnswerForm()
    if form.validate_on_submit():
        with form.catch():
            answer_objection(
                actor, row, outcome=Outcome(form.outcome.data), answer=form.answer.data, at=clock.now()
            )
            flash(_("Jawaban dikirim ke seluruh anggota tim."), "success")
            return redirect(url_for("results.objection_desk", slug=slug, objection_id=row.public_id))
    return _show_desk(actor, row, form)


def _enter_desk(slug: str, objection_id: str) -> tuple[Actor, Objection]:
    actor = enter(slug, policy.can_read_objections)
    row = reads.get_objection(actor.event.id, objection_id)
    require(_may_read(actor, row), NotFound())
    return actor, row


def _show_desk(actor: Actor, row: Objection, form: AnswerForm) -> ResponseReturnValue:
    views = list_boards(actor.event)
    view = next(each for each in views if each.board is not None and each.board.id == row.board_id)
    page = render_template(
        "results/objection_desk.html",
        event=actor.event,
        row=row,
        view=view,
        form=form,
        may_answer=policy.can_answer_objections(actor) and row.answered_at is None,
        may_move=policy.can_move_board(actor),
        receipt_of=receipt_of,
    )
    return page, form.status

"""The allocation board: jurors moved between entries by mouse, by key, or by form."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.forms import Form
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain.assignment.moves import Mark
from innovate.scoring.forms.moves import MoveForm
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries import allocation as queries
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.panel import SeatPage, get_seat_page
from innovate.scoring.queries.rounds import get_round, list_rounds
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services.assignment import CONFLICT_TEXTS, assign_juror
from innovate.scoring.services.moves import move_assignment, undo_move

MARKS = {
    Mark.HERE: _l("sudah pada karya ini"),
    Mark.CONFLICT: _l("berbenturan"),
    Mark.ABSENT: _l("tidak bertugas pada babak ini"),
    Mark.FULL: _l("batas karyanya sudah tercapai"),
    Mark.TRACK: _l("ahli kategori"),
    Mark.WORDS: _l("kata kunci cocok"),
    Mark.BRIDGE: _l("jembatan: belum berbagi karya dengan juri di sini"),
    Mark.OPEN: _l("bisa"),
}
_KEPT = ("q", "hanya", "juri", "page")
_PATH = "/kelola/penugasan/<int:number>/papan"


def _enter(slug: str, number: int) -> tuple[Actor, Round]:
    actor = enter_lead(slug)
    require(policy.can_lead(actor), NotFound())
    return actor, get_round(actor.event, number)


def _kept() -> dict[str, Any]:
    return {key: request.args[key] for key in _KEPT if request.args.get(key)}


def _say_code(verdict: queries.Verdict, *, shows_why: bool) -> str:
    """A short name for what the page says of a pair; why they conflict only for those who may know it."""
    if verdict.mark is Mark.CONFLICT and verdict.reason and shows_why:
        return f"{verdict.mark.value}.{verdict.reason.value}"
    return verdict.mark.value


def _sayings(*, shows_why: bool) -> dict[str, str]:
    says = {mark.value: str(text) for mark, text in MARKS.items()}
    if shows_why:
        says |= {f"conflict.{why.value}": str(text) for why, text in CONFLICT_TEXTS.items()}
    return says


@blueprint.get(_PATH)
def allocation(slug: str, number: int) -> ResponseReturnValue:
    """Entries as rows, jurors as chips on them."""
    actor = enter_lead(slug)
    round_ = get_round(actor.event, number)
    args = request.args
    only = args.get("hanya", "")
    chosen = queries.AllocationFilter(
        search=args.get("q", "").strip()[:80],
        only=only if only in {"short", "open"} else "",
        juror=args.get("juri", "")[:12],
        page=args.get("page", 1, type=int),
        moved=args.get("pindah", "")[:12],
    )
    board = queries.load_allocation(round_, chosen, hidden=list_hidden(actor))
    shows_why = policy.sees_identity(actor, [round_])
    places = {row.user.id: n for n, row in enumerate(board.jurors)}
    return render_template(
        "scoring/lead/allocation.html",
        actor=actor,
        event=actor.event,
        rounds=list_rounds(actor.event.id),
        round=round_,
        board=board,
        chosen=chosen,
        kept=_kept(),
        people={row.user.id: row for row in board.jurors},
        places=places,
        marks={
            idea: " ".join(
                f"{places[user]}:{_say_code(verdict, shows_why=shows_why)}" for user, verdict in row.items()
            )
            for idea, row in board.verdicts.items()
        },
        blocked={
            moving: {
                row.user.id: queries.blocked_by(row, board.serving, moving=moving) for row in board.jurors
            }
            for moving in (False, True)
        },
        says=_sayings(shows_why=shows_why),
        tracks={track.code: track.name for track in actor.event.tracks},
        can_lead=policy.can_lead(actor),
    )


@blueprint.route(f"{_PATH}/kursi/<public_id>", methods=["GET", "POST"])
def move_seat(slug: str, number: int, public_id: str) -> ResponseReturnValue:
    """Move one juror to another entry."""
    actor, round_ = _enter(slug, number)
    hidden = list_hidden(actor)
    seat = get_seat_page(actor.event.id, public_id)
    require(seat.round_number == number and seat.idea_id not in hidden, NotFound())
    targets = queries.load_targets(round_, seat.juror_public_id, moving=True, hidden=hidden)
    form = _offer(actor, round_, targets)
    if form.validate_on_submit():
        with form.catch():
            new = move_assignment(
                actor, public_id, form.to.data, reason=form.reason.data or "", at=clock.now()
            )
            where = url_for("scoring.allocation", slug=slug, number=number, pindah=new.public_id, **_kept())
            return redirect(where)
    return _form_page(actor, round_, targets, form, seat), form.status


@blueprint.route(f"{_PATH}/juri/<public_id>", methods=["GET", "POST"])
def give_seat(slug: str, number: int, public_id: str) -> ResponseReturnValue:
    """Put one juror on one more entry."""
    actor, round_ = _enter(slug, number)
    targets = queries.load_targets(round_, public_id, moving=False, hidden=list_hidden(actor))
    form = _offer(actor, round_, targets)
    if form.validate_on_submit():
        with form.catch():
            assign_juror(actor, round_, form.to.data, public_id, at=clock.now())
            flash(
                _("Juri ditugaskan. Surelnya berangkat setelah 15 menit tanpa penugasan baru baginya."),
                "success",
            )
            return redirect(url_for("scoring.allocation", slug=slug, number=number, **_kept()))
    return _form_page(actor, round_, targets, form, None), form.status


def _offer(actor: Actor, round_: Round, targets: queries.Targets) -> MoveForm:
    says = _sayings(shows_why=policy.sees_identity(actor, [round_]))
    form = MoveForm()
    form.to.choices = [SelectChoice("", _("Pilih karya"))]
    for entry, verdict in targets.entries:
        label = f"{entry.number or 0:03d} {entry.title} ({entry.assigned}/{round_.ballots_per_idea})"
        said = says.get(_say_code(verdict, shows_why=True)) or says[verdict.mark.value]
        if verdict.is_forbidden:
            label = _("%(entry)s, tidak bisa: %(why)s", entry=label, why=said)
        elif verdict.is_good:
            label = f"{label}, {said}"
        form.to.choices.append(SelectChoice(entry.public_id, label))
    return form


def _form_page(
    actor: Actor, round_: Round, targets: queries.Targets, form: MoveForm, seat: SeatPage | None
) -> str:
    begun = seat is not None and seat.ballot in {BallotState.DRAFT, BallotState.SUBMITTED}
    return render_template(
        "scoring/lead/move.html",
        actor=actor,
        event=actor.event,
        round=round_,
        seat=seat,
        stands=seat is None or seat.state is AssignmentState.ACTIVE,
        begun=begun,
        juror=targets.juror,
        blocked=MARKS[targets.blocked] if targets.blocked else "",
        form=form,
        kept=_kept(),
    )


@blueprint.post(f"{_PATH}/kursi/<public_id>/batal", endpoint="undo_move")
def take_back_move(slug: str, number: int, public_id: str) -> ResponseReturnValue:
    """The juror goes back to where they were."""
    actor, _round = _enter(slug, number)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            undo_move(actor, public_id, at=clock.now())
            flash(_("Pemindahan dibatalkan. Juri kembali ke karya semula."), "success")
    for message in form.form_errors:
        flash(str(message), "error")
    return redirect(url_for("scoring.allocation", slug=slug, number=number, **_kept()))

"""Which juror scores which entry: by hand."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.forms.setup import AssignForm
from innovate.scoring.models.jury import AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries import jury as queries
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.groups import count_groups
from innovate.scoring.queries.panel import get_seat_page
from innovate.scoring.queries.rounds import count_entries, get_round, list_rounds
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import assignment

_KEPT = ("q", "hanya", "kelompok", "page")


@blueprint.get("/kelola/penugasan")
def assignments(slug: str) -> ResponseReturnValue:
    """Entries with their jurors; those with too few first in sight."""
    actor = enter_lead(slug)
    rounds = list_rounds(actor.event.id)
    round_ = queries.pick_round(rounds, request.args.get("babak", type=int), clock.now())
    if round_ is None:
        return render_template("scoring/lead/no_round.html", actor=actor, event=actor.event)
    return _page(actor, round_, AssignForm(formdata=None), rounds=rounds)


def _page(actor: Actor, round_: Round, form: AssignForm, *, rounds: list[Round] | None = None) -> str:
    args = request.args
    jurors = queries.list_jurors(actor.event.id, round_.id)
    form.offer([(row.user.public_id, f"{row.user.name} ({row.progress.assigned})") for row in jurors])
    chosen = {
        "q": args.get("q", "").strip()[:80],
        "hanya": args.get("hanya", "") if args.get("hanya") in {"short", "open"} else "",
        "kelompok": args.get("kelompok", ""),
    }
    return render_template(
        "scoring/lead/assignments.html",
        actor=actor,
        event=actor.event,
        rounds=rounds or list_rounds(actor.event.id),
        round=round_,
        window=round_.window(clock.now()),
        page=queries.page_of_entries(
            round_,
            page=args.get("page", 1, type=int),
            search=chosen["q"],
            only=chosen["hanya"],
            group=chosen["kelompok"],
            hidden=list_hidden(actor),
        ),
        chosen=chosen,
        jurors=jurors,
        juror_ids={row.user.id for row in jurors},
        short=len(queries.list_short_entries(round_)),
        entries=count_entries(round_),
        form=form,
        divided=count_groups([round_.id])[round_.id],
        can_lead=policy.can_lead(actor),
    )


@blueprint.post("/kelola/penugasan/<int:number>")
def assign(slug: str, number: int) -> ResponseReturnValue:
    """Give one entry to one juror."""
    actor = enter_lead(slug)
    round_ = get_round(actor.event, number)
    form = AssignForm()
    form.offer([(row.user.public_id, row.user.name) for row in queries.list_jurors(actor.event.id)])
    if form.validate_on_submit():
        with form.catch():
            assignment.assign_juror(actor, round_, form.idea.data, form.juror.data, at=clock.now())
            flash(
                _("Juri ditugaskan. Surelnya berangkat setelah 15 menit tanpa penugasan baru baginya."),
                "success",
            )
            kept: dict[str, Any] = {key: request.args[key] for key in _KEPT if key in request.args}
            return redirect(url_for("scoring.assignments", slug=slug, babak=number, **kept))
    return _page(actor, round_, form), 422


@blueprint.route("/kelola/penugasan/kursi/<public_id>", methods=["GET", "POST"])
def seat(slug: str, public_id: str) -> ResponseReturnValue:
    """One assignment: take it back or restore it, each with a reason."""
    actor = enter_lead(slug)
    found = get_seat_page(actor.event.id, public_id)
    require(found.idea_id not in list_hidden(actor), NotFound())
    active = found.state is AssignmentState.ACTIVE
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            if active:
                assignment.remove_assignment(actor, public_id, reason=form.reason.data, at=clock.now())
                flash(_("Penugasan dicabut. Nilainya disimpan dan tidak dihitung."), "success")
            else:
                assignment.restore_assignment(actor, public_id, reason=form.reason.data, at=clock.now())
                flash(_("Penugasan dipulihkan."), "success")
            return redirect(url_for("scoring.assignments", slug=slug, babak=found.round_number))
    return render_template(
        "scoring/lead/seat.html",
        actor=actor,
        event=actor.event,
        seat=found,
        form=form,
        can_lead=policy.can_lead(actor),
    ), form.status

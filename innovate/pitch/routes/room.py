"""The room where a pitch day is planned, its order drawn, changed and published."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.pitch import policy, queries
from innovate.pitch.domain.order import propose_seed
from innovate.pitch.domain.schedule import Plan
from innovate.pitch.forms import DrawForm, MoveForm, PlanForm, PostponeForm, plan_form, plan_of
from innovate.pitch.guard import enter_day
from innovate.pitch.queries import Programme, Turn
from innovate.pitch.routes.mount import blueprint
from innovate.pitch.services import days, order
from innovate.scoring.guard import enter_round
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.jury import pick_round
from innovate.scoring.queries.rounds import count_entries, list_rounds


@blueprint.get("/kelola/presentasi")
def room(slug: str) -> ResponseReturnValue:
    """One round's pitch day; without a wish the last round's, which is the final."""
    actor = enter(slug, policy.can_read_room)
    rounds = list_rounds(actor.event.id)
    number = request.args.get("babak", type=int) or (rounds[-1].number if rounds else None)
    round_ = pick_round(rounds, number, clock.now())
    if round_ is None:
        return render_template("pitch/no_round.html", event=actor.event)
    return _page(actor, round_, rounds)


def _page(
    actor: Actor,
    round_: Round,
    rounds: list[Round] | None = None,
    *,
    plan: PlanForm | None = None,
    draw: DrawForm | None = None,
) -> ResponseReturnValue:
    day = queries.find_day(round_.id)
    programme = queries.load_programme(day, round_) if day else None
    form = plan or plan_form(plan_of(day) if day else Plan(round_.phase.starts_at), actor.event.zone)
    draw_form = draw or DrawForm(formdata=None, seed=propose_seed(), by_group=bool(day and day.by_group))
    status = next((f.status for f in (plan, draw) if f is not None), 200)
    return render_template(
        "pitch/room.html",
        event=actor.event,
        rounds=rounds or list_rounds(actor.event.id),
        round=round_,
        day=day,
        programme=programme,
        plan=form,
        draw=draw_form,
        entries=count_entries(round_),
        missing=queries.list_missing(programme, round_) if programme and programme.day.seed else [],
        changes=queries.list_changes(day.id) if day else [],
        can_plan=policy.can_plan(actor),
        can_operate=policy.can_operate(actor),
    ), status


@blueprint.post("/kelola/presentasi/<int:number>/rencana")
def plan(slug: str, number: int) -> ResponseReturnValue:
    """Place, times, warnings, breaks."""
    actor, round_ = enter_round(slug, number, policy.can_plan)
    form = plan_form(Plan(round_.phase.starts_at), actor.event.zone)
    if form.validate_on_submit():
        with form.catch():
            days.save_day(actor, round_, form.plan, at=clock.now())
            flash(_("Rencana hari presentasi disimpan."), "success")
            return _back(slug, number)
    return _page(actor, round_, plan=form)


@blueprint.post("/kelola/presentasi/<int:number>/undi")
def draw(slug: str, number: int) -> ResponseReturnValue:
    """Draw the order by the seed."""
    actor, round_, _programme = enter_day(slug, number, policy.can_plan)
    form = DrawForm()
    if form.validate_on_submit():
        with form.catch():
            drawn = order.draw(
                actor,
                round_,
                seed=form.seed.data or "",
                by_group=form.by_group.data,
                reason=form.reason.data or "",
                at=clock.now(),
            )
            text = ngettext("Urutan %(num)s tim diundi.", "Urutan %(num)s tim diundi.", len(drawn))
            flash(text, "success")
            return _back(slug, number)
    return _page(actor, round_, draw=form)


@blueprint.post("/kelola/presentasi/<int:number>/susulan")
def add_missing(slug: str, number: int) -> ResponseReturnValue:
    """Entries that came after the draw go to the end."""
    actor, round_, _programme = enter_day(slug, number, policy.can_operate)
    late = order.add_missing(actor, round_, at=clock.now())
    flash(
        ngettext("%(num)s tim ditambahkan di akhir.", "%(num)s tim ditambahkan di akhir.", len(late)),
        "success",
    )
    return _back(slug, number)


@blueprint.post("/kelola/presentasi/<int:number>/terbit/<any(buka, tutup):step>")
def publish(slug: str, number: int, step: str) -> ResponseReturnValue:
    """Show the order to everybody, or hide it."""
    actor, round_, _programme = enter_day(slug, number, policy.can_plan)
    days.publish_day(actor, round_, published=step == "buka", at=clock.now())
    flash(
        _("Urutan presentasi terbit di halaman kompetisi.")
        if step == "buka"
        else _("Urutan presentasi disembunyikan dari publik."),
        "success",
    )
    return _back(slug, number)


@blueprint.route("/kelola/presentasi/<int:number>/urutan/<turn_id>", methods=["GET", "POST"])
def turn(slug: str, number: int, turn_id: str) -> ResponseReturnValue:
    """Move a team in the order or postpone it to the end, with a reason."""
    actor, round_, programme = enter_day(slug, number, policy.can_operate)
    found = programme.find(turn_id)
    forms: dict[str, Any] = {
        "move": MoveForm(formdata=None),
        "postpone": PostponeForm(formdata=None, prefix="tunda-"),
    }
    status = 200
    if request.method == "POST":
        act = "postpone" if request.form.get("langkah") == "tunda" else "move"
        form = forms[act] = PostponeForm(prefix="tunda-") if act == "postpone" else MoveForm()
        if form.validate():
            with form.catch():
                _change(actor, round_, found, form)
                flash(_("Urutan %(label)s diubah dan dicatat.", label=found.label), "success")
                return _back(slug, number)
        status = form.status
        programme = queries.load_programme(programme.day, round_)
        found = programme.find(turn_id)
    return _turn_page(actor, round_, programme, found, forms), status


def _change(actor: Actor, round_: Round, turn_: Turn, form: MoveForm | PostponeForm) -> None:
    reason, at = form.reason.data or "", clock.now()
    if isinstance(form, MoveForm):
        order.move_turn(actor, round_, turn_.slot.public_id, to=form.to.data, reason=reason, at=at)
    else:
        order.postpone_turn(actor, round_, turn_.slot.public_id, reason=reason, at=at)


def _turn_page(actor: Actor, round_: Round, programme: Programme, turn_: Turn, forms: dict[str, Any]) -> str:
    return render_template(
        "pitch/turn.html",
        event=actor.event,
        round=round_,
        programme=programme,
        turn=turn_,
        place=programme.listed.index(turn_) + 1 if turn_ in programme.listed else 0,
        first=order.first_free_place(programme),
        **forms,
    )


def _back(slug: str, number: int) -> ResponseReturnValue:
    return redirect(url_for("pitch.room", slug=slug, babak=number))

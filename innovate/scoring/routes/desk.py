"""The juror's rooms around the scorecard: home, declaration, guide, own scores."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.core.errors import DomainError
from innovate.events.guard import enter
from innovate.events.policy import can_judge
from innovate.scoring.domain.queue import PARTS, arrange, find_order
from innovate.scoring.domain.rubric import normalised
from innovate.scoring.forms.reasons import RecuseForm
from innovate.scoring.guard import enter_sheet
from innovate.scoring.models.jury import ConflictSource
from innovate.scoring.queries import desk as desks
from innovate.scoring.queries.ballots import list_own_sheets
from innovate.scoring.queries.groups import is_held
from innovate.scoring.queries.rounds import list_rubrics_in_force
from innovate.scoring.routes.company import fill_bars, list_works
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import conflicts


@blueprint.get("/juri")
def home(slug: str) -> ResponseReturnValue:
    """What is left to score, until when."""
    actor = enter(slug, can_judge)
    all_desks = desks.list_desks(actor)
    desk = desks.pick_desk(all_desks, request.args.get("babak", type=int), clock.now())
    part, order = request.args.get("hanya", ""), find_order(request.args.get("urut", ""))
    works = PARTS.get(part)
    items = [i for i in desk.items if works is None or (i in desk.active and i.work in works)] if desk else []
    return render_template(
        "scoring/desk/home.html",
        event=actor.event,
        desks=[d for d in all_desks if d.items or d.kept],
        desk=desk,
        window=desk.round.window(clock.now()) if desk else None,
        held=desk is not None and is_held(desk.round.rubric_id or 0),
        only=part if works else "",
        order=order,
        others=list_works(actor, clock.now()),
        items=arrange(items, order),
        bars=fill_bars(actor, desk.round.id, clock.now()) if desk else [],
    )


@blueprint.route("/juri/benturan", methods=["GET", "POST"])
def declare(slug: str) -> ResponseReturnValue:
    """Say of every assigned entry whether there is a conflict of interest, before reading any."""
    actor = enter(slug, can_judge)
    all_desks = desks.list_desks(actor)
    waiting = [item for desk in all_desks for item in desk.undeclared if item.signed_at]
    unsigned = desks.find_unsigned(all_desks, clock.now())
    if unsigned and not waiting:
        return redirect(url_for("scoring.pact", slug=slug, number=unsigned.round.number))
    error = None
    if request.method == "POST":
        clear, found = _read_declaration(waiting)
        try:
            done, stepped = conflicts.declare(actor, clear=clear, conflicts=found, at=clock.now())
        except DomainError as refusal:
            if refusal.status in {403, 404}:
                raise
            error = refusal.message
        else:
            _tell(done, stepped)
            return redirect(url_for("scoring.home", slug=slug))
    return render_template(
        "scoring/desk/declare.html", event=actor.event, items=waiting, error=error
    ), 422 if error else 200


def _read_declaration(waiting: list[desks.WorkItem]) -> tuple[list[str], dict[str, str]]:
    said = {item.public_id: request.form.get(f"benturan-{item.public_id}", "") for item in waiting}
    clear = [key for key, answer in said.items() if answer == "tidak"]
    found = {key: request.form.get(f"alasan-{key}", "") for key, answer in said.items() if answer == "ada"}
    return clear, found


def _tell(done: int, stepped: int) -> None:
    if done:
        text = ngettext("%(num)s karya dapat Anda baca.", "%(num)s karya dapat Anda baca.", done)
        flash(text, "success")
    if stepped:
        flash(
            ngettext(
                "%(num)s karya dikembalikan kepada panitia karena benturan kepentingan.",
                "%(num)s karya dikembalikan kepada panitia karena benturan kepentingan.",
                stepped,
            ),
            "success",
        )
    if not done and not stepped:
        flash(_("Belum ada pernyataan yang dipilih."), "error")


@blueprint.route("/juri/karya/<public_id>/undur", methods=["GET", "POST"])
def recuse(slug: str, public_id: str) -> ResponseReturnValue:
    """Step back from one entry, with the reason."""
    actor, sheet = enter_sheet(slug, public_id)
    items = desks.list_work(actor.event.id, actor.user_id, barred=sheet.barred)
    place = desks.find_place(items, sheet)
    form = RecuseForm()
    if form.validate_on_submit():
        with form.catch():
            conflicts.recuse(
                actor,
                public_id,
                source=ConflictSource(form.source.data),
                reason=form.reason.data,
                at=clock.now(),
            )
            flash(_("Karya %(title)s dikembalikan kepada panitia.", title=place.item.title), "success")
            return redirect(url_for("scoring.home", slug=slug))
    return render_template(
        "scoring/desk/recuse.html", event=actor.event, form=form, item=place.item, sheet=sheet
    ), form.status


@blueprint.get("/juri/panduan")
def guide(slug: str) -> ResponseReturnValue:
    """How to score, and each round's rubric with its levels in words."""
    actor = enter(slug, can_judge)
    rubrics = [
        (round_, rubric, normalised([c.weight for c in rubric.criteria]))
        for round_, rubric in list_rubrics_in_force(actor.event.id)
    ]
    return render_template("scoring/desk/guide.html", event=actor.event, rubrics=rubrics)


@blueprint.get("/juri/nilai")
def own_scores(slug: str) -> ResponseReturnValue:
    """Everything I gave, by criterion."""
    actor = enter(slug, can_judge)
    all_desks = desks.list_desks(actor)
    desk = desks.pick_desk(all_desks, request.args.get("babak", type=int), clock.now())
    grid = list_own_sheets(desk.round, actor.user_id) if desk else None
    return render_template(
        "scoring/desk/scores.html",
        event=actor.event,
        desks=[d for d in all_desks if d.items],
        desk=desk,
        grid=grid,
    )

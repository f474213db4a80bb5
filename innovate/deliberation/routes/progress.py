"""Progress: entry by juror, everyone's way of scoring, reminders, and replacing a juror."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectChoice

from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.core.web.forms import Form
from innovate.deliberation import policy
from innovate.deliberation.forms import ReplaceForm
from innovate.deliberation.queries import progress as queries
from innovate.deliberation.routes.mount import blueprint
from innovate.deliberation.services.replacements import replace_juror
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.scoring import policy as scoring
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.draws import list_serving
from innovate.scoring.queries.jury import pick_round
from innovate.scoring.queries.rounds import get_round, list_rounds
from innovate.scoring.queries.seal import find_board_state
from innovate.scoring.services.reminders import remind_jurors


@blueprint.get("/kelola/kemajuan")
def progress(slug: str) -> ResponseReturnValue:
    """How far the panel is."""
    actor = enter(slug, policy.can_enter)
    rounds = list_rounds(actor.event.id)
    round_ = pick_round(rounds, request.args.get("babak", type=int), clock.now())
    if round_ is None:
        return render_template("scoring/lead/no_round.html", actor=actor, event=actor.event)
    return _page(actor, round_)


def _page(actor: Actor, round_: Round, act: Form | None = None) -> ResponseReturnValue:
    hidden, now = list_hidden(actor), clock.now()
    jurors = list_serving(round_)
    means = policy.can_see_means(actor, find_board_state(round_))
    body = render_template(
        "deliberation/progress.html",
        actor=actor,
        event=actor.event,
        rounds=list_rounds(actor.event.id),
        round=round_,
        window=round_.window(now),
        can_lead=policy.can_lead(actor),
        means=means,
        panel=queries.load_panel(round_, jurors, hidden=hidden, means=means, at=now),
        grid=queries.load_grid(
            round_,
            jurors,
            hidden=hidden,
            conflicts=scoring.sees_identity(actor, [round_]),
            page=request.args.get("page", 1, type=int),
        ),
        act=act,
    )
    return body, act.status if act else 200


@blueprint.post("/kelola/kemajuan/<int:number>/ingatkan")
def remind(slug: str, number: int) -> ResponseReturnValue:
    """Remind one juror or all with work left."""
    actor = enter(slug, policy.can_lead)
    round_ = get_round(actor.event, number)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            n = remind_jurors(actor, round_, only=request.form.get("juri", ""), at=clock.now())
            flash(ngettext("%(num)s juri diingatkan.", "%(num)s juri diingatkan.", n), "success")
            return redirect(url_for("deliberation.progress", slug=slug, babak=number))
    return _page(actor, round_, form)


@blueprint.route("/kelola/kemajuan/<int:number>/ganti/<public_id>", methods=["GET", "POST"])
def replace(slug: str, number: int, public_id: str) -> ResponseReturnValue:
    """Take back what a juror has not handed in, and choose who gets it: colleagues, or the draw."""
    actor = enter(slug, policy.can_lead)
    round_ = get_round(actor.event, number)
    jurors = list_serving(round_)
    row = next((each for each in jurors if each.user.public_id == public_id), None)
    if row is None:
        raise NotFound
    form = ReplaceForm()
    form.others.choices = [
        SelectChoice(each.user.public_id, f"{each.user.name} ({each.progress.left})")
        for each in jurors
        if each.user.public_id != public_id
    ]
    if form.validate_on_submit():
        with form.catch():
            done = replace_juror(
                actor, round_, public_id, form.others.data or (), reason=form.reason.data, at=clock.now()
            )
            text = _("%(freed)s karya dicabut, %(given)s sudah diberikan kepada juri lain.", **done._asdict())
            if done.left:
                flash(f"{text} {_('Sisanya dibagi lewat undian.')}", "success")
                return redirect(url_for("scoring.draw", slug=slug, number=number))
            flash(text, "success")
            return redirect(url_for("deliberation.progress", slug=slug, babak=number))
    return render_template(
        "deliberation/replace.html", actor=actor, event=actor.event, round=round_, row=row, form=form
    ), form.status

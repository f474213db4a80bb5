"""Blind rounds: the setting, and names that the secretariat finds in the text."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.events import policy as event_policy
from innovate.events.guard import enter, enter_room
from innovate.events.policy import Actor
from innovate.scoring.forms.blind import BlindForm, LeakForm
from innovate.scoring.models.integrity import LeakAnswer
from innovate.scoring.queries.leaks import list_blind_rounds, list_leaks
from innovate.scoring.queries.rounds import get_round
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import blind as services


@blueprint.route("/kelola/babak/<int:number>/tersamar", methods=["GET", "POST"])
def blindness(slug: str, number: int) -> ResponseReturnValue:
    """Whether jurors learn whose entries they judge."""
    actor = enter_room(slug)
    round_ = get_round(actor.event, number)
    form = BlindForm(data={"is_blind": round_.is_blind, "chair_sees": round_.chair_sees})
    if form.validate_on_submit():
        with form.catch():
            services.set_blindness(
                actor,
                round_,
                blind=form.is_blind.data,
                chair_sees=form.chair_sees.data,
                reason=form.reason.data or "",
                at=clock.now(),
            )
            flash(_("Pengaturan penilaian tersamar tersimpan."), "success")
            return redirect(url_for("scoring.blindness", slug=slug, number=number))
    return render_template(
        "scoring/lead/blindness.html",
        actor=actor,
        event=actor.event,
        round=round_,
        form=form,
        is_opened=services.is_opened(round_),
    ), form.status


def _enter_leaks(slug: str, *, writes: bool) -> Actor:
    return enter(slug, event_policy.can_screen if writes else event_policy.can_read_screening)


@blueprint.get("/kelola/identitas")
def leaks(slug: str) -> ResponseReturnValue:
    """Names of units, teams and members found in submitted entries, with the passages."""
    actor = _enter_leaks(slug, writes=False)
    return _leaks_page(actor, LeakForm(formdata=None)), 200


def _leaks_page(actor: Actor, form: LeakForm, failed: str = "") -> str:
    return render_template(
        "scoring/lead/leaks.html",
        actor=actor,
        event=actor.event,
        blind=list_blind_rounds(actor.event.id),
        entries=list_leaks(actor.event),
        form=form,
        failed=failed,
        may_answer=event_policy.can_screen(actor),
    )


@blueprint.post("/kelola/identitas/<idea_id>/<any(minta, terima):answer>")
def answer_leaks(slug: str, idea_id: str, answer: str) -> ResponseReturnValue:
    """Ask the team to change its text, or accept what was found."""
    actor = _enter_leaks(slug, writes=True)
    form = LeakForm()
    said = LeakAnswer.ASKED if answer == "minta" else LeakAnswer.ACCEPTED
    if form.validate_on_submit():
        with form.catch():
            services.review_leaks(actor, idea_id, answer=said, note=form.note.data or "", at=clock.now())
            done = _("Tim diminta mengubahnya lewat surel.") if answer == "minta" else _("Diterima.")
            flash(done, "success")
            return redirect(url_for("scoring.leaks", slug=slug))
    if idea_id not in {entry.idea.public_id for entry in list_leaks(actor.event)}:
        raise NotFound
    return _leaks_page(actor, form, idea_id), form.status

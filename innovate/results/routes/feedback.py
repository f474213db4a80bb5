"""What teams learn of how they were judged, and the organizer's switch for it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.forms import Form, length
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.ideas.guard import enter_idea
from innovate.results import policy
from innovate.results.queries import boards
from innovate.results.queries import feedback as queries
from innovate.results.routes.mount import blueprint
from innovate.results.services import feedback as services


class SwitchForm(Form):
    """Why it is closed; opening takes no reason."""

    reason = TextAreaField(_l("Alasan"), [length(2000)], description=_l("Dicatat di jejak audit."))


@blueprint.get("/k/<slug>/usulan/<idea_id>/masukan")
def own_feedback(slug: str, idea_id: str) -> ResponseReturnValue:
    """A team's own feedback; 404 for everybody else, while it is closed, and while the results are sealed."""
    actor, idea = enter_idea(slug, idea_id)
    open_boards = queries.list_open_boards(actor.event)
    rounds = queries.load_feedback(open_boards, idea.id) if open_boards else []
    require(bool(rounds), NotFound())
    return render_template("results/feedback.html", event=actor.event, idea=idea, rounds=rounds)


@blueprint.get("/k/<slug>/kelola/hasil/masukan")
def feedback_room(slug: str) -> ResponseReturnValue:
    """Whether teams read their feedback."""
    return _show_room(enter(slug, policy.can_read_ballots), SwitchForm())


def _show_room(actor: Actor, form: Form) -> ResponseReturnValue:
    page = render_template(
        "results/feedback_room.html",
        event=actor.event,
        release=queries.find_release(actor.event.id),
        announced=bool(boards.list_public_boards(actor.event)),
        may_move=policy.can_move_board(actor),
        form=form,
    )
    return page, form.status


@blueprint.post("/k/<slug>/kelola/hasil/masukan/buka")
def open_feedback(slug: str) -> ResponseReturnValue:
    """Let every team read its own."""
    actor = enter(slug, policy.can_move_board)
    form = SwitchForm()
    if form.validate_on_submit():
        with form.catch():
            services.open_feedback(actor, at=clock.now())
            flash(_("Masukan juri dibuka. Ketua tim menerima surel."), "success")
            return redirect(url_for("results.feedback_room", slug=slug))
    return _show_room(actor, form)


@blueprint.post("/k/<slug>/kelola/hasil/masukan/tutup")
def close_feedback(slug: str) -> ResponseReturnValue:
    """Take it back, with a reason."""
    actor = enter(slug, policy.can_move_board)
    form = SwitchForm()
    if form.validate_on_submit():
        with form.catch():
            services.close_feedback(actor, reason=form.reason.data or "", at=clock.now())
            flash(_("Masukan juri ditutup."), "success")
            return redirect(url_for("results.feedback_room", slug=slug))
    return _show_room(actor, form)

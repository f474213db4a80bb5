"""After the closing: totals, questions about votes, voiding, and who is Juara Favorit."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.core.web.kept_forms import take_kept
from innovate.events.policy import Actor
from innovate.voting import policy
from innovate.voting.domain.stages import BoardStage, Stage, may_see_totals
from innovate.voting.forms import CountForm, ReasonForm
from innovate.voting.guard import enter_room
from innovate.voting.models import Poll
from innovate.voting.queries.laurels import find_holders
from innovate.voting.queries.polls import is_public, list_voids
from innovate.voting.queries.questions import load_inquiry
from innovate.voting.queries.totals import GONE, load_count
from innovate.voting.routes.mount import blueprint
from innovate.voting.services import counting, voiding
from innovate.voting.words import ADVICE, QUESTIONS, STAGES


@blueprint.get("/kelola/suara-publik/<poll_id>/periksa")
def questions(slug: str, poll_id: str) -> ResponseReturnValue:
    """What deserves a second look."""
    actor, poll = enter_room(slug, poll_id)
    return _questions(actor, poll, ReasonForm(formdata=None)), 200


def _questions(actor: Actor, poll: Poll, form: ReasonForm) -> str:
    now = clock.now()
    kept = take_kept(type(form).__name__)
    sent = kept.values if kept else request.form
    return render_template(
        "voting/lead/questions.html",
        event=actor.event,
        poll=poll,
        stage=poll.stage(now),
        inquiry=load_inquiry(poll, now, ZoneInfo(actor.event.zone)),
        questions=QUESTIONS,
        advice=ADVICE,
        voids=list_voids(poll.id),
        form=form,
        tried=sent.get("question", ""),
        ticked=set(sent.getlist("votes")),
        may_void=policy.can_run(actor) and poll.stage(now) is not Stage.COUNTED,
    )


@blueprint.post("/kelola/suara-publik/<poll_id>/periksa", endpoint="void")
def void_(slug: str, poll_id: str) -> ResponseReturnValue:
    """Leave chosen votes out of the count."""
    actor, poll = enter_room(slug, poll_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            made = voiding.void_votes(
                actor,
                poll_id,
                request.form.getlist("votes"),
                reason=form.reason.data or "",
                at=clock.now(),
            )
            flash(_("%(n)s suara tidak dihitung.", n=made.votes), "success")
            return redirect(url_for("voting.questions", slug=slug, poll_id=poll_id))
    return _questions(actor, poll, form), form.status


@blueprint.post("/kelola/suara-publik/<poll_id>/pembatalan/<void_id>")
def lift(slug: str, poll_id: str, void_id: str) -> ResponseReturnValue:
    """Count votes again."""
    actor, _poll = enter_room(slug, poll_id)
    reason = request.form.get("reason", "")
    _flash(lambda: voiding.lift_void(actor, poll_id, void_id, reason=reason, at=clock.now()))
    return redirect(url_for("voting.questions", slug=slug, poll_id=poll_id))


@blueprint.get("/kelola/suara-publik/<poll_id>/hasil")
def outcome(slug: str, poll_id: str) -> ResponseReturnValue:
    """Totals, once the vote has closed. Before that they are nobody's."""
    actor, poll = enter_room(slug, poll_id)
    require(may_see_totals(poll.stage(clock.now())), NotFound())
    return _outcome(actor, poll, CountForm(formdata=None)), 200


def _outcome(actor: Actor, poll: Poll, form: CountForm) -> str:
    now = clock.now()
    holders = find_holders(actor.event.id)
    count = load_count(poll, holders)
    tied = count.named(count.outcome.tied)
    form.chosen.choices = [(entrant.public_id, entrant.title) for entrant in tied]
    return render_template(
        "voting/lead/outcome.html",
        event=actor.event,
        poll=poll,
        stage=poll.stage(now),
        stages=STAGES,
        count=count,
        gone=GONE,
        form=form,
        waits=poll.excludes and holders.stage is BoardStage.UNSETTLED,
        clashes=[each for each in count.named(count.won) if each.idea_id in holders.barred(poll)],
        is_public=is_public(poll, now, holders),
        may_publish=not poll.excludes or holders.stage is BoardStage.NONE,
        may_run=policy.can_run(actor),
    )


@blueprint.post("/kelola/suara-publik/<poll_id>/hasil", endpoint="count")
def count_(slug: str, poll_id: str) -> ResponseReturnValue:
    """Say who has won."""
    actor, poll = enter_room(slug, poll_id)
    require(may_see_totals(poll.stage(clock.now())), NotFound())
    form = CountForm()
    if form.validate_on_submit():
        with form.catch():
            counting.count_poll(
                actor, poll_id, chosen=form.chosen.data or (), reason=form.reason.data or "", at=clock.now()
            )
            flash(_("Suara dihitung dan Juara Favorit ditetapkan."), "success")
            return redirect(url_for("voting.outcome", slug=slug, poll_id=poll_id))
    return _outcome(actor, poll, form), form.status


@blueprint.post("/kelola/suara-publik/<poll_id>/hasil/batal")
def uncount(slug: str, poll_id: str) -> ResponseReturnValue:
    """Take the count back."""
    actor, poll = enter_room(slug, poll_id)
    require(may_see_totals(poll.stage(clock.now())), NotFound())
    reason = request.form.get("reason", "")
    _flash(lambda: counting.uncount_poll(actor, poll_id, reason=reason, at=clock.now()))
    return redirect(url_for("voting.outcome", slug=slug, poll_id=poll_id))


@blueprint.post("/kelola/suara-publik/<poll_id>/hasil/<any(tampilkan, sembunyikan):step>")
def publish(slug: str, poll_id: str, step: str) -> ResponseReturnValue:
    """Let the public read the outcome before the announcement, or not."""
    actor, poll = enter_room(slug, poll_id)
    require(may_see_totals(poll.stage(clock.now())), NotFound())
    shown = step == "tampilkan"
    _flash(lambda: counting.set_published(actor, poll_id, published=shown, at=clock.now()))
    return redirect(url_for("voting.outcome", slug=slug, poll_id=poll_id))


def _flash(act: Any) -> None:
    """One press of a button without a form of its own: done, or why not."""
    try:
        act()
        flash(_("Pilihan Anda tersimpan."), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")

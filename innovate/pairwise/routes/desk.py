"""The juror's screen: an ordinary form that a script makes quicker."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import DomainError, NotFound, Stale, require
from innovate.events.guard import enter
from innovate.events.policy import Actor, can_judge
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.queries.reading import read_entry
from innovate.pairwise.domain.certainty import say_share
from innovate.pairwise.guard import enter_desk, has_signed, number_of
from innovate.pairwise.models import Contest, ContestState
from innovate.pairwise.queries import desk as desks
from innovate.pairwise.queries.contests import list_own_contests
from innovate.pairwise.queries.eyes import eyes_of, sees_outcome
from innovate.pairwise.queries.field import Stall, load_field
from innovate.pairwise.queries.outcome import load_outcome
from innovate.pairwise.routes.mount import blueprint
from innovate.pairwise.services import voting
from innovate.pairwise.services.voting import Answer
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.services.own_conflicts import declare_own_conflict

ANSWERS = {"lihat": Answer.SEEN, "kini": Answer.BETTER, "tadi": Answer.WORSE, "lewati": Answer.SKIP}


@blueprint.get("/juri/banding")
def own(slug: str) -> ResponseReturnValue:
    """The contests I judge in."""
    actor = enter(slug, can_judge)
    contests = list_own_contests(actor.event.id, actor.user_id)
    return render_template("pairwise/desk/own.html", event=actor.event, contests=contests)


@blueprint.get("/juri/banding/<contest_id>")
def desk(slug: str, contest_id: str) -> ResponseReturnValue:
    """The entry to look at now, beside the one just seen."""
    actor, contest = enter_desk(slug, contest_id)
    if contest.state is ContestState.OPEN and not has_signed(actor, contest):
        flash(_("Tanda tangani pakta integritas babak ini lebih dahulu."), "success")
        return redirect(url_for("scoring.pact", slug=slug, number=number_of(contest)))
    found = desks.load_desk(contest, actor.user_id, clock.now())
    return render_template(
        "pairwise/desk/compare.html",
        event=actor.event,
        contest=contest,
        desk=found,
        is_open=contest.state is ContestState.OPEN,
        sureness=None if found.sureness is None else say_share(found.sureness),
        can_see_outcome=sees_outcome(actor, contest),
    )


@blueprint.post("/juri/banding/<contest_id>")
def put(slug: str, contest_id: str) -> ResponseReturnValue:
    """One answer, one step back, or the way to an entry; a refusal says why and shows where the juror stands."""
    actor, _contest = enter_desk(slug, contest_id)
    step, token = request.form.get("langkah", ""), request.form.get("pasangan", "")[:12]
    try:
        _act(actor, contest_id, step, token, clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        flash(str(refusal.message), "error")
    return redirect(url_for("pairwise.desk", slug=slug, contest_id=contest_id))


def _act(actor: Actor, contest_id: str, step: str, token: str, at: datetime) -> None:
    if step == "ambil":
        voting.take_entry(actor, contest_id, at=at)
    elif step == "urung":
        voting.undo(actor, contest_id, token=token, at=at)
    elif step in ANSWERS:
        voting.answer(actor, contest_id, token=token, said=ANSWERS[step], at=at)
    else:
        raise Stale(_("Tombol itu tidak dikenal. Muat ulang halaman ini."))


def _get_stall(actor: Actor, contest: Contest, entry_id: str) -> Stall:
    """An entry of an open contest that the juror, having signed the pact, may meet."""
    require(contest.state is ContestState.OPEN and has_signed(actor, contest), NotFound())
    return desks.get_stall(load_field(contest), actor.user_id, entry_id)


@blueprint.get("/juri/banding/<contest_id>/karya/<entry_id>")
def read(slug: str, contest_id: str, entry_id: str) -> ResponseReturnValue:
    """What an entry says, as it was submitted."""
    actor, contest = enter_desk(slug, contest_id)
    stall = _get_stall(actor, contest, entry_id)
    idea = get_idea(actor.event.id, stall.idea_public_id)
    entry = read_entry(actor.event, idea, idea.submitted_revision)
    if contest.round.is_blind:
        stall, entry = stall.without_identity(), entry.with_neutral_files()
    return render_template(
        "pairwise/desk/read.html", event=actor.event, contest=contest, stall=stall, entry=entry
    )


@blueprint.route("/juri/banding/<contest_id>/karya/<entry_id>/benturan", methods=["GET", "POST"])
def conflict(slug: str, contest_id: str, entry_id: str) -> ResponseReturnValue:
    """Declare a conflict of interest: the entry does not come again, and its comparisons are left out."""
    actor, contest = enter_desk(slug, contest_id)
    stall = _get_stall(actor, contest, entry_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            now = clock.now()
            declare_own_conflict(actor, stall.idea_public_id, reason=form.reason.data, at=now)
            voting.take_entry(actor, contest_id, at=now)
            text = _(
                "Benturan kepentingan dicatat. Karya %(title)s tidak ditawarkan lagi.", title=stall.title
            )
            flash(text, "success")
            return redirect(url_for("pairwise.desk", slug=slug, contest_id=contest_id))
    return render_template(
        "pairwise/desk/conflict.html", event=actor.event, contest=contest, stall=stall, form=form
    ), form.status


@blueprint.get("/juri/banding/<contest_id>/hasil")
def desk_outcome(slug: str, contest_id: str) -> ResponseReturnValue:
    """The ranking for its jurors, once the round's board is announced."""
    actor, contest = enter_desk(slug, contest_id)
    require(sees_outcome(actor, contest), NotFound())
    return render_template(
        "pairwise/desk/outcome.html",
        event=actor.event,
        contest=contest,
        outcome=load_outcome(contest, eyes_of(actor, contest)),
        say=say_share,
    )

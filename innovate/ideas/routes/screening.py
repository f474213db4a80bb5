"""The secretariat's rooms: the queue, one entry, its decision and undoing it."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.core.web.kept_forms import take_kept
from innovate.events import policy as events
from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.phases import find_span
from innovate.events.guard import enter
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import Decision, IdeaState
from innovate.ideas.domain.screening import QUEUE_STATES, QueueFilter, seen_token, standing_decision
from innovate.ideas.forms import DecisionForm, UndoForm, check_name, read_checks
from innovate.ideas.guard import enter_idea
from innovate.ideas.models import Idea
from innovate.ideas.queries.eligibility import read_eligibility
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.ideas import get_idea, number_of
from innovate.ideas.queries.reading import read_entry
from innovate.ideas.queries.screening import (
    count_queue,
    find_next_in_queue,
    list_checklist,
    list_queue,
    list_screenings,
)
from innovate.ideas.queries.similar.former import find_former_of
from innovate.ideas.queries.similar.pairs import list_pairs_of
from innovate.ideas.routes.proposals import asked, blueprint, place
from innovate.ideas.routes.sections import fill_panels
from innovate.ideas.services import screening as services


@blueprint.get("/kelola/seleksi")
def queue(slug: str) -> ResponseReturnValue:
    """Everything handed in, those that wait first."""
    actor = enter(slug, events.can_read_screening)
    shown = _filter()
    return render_template(
        "ideas/queue.html",
        actor=actor,
        event=actor.event,
        page=list_queue(actor.event.id, shown, page=request.args.get("page", 1, type=int)),
        counts=count_queue(actor.event.id),
        states=QUEUE_STATES,
        shown=shown,
        args={
            "slug": slug,
            "state": shown.state,
            "kelompok": shown.group,
            "kategori": shown.track,
            "q": shown.search,
            "sort": shown.sort,
        },
        groups={group.id: group.name for group in actor.event.groups},
        tracks={track.id: track.name for track in actor.event.tracks},
        number_of=number_of,
    )


def _filter() -> QueueFilter:
    args = request.args
    return QueueFilter(
        state=args.get("state", IdeaState.SUBMITTED.value),
        group=args.get("kelompok", ""),
        track=args.get("kategori", ""),
        search=args.get("q", "").replace("\x00", "").strip()[:80],
        sort=args.get("sort", "number"),
    )


@blueprint.route("/kelola/seleksi/<idea_id>", methods=["GET", "POST"])
def screen(slug: str, idea_id: str) -> ResponseReturnValue:
    """One entry with its checklist, and the decision about it."""
    writes = request.method == "POST"
    actor, idea = enter_idea(slug, idea_id, policy.can_screen if writes else policy.can_read_as_committee)
    form = DecisionForm(zone=actor.event.zone)
    checklist = list_checklist(actor.event.id)
    if form.validate_on_submit():
        verdict = services.Verdict(
            decision=Decision(form.decision.data),
            seen=form.seen.data or "",
            reason=form.reason.data or "",
            checks=read_checks(request.form, checklist),
            return_until=form.return_until.data if form.decision.data == Decision.RETURN else None,
        )
        try:
            services.decide(actor, idea, verdict, at=clock.now())
        except Stale as stale:
            return _show(actor, idea_id, form, stale=stale), stale.status
        except Refused:
            with form.catch():
                raise
        else:
            return _after_decision(actor, idea, verdict.decision)
    return _show(actor, idea_id, form), form.status


def _after_decision(actor: Actor, idea: Idea, decision: Decision) -> ResponseReturnValue:
    done = {
        Decision.PASS: _("%(title)s lolos. Tim telah diberi tahu.", title=idea.title),
        Decision.RETURN: _("%(title)s dikembalikan. Tim telah diberi tahu.", title=idea.title),
        Decision.FAIL: _("%(title)s tidak lolos. Tim telah diberi tahu.", title=idea.title),
    }
    flash(done[decision])
    if request.form.get("action") == "next":
        following = find_next_in_queue(actor.event.id, idea.number or 0)
        if following:
            return redirect(url_for("ideas.screen", **place(actor, following)))
        return redirect(url_for("ideas.queue", slug=actor.event.slug))
    return redirect(url_for("ideas.screen", **place(actor, idea)))


def _show(actor: Actor, idea_id: str, form: DecisionForm, *, stale: Stale | None = None) -> str:
    idea = get_idea(actor.event.id, idea_id)
    history = list_screenings(idea.id)
    following = find_next_in_queue(actor.event.id, idea.number or 0)
    if not form.is_submitted():
        form.return_until.data = _suggest_window(actor.event)
    seen = seen_token(idea.submitted_revision_id, idea.state, history)
    form.seen.data = form.seen.raw_data = seen
    kept = take_kept(type(form).__name__)
    ticked = {name for name in (kept.values if kept else request.form) if name.startswith("cek-")}
    return render_template(
        "ideas/screen.html",
        actor=actor,
        event=actor.event,
        idea=idea,
        place=place(actor, idea),
        number=number_of(actor.event, idea),
        form=form,
        undo=UndoForm(formdata=None, seen=seen),
        entry=read_entry(actor.event, idea, idea.submitted_revision),
        checklist=list_checklist(actor.event.id),
        check_name=check_name,
        ticked=ticked,
        history=history,
        alike=list_pairs_of(actor, idea),
        former=find_former_of(idea),
        **asked(read_eligibility(actor.event, idea)),
        standing=standing_decision(history, idea.submitted_revision_id),
        following=following,
        window=get_window(actor.event, idea.team_id, idea),
        is_own=policy.is_member(actor, idea),
        may_screen=policy.can_screen(actor, idea) and actor.event.state is not EventState.ARCHIVED,
        may_disqualify=policy.can_disqualify(actor, idea),
        is_waiting=idea.state in {IdeaState.SUBMITTED, IdeaState.RETURNED},
        stale=stale,
        panels=fill_panels("screen", actor, idea, clock.now()),
    )


def _suggest_window(event: Event) -> datetime:
    """Three days, but not beyond the screening phase where it still runs."""
    now = clock.now()
    phase = find_span(event.phases, PhaseKind.SCREENING)
    wish = now + timedelta(days=3)
    return min(wish, phase.ends_at) if phase and phase.ends_at > now + timedelta(hours=1) else wish


@blueprint.post("/kelola/seleksi/<idea_id>/batalkan")
def undo(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take the standing decision back."""
    actor, idea = enter_idea(slug, idea_id, policy.can_read_as_committee)
    require(events.can_screen(actor), NotFound())
    form = UndoForm()
    if form.validate():
        services.undo_decision(
            actor, idea, seen=form.seen.data or "", reason=form.reason.data, at=clock.now()
        )
        flash(_("Keputusan dibatalkan. Usulan kembali menunggu pemeriksaan, dan tim telah diberi tahu."))
    else:
        flash(_("Tuliskan alasan pembatalan; tim akan membacanya."), "error")
    return redirect(url_for("ideas.screen", **place(actor, idea)))

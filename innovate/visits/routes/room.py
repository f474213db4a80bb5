"""The committee's rooms: every visit, planning one, what is checked."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.events.guard import enter
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.ideas.policy import is_kept_from
from innovate.ideas.queries.ideas import get_idea
from innovate.scoring.queries.conflicts import list_hidden
from innovate.visits import policy
from innovate.visits.domain.states import VisitState
from innovate.visits.forms import CancelForm, ItemForm, PlanForm, ShareForm
from innovate.visits.guard import enter_visit
from innovate.visits.models import Visit
from innovate.visits.queries import items
from innovate.visits.queries.people import list_candidates
from innovate.visits.queries.visits import list_changes, load_room
from innovate.visits.routes.mount import blueprint
from innovate.visits.services import items as item_services
from innovate.visits.services import planning, recording

STATES = ("", "unvisited", "planned", "finished", "cancelled")


@blueprint.get("/kelola/verifikasi")
def room(slug: str) -> ResponseReturnValue:
    """Every entry that should be visited, and how far the visits are."""
    actor = enter(slug, policy.can_read_room)
    search = request.args.get("q", "").replace("\x00", "").strip()[:80]
    state = request.args.get("keadaan", "")
    state = state if state in STATES else ""
    return render_template(
        "visits/room.html",
        event=actor.event,
        view=load_room(actor.event, search=search, state=state, page=request.args.get("page", 1, type=int)),
        q=search,
        state=state,
        may_plan=policy.can_plan(actor),
        may_check=policy.can_share(actor),
        hidden=list_hidden(actor),
    )


# -- one visit ----------------------------------------------------------------------------------------------------


@blueprint.route("/kelola/verifikasi/rencana/<idea_id>", methods=["GET", "POST"])
def plan(slug: str, idea_id: str) -> ResponseReturnValue:
    """Plan a visit to an entry."""
    actor = enter(slug, policy.can_plan)
    idea = get_idea(actor.event.id, idea_id)
    require(not is_kept_from(actor, idea) and idea.number is not None, NotFound())
    form = _plan_form(actor, idea, None)
    wanted = form.read() if form.validate_on_submit() else None
    if wanted is not None:
        with form.catch():
            visit = planning.plan_visit(actor, idea, wanted, at=clock.now())
            flash(_("Verifikasi direncanakan. Tim dan yang berkunjung telah diberi tahu."), "success")
            return redirect(url_for("visits.show", slug=slug, visit_id=visit.public_id))
    return render_template(
        "visits/plan.html", event=actor.event, idea=idea, visit=None, form=form
    ), form.status


@blueprint.route("/kelola/verifikasi/<visit_id>/ubah", methods=["GET", "POST"])
def change(slug: str, visit_id: str) -> ResponseReturnValue:
    """Another time, place or team."""
    actor, visit = enter_visit(slug, visit_id)
    require(policy.can_plan(actor), NotFound())
    form = _plan_form(actor, visit.idea, visit)
    wanted = form.read() if form.validate_on_submit() else None
    if wanted is not None:
        with form.catch():
            planning.change_plan(actor, visit, wanted, at=clock.now())
            flash(
                _("Rencana disimpan. Tim dan yang berkunjung diberi tahu bila ada yang berubah."), "success"
            )
            return redirect(url_for("visits.show", slug=slug, visit_id=visit_id))
    if form.is_submitted():
        actor, visit = enter_visit(slug, visit_id)  # what a refused attempt let go of
    page = render_template("visits/plan.html", event=actor.event, idea=visit.idea, visit=visit, form=form)
    return page, form.status


def _plan_form(actor: Actor, idea: Idea, visit: Visit | None) -> PlanForm:
    people = list_candidates(actor.event, idea.id)
    names = [(user.public_id, user.full_name) for user in people]
    zone = actor.event.zone
    if visit is None:
        starts, ends = _suggest(actor.event)
        place = idea.unit.name if idea.unit else ""
        form = PlanForm(zone=zone, starts_at=starts, ends_at=ends, place=place)
    else:
        keys = [each.user.public_id for each in visit.visitors]
        about = {"place": visit.place, "message": visit.message, "lead": keys[0] if keys else ""}
        times = {"starts_at": visit.starts_at, "ends_at": visit.ends_at}
        form = PlanForm(zone=zone, visitors=keys[1:], **times, **about)
    form.lead.choices = [("", _("Pilih orang")), *names]
    form.visitors.choices = names
    return form


def _suggest(event: Event) -> tuple[datetime, datetime]:
    """Three days from now at nine in the event's zone, for two hours."""
    zone = ZoneInfo(event.zone)
    day = (clock.now() + timedelta(days=3)).astimezone(zone).date()
    starts = datetime.combine(day, time(9), zone)
    return starts, starts + timedelta(hours=2)


@blueprint.get("/kelola/verifikasi/<visit_id>")
def show(slug: str, visit_id: str) -> ResponseReturnValue:
    """All of a visit, and what may be done with it."""
    return _page(slug, visit_id)


def _page(
    slug: str, visit_id: str, *, share: ShareForm | None = None, cancel: CancelForm | None = None
) -> ResponseReturnValue:
    actor, visit = enter_visit(slug, visit_id)
    require(policy.can_read_room(actor), NotFound())
    page = render_template(
        "visits/show.html",
        event=actor.event,
        visit=visit,
        changes=list_changes(visit.id),
        may_plan=policy.can_plan(actor) and visit.state is VisitState.PLANNED,
        may_record=policy.can_record(actor, visit),
        may_share=policy.can_share(actor) and visit.state is VisitState.FINISHED,
        share=share or ShareForm(formdata=None, shared=visit.shared),
        cancel=cancel or CancelForm(formdata=None),
    )
    return page, next((form.status for form in (share, cancel) if form is not None), 200)


@blueprint.post("/kelola/verifikasi/<visit_id>/batalkan")
def cancel(slug: str, visit_id: str) -> ResponseReturnValue:
    """Call a visit off."""
    actor, visit = enter_visit(slug, visit_id)
    require(policy.can_plan(actor), NotFound())
    form = CancelForm()
    if form.validate_on_submit():
        with form.catch():
            planning.cancel_visit(actor, visit, reason=form.reason.data or "", at=clock.now())
            flash(_("Verifikasi dibatalkan. Tim dan yang berkunjung telah diberi tahu."))
            return redirect(url_for("visits.show", slug=slug, visit_id=visit_id))
    return _page(slug, visit_id, cancel=form)


@blueprint.post("/kelola/verifikasi/<visit_id>/bagikan")
def share(slug: str, visit_id: str) -> ResponseReturnValue:
    """Choose what the team reads."""
    actor, visit = enter_visit(slug, visit_id)
    require(policy.can_share(actor), NotFound())
    form = ShareForm()
    if form.validate_on_submit():
        with form.catch():
            recording.share_visit(actor, visit, text=form.shared.data or "", at=clock.now())
            flash(_("Yang dibaca tim disimpan."), "success")
            return redirect(url_for("visits.show", slug=slug, visit_id=visit_id))
    return _page(slug, visit_id, share=form)


# -- the checklist ------------------------------------------------------------------------------------------------


@blueprint.route("/kelola/verifikasi/daftar-periksa", methods=["GET", "POST"])
def checklist(slug: str) -> ResponseReturnValue:
    """What visitors check; adding a point."""
    actor = enter(slug, policy.can_share)
    form = ItemForm()
    if form.validate_on_submit():
        with form.catch():
            item_services.add_item(
                actor, label=form.label.data or "", text=form.text.data or "", at=clock.now()
            )
            flash(_("Butir ditambahkan."), "success")
            return redirect(url_for("visits.checklist", slug=slug))
    page = render_template(
        "visits/checklist.html", event=actor.event, form=form, rows=items.list_or_default(actor.event.id)
    )
    return page, form.status


@blueprint.route("/kelola/verifikasi/daftar-periksa/<item_id>", methods=["GET", "POST"])
def edit_item(slug: str, item_id: str) -> ResponseReturnValue:
    """Other words for a point."""
    actor = enter(slug, policy.can_share)
    item = items.get_item(actor.event.id, item_id)
    form = ItemForm(label=item.label, text=item.help)
    if form.validate_on_submit():
        with form.catch():
            item_services.change_item(
                actor, item_id, label=form.label.data or "", text=form.text.data or "", at=clock.now()
            )
            flash(_("Butir disimpan."), "success")
            return redirect(url_for("visits.checklist", slug=slug))
    return render_template("visits/item.html", event=actor.event, form=form, item=item), form.status


@blueprint.post("/kelola/verifikasi/daftar-periksa/<item_id>/keluarkan")
def remove_item(slug: str, item_id: str) -> ResponseReturnValue:
    """Take a point off the list."""
    actor = enter(slug, policy.can_share)
    try:
        item_services.remove_item(actor, item_id, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Butir dikeluarkan. Kunjungan yang sudah menjawabnya tetap memuatnya."))
    return redirect(url_for("visits.checklist", slug=slug))

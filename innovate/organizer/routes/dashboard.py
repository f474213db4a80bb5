"""The dashboard of a competition and its reminders."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.core.web.forms import Form
from innovate.core.web.large_pages import large_page
from innovate.core.web.plumbing import Plumbing
from innovate.endorsement.queries.coordinators import select_coordinators
from innovate.events import policy
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.organizer import queries, services
from innovate.scoring.services import reminders
from innovate.surveys.queries import segments

blueprint = Blueprint("organizer", __name__, url_prefix="/k/<slug>/kelola")


def init_app(_plumbing: Plumbing) -> None:
    """Tell surveys who coordinates units: neither knows the other."""
    if select_coordinators not in segments.coordinators:
        segments.coordinators.append(select_coordinators)


@blueprint.get("")
@large_page
def dashboard(slug: str) -> ResponseReturnValue:
    """Funnel, coverage, jurors, alerts and timetable."""
    return _render(enter(slug, policy.can_read_all))


def _render(actor: Actor, act: Form | None = None) -> ResponseReturnValue:
    page = render_template(
        "organizer/dashboard.html",
        event=actor.event,
        view=queries.load_overview(actor.event, clock.now()),
        manages=policy.can_manage(actor),
        entry_number=queries.entry_number,
        act=act,
    )
    return page, act.status if act else 200


@blueprint.post("/ingatkan/juri")
def remind_jurors(slug: str) -> ResponseReturnValue:
    """Remind one juror or all with work left."""
    actor = enter(slug, policy.can_manage)
    running = queries.load_running_round(actor.event, clock.now())
    if running is None:
        raise NotFound
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            only = request.form.get("juri", "")
            count = reminders.remind_jurors(actor, running, only=only, at=clock.now())
            flash(
                ngettext("Pengingat dikirim ke %(num)s juri.", "Pengingat dikirim ke %(num)s juri.", count),
                "success",
            )
            return redirect(url_for("organizer.dashboard", slug=slug))
    return _render(actor, form)


@blueprint.post("/ingatkan/draf")
def remind_drafts(slug: str) -> ResponseReturnValue:
    """Remind everybody whose team's proposal is not handed in."""
    actor = enter(slug, policy.can_manage)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            count = services.remind_draft_holders(actor, at=clock.now())
            flash(
                ngettext("Pengingat dikirim ke %(num)s orang.", "Pengingat dikirim ke %(num)s orang.", count),
                "success",
            )
            return redirect(url_for("organizer.dashboard", slug=slug))
    return _render(actor, form)

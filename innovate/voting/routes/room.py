"""The organizer's rooms: setting votes up, opening, watching, closing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.voting import policy
from innovate.voting.domain.stages import Pool, Stage, may_see_totals
from innovate.voting.forms import ExtendForm, ReasonForm, poll_form
from innovate.voting.guard import enter_room, enter_rooms
from innovate.voting.models import Poll
from innovate.voting.queries.entries import hides_names, list_candidates, list_entrants
from innovate.voting.queries.polls import count_by_day, has_begun, list_polls, list_voids
from innovate.voting.routes.mount import blueprint
from innovate.voting.services import closing, setup
from innovate.voting.words import STAGES


@blueprint.get("/kelola/suara-publik")
def index(slug: str) -> ResponseReturnValue:
    """Every vote of the event."""
    actor = enter_rooms(slug)
    return render_template(
        "voting/lead/index.html",
        event=actor.event,
        rows=[(row, row.poll.stage(clock.now())) for row in list_polls(actor.event.id)],
        stages=STAGES,
        may_run=policy.can_run(actor),
    )


@blueprint.route("/kelola/suara-publik/baru", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Set a vote up."""
    actor = enter_rooms(slug)
    require(policy.can_run(actor), NotFound())
    return _setup(actor, None)


@blueprint.route("/kelola/suara-publik/<poll_id>/atur", methods=["GET", "POST"])
def edit(slug: str, poll_id: str) -> ResponseReturnValue:
    """Change its rules, while nobody has voted."""
    actor, poll = enter_room(slug, poll_id)
    require(policy.can_run(actor), NotFound())
    return _setup(actor, poll)


def _setup(actor: Actor, poll: Poll | None) -> ResponseReturnValue:
    candidates = list_candidates(actor.event, Pool.ALL)
    ideas = {entrant.idea_id for entrant in list_entrants(poll)} if poll else set()
    by_hand = bool(poll) and poll.pool is Pool.CHOSEN  # type: ignore[union-attr]
    chosen = [row.public_id for row in candidates if by_hand and row.idea_id in ideas]
    form = poll_form(actor.event, poll, candidates, chosen)
    if form.validate_on_submit():
        with form.catch():
            if poll is None:
                saved = setup.create_poll(actor, form.plan(), at=clock.now())
            else:
                saved = setup.update_poll(actor, poll.public_id, form.plan(), at=clock.now())
            flash(_("Pengaturan tersimpan."), "success")
            return redirect(url_for("voting.room", slug=actor.event.slug, poll_id=saved.public_id))
    page = render_template(
        "voting/lead/setup.html",
        event=actor.event,
        poll=poll,
        form=form,
        candidates=candidates,
        blind=hides_names(actor.event.id),
    )
    return page, form.status


@blueprint.get("/kelola/suara-publik/<poll_id>")
def room(slug: str, poll_id: str) -> ResponseReturnValue:
    """How many have voted, day by day; nothing of how the votes are spread."""
    actor, poll = enter_room(slug, poll_id)
    return _room(actor, poll), 200


def _room(actor: Actor, poll: Poll, *, extend: Any = None, close: Any = None) -> str:
    stage = poll.stage(clock.now())
    extend = extend or ExtendForm(formdata=None, zone=actor.event.zone, until=poll.closes_at)
    close = close or ReasonForm(formdata=None)
    extend.reason.id, close.reason.id = "alasan-panjang", "alasan-tutup"  # they stand on one page
    return render_template(
        "voting/lead/room.html",
        event=actor.event,
        poll=poll,
        stage=stage,
        stages=STAGES,
        days=count_by_day(poll, ZoneInfo(actor.event.zone)),
        entrants=sum(entrant.stands for entrant in list_entrants(poll)),
        voids=list_voids(poll.id),
        locked=has_begun(poll.id),
        may_run=policy.can_run(actor),
        sees_totals=may_see_totals(stage),
        extend=extend,
        close=close,
        counted=stage is Stage.COUNTED,
    )


@blueprint.post("/kelola/suara-publik/<poll_id>/buka", endpoint="open")
def open_(slug: str, poll_id: str) -> ResponseReturnValue:
    """Open a draft for everybody."""
    actor, poll = enter_room(slug, poll_id)
    try:
        setup.open_poll(actor, poll.public_id, at=clock.now())
        flash(_("Pemungutan suara dibuka. Bagikan tautannya."), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("voting.room", slug=slug, poll_id=poll_id))


@blueprint.post("/kelola/suara-publik/<poll_id>/hapus")
def discard(slug: str, poll_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    actor, poll = enter_room(slug, poll_id)
    try:
        setup.discard_poll(actor, poll.public_id, at=clock.now())
        flash(_("Draf dihapus."), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
        return redirect(url_for("voting.room", slug=slug, poll_id=poll_id))
    return redirect(url_for("voting.index", slug=slug))


@blueprint.post("/kelola/suara-publik/<poll_id>/perpanjang")
def extend(slug: str, poll_id: str) -> ResponseReturnValue:
    """Close later, with a reason."""
    actor, poll = enter_room(slug, poll_id)
    form = ExtendForm(zone=actor.event.zone)
    if form.validate_on_submit():
        with form.catch():
            closing.extend_poll(
                actor,
                poll_id,
                until=cast(datetime, form.until.data),
                reason=form.reason.data or "",
                at=clock.now(),
            )
            flash(_("Waktu tutup dipindahkan."), "success")
            return redirect(url_for("voting.room", slug=slug, poll_id=poll_id))
    return _room(actor, poll, extend=form), form.status


@blueprint.post("/kelola/suara-publik/<poll_id>/tutup")
def close(slug: str, poll_id: str) -> ResponseReturnValue:
    """Close now, with a reason."""
    actor, poll = enter_room(slug, poll_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            closing.close_poll(actor, poll_id, reason=form.reason.data or "", at=clock.now())
            flash(_("Pemungutan suara ditutup."), "success")
            return redirect(url_for("voting.room", slug=slug, poll_id=poll_id))
    return _room(actor, poll, close=form), form.status

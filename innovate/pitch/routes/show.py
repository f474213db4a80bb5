"""What everybody may see of a pitch day: the order, the stage for the projector, and the state that screens poll."""

from __future__ import annotations

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from innovate.core import clock
from innovate.core.web.access import public
from innovate.events.guard import enter
from innovate.events.policy import can_judge
from innovate.pitch import policy, queries
from innovate.pitch.guard import enter_scene
from innovate.pitch.queries import load_programme
from innovate.pitch.routes.mount import blueprint, cards_of, links_of
from innovate.pitch.routes.wire import etag_of, face_of, state_of
from innovate.scoring.queries.rounds import list_rounds

SERVER_NOW = "X-Server-Now"  # milliseconds; a header, so that it is no part of the tag


@blueprint.get("/presentasi/<int:number>")
@public
def show(slug: str, number: int) -> ResponseReturnValue:
    """The running order with its times, its seed, and every change by hand."""
    scene = enter_scene(slug, number)
    actor = enter(slug)
    return render_template(
        "pitch/show.html",
        event=actor.event,
        round=scene.round,
        number=number,
        day=scene.day,
        programme=load_programme(scene.day, scene.round),
        changes=queries.list_changes(scene.day.id),
        shows_reasons=policy.can_read_room(actor),
    )


@blueprint.get("/presentasi/<int:number>/layar")
@public
def stage(slug: str, number: int) -> ResponseReturnValue:
    """The stage in big letters, always dark."""
    scene = enter_scene(slug, number)
    actor = enter(slug)
    programme = load_programme(scene.day, scene.round)
    return render_template(
        "pitch/stage.html",
        event=actor.event,
        round=scene.round,
        number=number,
        day=scene.day,
        programme=programme,
        state=state_of(programme),
        face=face_of(programme, clock.now()),
        theme="dark",
    )


@blueprint.get("/presentasi/<int:number>/keadaan")
@public
def state(slug: str, number: int) -> ResponseReturnValue:
    """The state of the stage: one statement while nothing changed (304), two otherwise."""
    scene = enter_scene(slug, number)
    tag = etag_of(scene.day)
    if request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        response = jsonify(state_of(load_programme(scene.day, scene.round)))
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    response.headers[SERVER_NOW] = str(int(clock.now().timestamp() * 1000))
    return response


@blueprint.get("/juri/presentasi")
def desk(slug: str) -> ResponseReturnValue:
    """The juror's pitch day: who is on stage, a way to its scorecard, the order with what is handed in."""
    actor = enter(slug, can_judge)
    number = request.args.get("babak", type=int)
    days = queries.list_days(actor.event.id)
    known = [r for r in list_rounds(actor.event.id) if r.id in days and number in {None, r.number}]
    if not known:
        return render_template("pitch/desk.html", event=actor.event, programme=None)
    round_, day = known[-1], days[known[-1].id]
    programme = load_programme(day, round_, juror_id=actor.user_id)
    cards = cards_of(programme)
    return render_template(
        "pitch/desk.html",
        event=actor.event,
        round=round_,
        day=day,
        programme=programme,
        state=state_of(programme),
        face=face_of(programme, clock.now()),
        cards=cards,
        links=links_of(actor, cards),
    )

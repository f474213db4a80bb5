"""Coming in by a link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.web.access import public
from innovate.core.web.forms import Form
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.teams import policy, queries
from innovate.teams.models import Team, TeamInvitation
from innovate.teams.routes.mount import blueprint
from innovate.teams.routes.page import to_team
from innovate.teams.services import joining


@blueprint.get("/gabung/<nonce>")
@public
def join_page(slug: str, nonce: str) -> ResponseReturnValue:
    """What the invitation link opens, with or without an account."""
    actor = enter(slug)
    return _render_door(actor, queries.get_team_by_link(actor.event.id, nonce))


@blueprint.post("/gabung/<nonce>")
def join(slug: str, nonce: str) -> ResponseReturnValue:
    """Join with the link."""
    actor = enter(slug)
    team = queries.get_team_by_link(actor.event.id, nonce)
    if policy.is_member(actor, team):  # a second click
        return to_team(actor, team)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            joining.join_by_link(actor, nonce, at=clock.now())
            flash(_("Selamat datang di tim %(name)s.", name=team.name), "success")
            return to_team(actor, team)
    return _render_door(actor, team, form=form)


@blueprint.get("/undangan-tim/<nonce>")
@public
def invitation_page(slug: str, nonce: str) -> ResponseReturnValue:
    """What the mail's link opens."""
    actor = enter(slug)
    invitation = queries.get_invitation(actor.event.id, nonce)
    return _render_door(actor, invitation.team, invitation)


@blueprint.post("/undangan-tim/<nonce>")
def answer_invitation(slug: str, nonce: str) -> ResponseReturnValue:
    """Take or decline the invitation."""
    actor = enter(slug)
    invitation = queries.get_invitation(actor.event.id, nonce)
    if policy.is_member(actor, invitation.team):  # a second click
        return to_team(actor, invitation.team)
    accept = request.form.get("jawaban") != "tolak"
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            team = joining.answer_invitation(actor, nonce, accept=accept, at=clock.now())
            return _after_answer(actor, team, accept=accept)
    return _render_door(actor, invitation.team, invitation, form)


def _after_answer(actor: Actor, team: Team, *, accept: bool) -> ResponseReturnValue:
    if accept:
        flash(_("Selamat datang di tim %(name)s.", name=team.name), "success")
        return to_team(actor, team)
    flash(_("Undangan ditolak."), "success")
    return redirect(url_for("events.show", slug=actor.event.slug))


def _render_door(
    actor: Actor, team: Team, invitation: TeamInvitation | None = None, form: Form | None = None
) -> ResponseReturnValue:
    page = render_template(
        "teams/join.html",
        event=actor.event,
        team=team,
        invitation=invitation,
        obstacle=joining.find_join_obstacle(actor, team, clock.now()),
        reasons=joining.REASONS,
        rules=queries.rules_of(actor.event),
        is_member=policy.is_member(actor, team),
    )
    return page, form.status if form else 200

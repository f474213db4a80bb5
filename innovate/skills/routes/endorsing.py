"""A mentor's page of a team: which levels of its members they have seen."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness_each
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.policy import Actor
from innovate.skills import policy
from innovate.skills.queries.endorsing import map_given
from innovate.skills.queries.framework import list_skills
from innovate.skills.queries.profiles import map_levels
from innovate.skills.routes.mount import blueprint
from innovate.skills.services.endorsing import endorse as endorse_skills
from innovate.teams.guard import enter_team
from innovate.teams.models import Team
from innovate.teams.queries import list_mentors


def _enter(slug: str, team_id: str) -> tuple[Actor, Team]:
    actor, team = enter_team(slug, team_id)
    mentor_ids = {row.user_id for row in list_mentors(team.id)}
    require(policy.can_endorse(actor, team, mentor_ids), NotFound())
    return actor, team


@blueprint.get("/k/<slug>/tim/<team_id>/keterampilan")
def members(slug: str, team_id: str) -> ResponseReturnValue:
    """Members with the levels they give themselves."""
    actor, team = _enter(slug, team_id)
    people = [row.user for row in team.memberships]
    witness_each("skills", [user.id for user in people], event_id=actor.event.id)
    keys = [user.id for user in people]
    return render_template(
        "skills/members.html",
        event=actor.event,
        team=team,
        people=people,
        skills=list_skills(),
        levels=map_levels(keys),
        given=map_given(actor.user_id, keys),
    )


@blueprint.post("/k/<slug>/tim/<team_id>/keterampilan/<user_id>")
def endorse(slug: str, team_id: str, user_id: str) -> ResponseReturnValue:
    """Make what is ticked what the mentor stands for."""
    actor, team = _enter(slug, team_id)
    chosen = set(request.form.getlist("skill"))
    new, gone = endorse_skills(actor, team, user_id, chosen, at=clock.now())
    if new or gone:
        flash(_("Tersimpan: %(new)s didukung, %(gone)s ditarik.", new=new, gone=gone), "success")
    else:
        flash(_("Tidak ada yang berubah."))
    return redirect(url_for("skills.members", slug=slug, team_id=team_id))

"""The organizer's list of teams."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.events import policy as events_policy
from innovate.events.guard import enter
from innovate.teams import queries
from innovate.teams.forms import UnlockForm
from innovate.teams.routes.finding import read_filter
from innovate.teams.routes.mount import blueprint
from innovate.teams.routes.page import render_team, to_team
from innovate.teams.services import leading


@blueprint.get("/kelola/tim")
def manage(slug: str) -> ResponseReturnValue:
    """Every team of the event."""
    actor = enter(slug, events_policy.can_read_all)
    witness("teams", event_id=actor.event.id)
    chosen = read_filter()
    return render_template(
        "teams/manage.html",
        event=actor.event,
        teams=queries.list_event_teams(actor.event, chosen),
        counts=queries.count_teams(actor.event),
        chosen=chosen,
        rules=queries.rules_of(actor.event),
    )


@blueprint.post("/kelola/tim/<team_id>/<any(buka,kunci):step>")
def set_unlocked(slug: str, team_id: str, step: str) -> ResponseReturnValue:
    """Open or close one team's membership after its submission."""
    actor = enter(slug, events_policy.can_manage)
    team = queries.get_team(actor.event.id, team_id)
    form = UnlockForm()
    if form.validate_on_submit():
        with form.catch():
            leading.set_membership_unlocked(
                actor, team, unlocked=step == "buka", reason=form.reason.data, at=clock.now()
            )
            flash(
                _("Keanggotaan tim dibuka.") if step == "buka" else _("Keanggotaan tim dikunci."), "success"
            )
            return to_team(actor, team)
    return render_team(actor, team, unlock=form)

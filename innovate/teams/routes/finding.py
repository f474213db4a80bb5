"""Finding a team and registering one."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.guard import enter
from innovate.teams import queries
from innovate.teams.forms import TeamForm
from innovate.teams.queries import TeamFilter
from innovate.teams.routes.mount import blueprint
from innovate.teams.routes.page import to_team
from innovate.teams.services import joining, leading


def read_filter() -> TeamFilter:
    """What the lists of teams are narrowed to."""
    args = request.args
    return TeamFilter(
        search=args.get("q", "").strip()[:80],
        size=args.get("anggota", ""),
        only_looking=bool(args.get("mencari")),
        page=args.get("page", 1, type=int),
    )


@blueprint.get("/tim")
def index(slug: str) -> ResponseReturnValue:
    """My team, and teams that look for members."""
    actor = enter(slug)
    chosen = read_filter()
    return render_template(
        "teams/index.html",
        event=actor.event,
        mine=queries.list_teams_of(actor.event.id, actor.user_id),
        teams=queries.list_open_teams(actor.event, chosen),
        chosen=chosen,
        obstacle=leading.find_registration_obstacle(actor, clock.now()),
        reasons=joining.REASONS,
    )


@blueprint.route("/tim/baru", methods=["GET", "POST"])
def register(slug: str) -> ResponseReturnValue:
    """Register a team."""
    actor = enter(slug)
    user = actor.user
    form = TeamForm(unit=str(user.unit_id or "") if user else "").offer(
        actor.event, queries.list_current_units(clock.now().date())
    )
    if form.validate_on_submit():
        with form.catch():
            team = leading.register_team(actor, values=form.values(), at=clock.now())
            flash(_("Tim %(name)s terdaftar. Langkah berikutnya: ajak anggota.", name=team.name), "success")
            return to_team(actor, team)
    obstacle = leading.find_registration_obstacle(actor, clock.now())
    page = render_template(
        "teams/register.html", event=actor.event, form=form, obstacle=obstacle, reasons=joining.REASONS
    )
    return page, form.status

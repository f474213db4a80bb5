"""A captain looks for members among those who let themselves be found, and asks them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness_each
from innovate.core import clock
from innovate.core.numbers import read_number
from innovate.core.web.forms import Form
from innovate.skills import policy
from innovate.skills.domain.levels import ABLE, HIGHEST
from innovate.skills.queries.finding import Wanted, find_people, get_findable
from innovate.skills.queries.framework import list_skills
from innovate.skills.routes.mount import blueprint
from innovate.teams.guard import enter_team
from innovate.teams.services import leading


def _read() -> Wanted:
    level = read_number(request.args.get("tingkat", "")) or ABLE
    return Wanted(
        skill=request.args.get("keterampilan", "")[:12],
        level=min(max(level, 1), HIGHEST),
        search=request.args.get("q", "").replace("\x00", "").strip()[:80],
        page=request.args.get("page", 1, type=int),
    )


@blueprint.get("/k/<slug>/tim/<team_id>/cari-anggota")
def find(slug: str, team_id: str) -> ResponseReturnValue:
    """People by skill and level; a skill nobody knows finds nobody."""
    actor, team = enter_team(slug, team_id, policy.can_look_for_people)
    wanted = _read()
    found = find_people(actor.event, wanted)
    witness_each("skills", [user.id for user in found.page.items], event_id=actor.event.id)
    return render_template(
        "skills/find.html",
        event=actor.event,
        team=team,
        wanted=wanted,
        found=found,
        skills=list_skills(),
        form=Form(formdata=None),
    )


@blueprint.post("/k/<slug>/tim/<team_id>/cari-anggota/<user_id>")
def ask(slug: str, team_id: str, user_id: str) -> ResponseReturnValue:
    """Invite somebody who was found."""
    actor, team = enter_team(slug, team_id, policy.can_look_for_people)
    person = get_findable(actor.event, user_id)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            leading.invite_person(actor, team, person, at=clock.now())
            flash(_("Undangan untuk %(name)s dikirim lewat surel.", name=person.full_name), "success")
            return redirect(url_for("skills.find", slug=slug, team_id=team_id))
    found = find_people(actor.event, Wanted())
    page = render_template(
        "skills/find.html",
        event=actor.event,
        team=team,
        wanted=Wanted(),
        found=found,
        skills=list_skills(),
        form=form,
    )
    return page, form.status

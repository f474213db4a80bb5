"""Who accompanies a team."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.teams import policy
from innovate.teams.forms import MentorForm
from innovate.teams.guard import enter_team
from innovate.teams.routes.mount import blueprint
from innovate.teams.routes.page import mentor_form, render_team, to_team
from innovate.teams.services import mentoring


@blueprint.post("/tim/<team_id>/mentor")
def name_mentor(slug: str, team_id: str) -> ResponseReturnValue:
    """Say who accompanies the team."""
    actor, team = enter_team(slug, team_id, lambda actor, _team: policy.can_name_mentors(actor))
    form = mentor_form(actor, team) or MentorForm().offer([])
    if form.validate_on_submit():
        with form.catch():
            mentoring.name_mentor(actor, team, form.mentor.data, at=clock.now())
            name = dict(form.mentor.choices)[form.mentor.data]
            flash(_("%(name)s mendampingi tim ini.", name=name), "success")
            return to_team(actor, team)
    return render_team(actor, team, mentor=form)


@blueprint.post("/tim/<team_id>/mentor/<mentor_id>/akhiri")
def end_mentoring(slug: str, team_id: str, mentor_id: str) -> ResponseReturnValue:
    """The mentor no longer accompanies the team; that they did is kept."""
    actor, team = enter_team(slug, team_id, lambda actor, _team: policy.can_name_mentors(actor))
    mentoring.end_mentoring(actor, team, mentor_id, at=clock.now())
    flash(_("Pendampingan diakhiri. Catatannya tetap disimpan."), "success")
    return to_team(actor, team)

"""What a member does for oneself, and who asks to become one."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.web.forms import Form
from innovate.teams import policy
from innovate.teams.forms import JoinRequestForm, PartForm
from innovate.teams.guard import enter_team
from innovate.teams.routes.mount import blueprint
from innovate.teams.routes.page import render_team, to_team
from innovate.teams.services import joining, leading


@blueprint.post("/tim/<team_id>/minta")
def ask_to_join(slug: str, team_id: str) -> ResponseReturnValue:
    """Ask the captain for a place."""
    actor, team = enter_team(slug, team_id)
    form = JoinRequestForm()
    if form.validate_on_submit():
        with form.catch():
            joining.ask_to_join(actor, team, message=form.message.data or "", at=clock.now())
            flash(_("Permintaan terkirim. Ketua tim menjawab lewat surel."), "success")
            return to_team(actor, team)
    return render_team(actor, team, ask=form)


@blueprint.post("/tim/<team_id>/keluar")
def leave(slug: str, team_id: str) -> ResponseReturnValue:
    """Leave the team."""
    actor, team = enter_team(slug, team_id, policy.is_member)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            joining.leave_team(actor, team, at=clock.now())
            flash(_("Anda keluar dari tim %(name)s.", name=team.name), "success")
            return redirect(url_for("teams.index", slug=slug))
    return render_team(actor, team, act=form)


@blueprint.post("/tim/<team_id>/anggota/<user_id>/ketua")
def transfer(slug: str, team_id: str, user_id: str) -> ResponseReturnValue:
    """Hand over the captaincy."""
    actor, team = enter_team(slug, team_id)
    leading.transfer_captaincy(actor, team, user_id, at=clock.now())
    flash(_("Peran ketua tim diserahkan."), "success")
    return to_team(actor, team)


@blueprint.post("/tim/<team_id>/peran-saya")
def set_part(slug: str, team_id: str) -> ResponseReturnValue:
    """Say what I do in the team."""
    actor, team = enter_team(slug, team_id, policy.is_member)
    form = PartForm()
    if form.validate_on_submit():
        with form.catch():
            leading.set_part(actor, team, part=form.part.data or "", at=clock.now())
            flash(_("Peran Anda disimpan."), "success")
            return to_team(actor, team)
    return render_team(actor, team, part=form)

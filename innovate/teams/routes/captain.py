"""What the captain does."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.web.forms import Form
from innovate.teams import policy, queries
from innovate.teams.forms import InviteForm, OpenRoleForm, TeamForm
from innovate.teams.guard import enter_team
from innovate.teams.routes.mount import blueprint
from innovate.teams.routes.page import act_on, render_team, to_team
from innovate.teams.services import joining, leading


@blueprint.route("/tim/<team_id>/ubah", methods=["GET", "POST"])
def edit(slug: str, team_id: str) -> ResponseReturnValue:
    """Change the team's data."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    stored = {"group": str(team.group_id or ""), "unit": str(team.unit_id or "")}
    form = TeamForm(obj=None if request.form else team, data=stored).offer(
        actor.event, queries.list_current_units(clock.now().date())
    )
    if form.validate_on_submit():
        with form.catch():
            leading.edit_team(actor, team, values=form.values(), at=clock.now())
            flash(_("Data tim disimpan."), "success")
            return to_team(actor, team)
    return render_template("teams/edit.html", event=actor.event, team=team, form=form), form.status


@blueprint.post("/tim/<team_id>/tautan")
def rotate_link(slug: str, team_id: str) -> ResponseReturnValue:
    """Replace the invitation link."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    leading.rotate_link(actor, team, at=clock.now())
    flash(_("Tautan lama tidak berlaku lagi. Bagikan tautan yang baru."), "success")
    return to_team(actor, team)


@blueprint.post("/tim/<team_id>/undangan")
def invite(slug: str, team_id: str) -> ResponseReturnValue:
    """Invite one person by mail."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    form = InviteForm()
    if form.validate_on_submit():
        with form.catch():
            leading.invite_by_mail(actor, team, email=form.email.data, at=clock.now())
            flash(_("Undangan dikirim ke %(email)s.", email=form.email.data), "success")
            return to_team(actor, team)
    return render_team(actor, team, invite=form)


@blueprint.post("/tim/<team_id>/undangan/<int:invitation_id>/batal")
def cancel_invitation(slug: str, team_id: str, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    leading.cancel_invitation(actor, team, invitation_id, at=clock.now())
    flash(_("Undangan dibatalkan."), "success")
    return to_team(actor, team)


@blueprint.post("/tim/<team_id>/permintaan/<int:request_id>/<any(terima,tolak):answer>")
def answer_request(slug: str, team_id: str, request_id: int, answer: str) -> ResponseReturnValue:
    """Accept or decline who asked."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    accept, now = answer == "terima", clock.now()
    done = _("Anggota baru masuk tim.") if accept else _("Permintaan ditolak.")
    return act_on(
        actor, team, lambda: joining.answer_request(actor, team, request_id, accept=accept, at=now), done
    )


@blueprint.post("/tim/<team_id>/anggota/<user_id>/keluarkan")
def remove_member(slug: str, team_id: str, user_id: str) -> ResponseReturnValue:
    """Remove a member."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    now = clock.now()
    done = _("Anggota dikeluarkan dari tim dan diberi tahu lewat surel.")
    return act_on(actor, team, lambda: joining.remove_member(actor, team, user_id, at=now), done)


@blueprint.post("/tim/<team_id>/peran")
def add_open_role(slug: str, team_id: str) -> ResponseReturnValue:
    """Say whom the team looks for."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    form = OpenRoleForm()
    if form.validate_on_submit():
        with form.catch():
            leading.add_open_role(
                actor, team, title=form.title.data, skills=form.skill_list(), at=clock.now()
            )
            flash(_("Peran terbuka ditambahkan."), "success")
            return to_team(actor, team)
    return render_team(actor, team, open_role=form)


@blueprint.post("/tim/<team_id>/peran/<int:role_id>/hapus")
def close_open_role(slug: str, team_id: str, role_id: int) -> ResponseReturnValue:
    """The place is taken."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    leading.close_open_role(actor, team, role_id, at=clock.now())
    return to_team(actor, team)


@blueprint.post("/tim/<team_id>/bubarkan")
def disband(slug: str, team_id: str) -> ResponseReturnValue:
    """End the team."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            leading.disband_team(actor, team, at=clock.now())
            flash(_("Tim %(name)s dibubarkan.", name=team.name), "success")
            return redirect(url_for("teams.index", slug=slug))
    return render_team(actor, team, act=form)

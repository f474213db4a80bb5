"""A team's page: everything for its members, a card with a way in for others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from innovate.accounts.guard import witness_each
from innovate.core import clock
from innovate.core.web.forms import Form
from innovate.events import policy as events_policy
from innovate.events.policy import Actor
from innovate.teams import policy, queries
from innovate.teams.forms import InviteForm, JoinRequestForm, MentorForm, OpenRoleForm, PartForm, UnlockForm
from innovate.teams.guard import enter_team
from innovate.teams.models import Team
from innovate.teams.routes.beside import fill_beside
from innovate.teams.routes.mount import blueprint
from innovate.teams.services import joining


@blueprint.get("/tim/<team_id>")
def show(slug: str, team_id: str) -> ResponseReturnValue:
    """A team: everything for its members, a card with a way in for others."""
    actor, team = enter_team(slug, team_id)
    return render_team(actor, team)


def to_team(actor: Actor, team: Team) -> ResponseReturnValue:
    """Back to the team's page."""
    return redirect(url_for("teams.show", slug=actor.event.slug, team_id=team.public_id))


def render_team(actor: Actor, team: Team, **forms: Any) -> ResponseReturnValue:
    """The team's page; a form that was sent is shown again with its errors and its status."""
    now = clock.now()
    leads = policy.can_lead(actor, team)
    if policy.can_see_members_contacts(actor, team) and not policy.is_member(actor, team):
        witness_each("team", [each.user_id for each in team.memberships], event_id=actor.event.id)
    submitted = next((form for form in forms.values() if form.is_submitted()), None)
    values: dict[str, Any] = {
        "invite": forms.get("invite") or InviteForm(formdata=None),
        "open_role": forms.get("open_role") or OpenRoleForm(formdata=None),
        "ask": forms.get("ask") or JoinRequestForm(formdata=None),
        "unlock": forms.get("unlock") or UnlockForm(formdata=None),
        "act": forms.get("act"),
        "mentor": forms.get("mentor") or mentor_form(actor, team, fresh=True),
        "part": forms.get("part") or PartForm(formdata=None, part=_my_part(actor, team)),
    }
    mentors = queries.list_mentors(team.id)
    is_open = joining.membership_is_open(actor.event, now) or team.membership_unlocked
    is_locked = joining.team_is_locked(actor.event, team)
    page = render_template(
        "teams/show.html",
        event=actor.event,
        team=team,
        rules=queries.rules_of(actor.event),
        is_member=policy.is_member(actor, team),
        leads=leads,
        manages=events_policy.can_manage(actor),
        contacts=policy.can_see_members_contacts(actor, team),
        obstacle=joining.find_join_obstacle(actor, team, now),
        reasons=joining.REASONS,
        is_locked=is_locked,
        is_open=is_open,
        requests=queries.list_join_requests(team.id) if leads else [],
        invitations=queries.list_invitations(team.id) if leads else [],
        asked=queries.find_join_request(team.id, actor.user_id),
        mentors=mentors,
        beside=fill_beside(actor, team, mentors, is_open=is_open and not is_locked, at=now),
        may_end=lambda row: policy.can_name_mentor(actor, row.user_id),
        **values,
    )
    return page, submitted.status if submitted else 200


def act_on(actor: Actor, team: Team, run: Callable[[], object], done: str) -> ResponseReturnValue:
    """One act by a bare button; a refusal is shown on the team's page."""
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            run()
            flash(done, "success")
            return to_team(actor, team)
    return render_team(actor, team, act=form)


def _my_part(actor: Actor, team: Team) -> str:
    return next((m.part for m in team.memberships if m.user_id == actor.user_id), "")


def mentor_form(actor: Actor, team: Team, *, fresh: bool = False) -> MentorForm | None:
    """The mentors the person may name: all for organizers, oneself for a mentor; those who are there already not."""
    if not policy.can_name_mentors(actor) or team.disbanded_at:
        return None
    there = {row.user_id for row in queries.list_mentors(team.id)}
    known = [
        mentor
        for mentor in queries.list_event_mentors(actor.event.id)
        if mentor.id not in there and policy.can_name_mentor(actor, mentor.id)
    ]
    form = MentorForm(formdata=None) if fresh else MentorForm()
    return form.offer(known) if known or not fresh else None

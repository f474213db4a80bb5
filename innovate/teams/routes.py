"""Pages of teams."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.core.web.access import public
from innovate.core.web.forms import Form
from innovate.core.web.plumbing import Plumbing
from innovate.events import policy as events_policy
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.events.services import people, removal
from innovate.events.services.public_page import NextStep, add_fact, add_next_step
from innovate.teams import policy, queries
from innovate.teams.forms import (
    InviteForm,
    JoinRequestForm,
    MentorForm,
    OpenRoleForm,
    PartForm,
    TeamForm,
    UnlockForm,
)
from innovate.teams.guard import enter_team
from innovate.teams.models import Team, TeamInvitation
from innovate.teams.queries import TeamFilter
from innovate.teams.services import joining, leading, mentoring

blueprint = Blueprint("teams", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Tell the event's public page who may form a team and what to do about it."""
    if joining.refuse_participant not in people.before_role_taken:
        people.before_role_taken.append(joining.refuse_participant)
    if leading.find_removal_obstacle not in removal.obstacles:
        removal.obstacles.append(leading.find_removal_obstacle)
    add_next_step("teams", _next_step)
    add_fact("teams", lambda actor, _at: (_("Anggota tim"), _team_size(actor)))
    add_fact("turnout", lambda actor, _at: _turnout(actor))


def _next_step(actor: Actor, at: datetime) -> NextStep | None:
    """Register a team, for everybody who still can."""
    if leading.find_registration_obstacle(actor, at):
        return None
    return NextStep(_("Daftarkan tim"), "teams.register", {"slug": actor.event.slug})


def _team_size(actor: Actor) -> str:
    event = actor.event
    if event.team_min == event.team_max:
        return ngettext("%(num)s orang", "%(num)s orang", event.team_max)
    return _("%(min)s sampai %(max)s orang", min=event.team_min, max=event.team_max)


def _turnout(actor: Actor) -> tuple[str, str] | None:
    counts = queries.count_turnout(actor.event.id)
    if not counts.teams:
        return None
    teams = ngettext("%(num)s tim", "%(num)s tim", counts.teams)
    homes = ngettext("dari %(num)s unit atau lembaga", "dari %(num)s unit atau lembaga", counts.homes)
    return _("Sudah mendaftar"), f"{teams} {homes}" if counts.homes else teams


def _filter() -> TeamFilter:
    args = request.args
    return TeamFilter(
        search=args.get("q", "").strip()[:80],
        size=args.get("anggota", ""),
        only_looking=bool(args.get("mencari")),
        page=args.get("page", 1, type=int),
    )


def _to_team(actor: Actor, team: Team) -> ResponseReturnValue:
    return redirect(url_for("teams.show", slug=actor.event.slug, team_id=team.public_id))


# -- finding and registering --------------------------------------------------------------------------------------


@blueprint.get("/tim")
def index(slug: str) -> ResponseReturnValue:
    """My team, and teams that look for members."""
    actor = enter(slug)
    chosen = _filter()
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
            return _to_team(actor, team)
    obstacle = leading.find_registration_obstacle(actor, clock.now())
    page = render_template(
        "teams/register.html", event=actor.event, form=form, obstacle=obstacle, reasons=joining.REASONS
    )
    return page, form.status


# -- one team -----------------------------------------------------------------------------------------------------


@blueprint.get("/tim/<team_id>")
def show(slug: str, team_id: str) -> ResponseReturnValue:
    """A team: everything for its members, a card with a way in for others."""
    actor, team = enter_team(slug, team_id)
    return _render(actor, team)


def _render(actor: Actor, team: Team, **forms: Any) -> ResponseReturnValue:
    now = clock.now()
    leads = policy.can_lead(actor, team)
    submitted = next((form for form in forms.values() if form.is_submitted()), None)
    values: dict[str, Any] = {
        "invite": forms.get("invite") or InviteForm(formdata=None),
        "open_role": forms.get("open_role") or OpenRoleForm(formdata=None),
        "ask": forms.get("ask") or JoinRequestForm(formdata=None),
        "unlock": forms.get("unlock") or UnlockForm(formdata=None),
        "act": forms.get("act"),
        "mentor": forms.get("mentor") or _mentor_form(actor, team, fresh=True),
        "part": forms.get("part") or PartForm(formdata=None, part=_my_part(actor, team)),
    }
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
        is_locked=joining.team_is_locked(actor.event, team),
        is_open=joining.membership_is_open(actor.event, now) or team.membership_unlocked,
        requests=queries.list_join_requests(team.id) if leads else [],
        invitations=queries.list_invitations(team.id) if leads else [],
        asked=queries.find_join_request(team.id, actor.user_id),
        mentors=queries.list_mentors(team.id),
        may_end=lambda row: policy.can_name_mentor(actor, row.user_id),
        **values,
    )
    return page, submitted.status if submitted else 200


def _act(actor: Actor, team: Team, run: Callable[[], object], done: str) -> ResponseReturnValue:
    """One act by a bare button; a refusal is shown on the team's page."""
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            run()
            flash(done, "success")
            return _to_team(actor, team)
    return _render(actor, team, act=form)


def _my_part(actor: Actor, team: Team) -> str:
    return next((m.part for m in team.memberships if m.user_id == actor.user_id), "")


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
            return _to_team(actor, team)
    return render_template("teams/edit.html", event=actor.event, team=team, form=form), form.status


@blueprint.post("/tim/<team_id>/tautan")
def rotate_link(slug: str, team_id: str) -> ResponseReturnValue:
    """Replace the invitation link."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    leading.rotate_link(actor, team, at=clock.now())
    flash(_("Tautan lama tidak berlaku lagi. Bagikan tautan yang baru."), "success")
    return _to_team(actor, team)


@blueprint.post("/tim/<team_id>/undangan")
def invite(slug: str, team_id: str) -> ResponseReturnValue:
    """Invite one person by mail."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    form = InviteForm()
    if form.validate_on_submit():
        with form.catch():
            leading.invite_by_mail(actor, team, email=form.email.data, at=clock.now())
            flash(_("Undangan dikirim ke %(email)s.", email=form.email.data), "success")
            return _to_team(actor, team)
    return _render(actor, team, invite=form)


@blueprint.post("/tim/<team_id>/undangan/<int:invitation_id>/batal")
def cancel_invitation(slug: str, team_id: str, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    leading.cancel_invitation(actor, team, invitation_id, at=clock.now())
    flash(_("Undangan dibatalkan."), "success")
    return _to_team(actor, team)


@blueprint.post("/tim/<team_id>/minta")
def ask_to_join(slug: str, team_id: str) -> ResponseReturnValue:
    """Ask the captain for a place."""
    actor, team = enter_team(slug, team_id)
    form = JoinRequestForm()
    if form.validate_on_submit():
        with form.catch():
            joining.ask_to_join(actor, team, message=form.message.data or "", at=clock.now())
            flash(_("Permintaan terkirim. Ketua tim menjawab lewat surel."), "success")
            return _to_team(actor, team)
    return _render(actor, team, ask=form)


@blueprint.post("/tim/<team_id>/permintaan/<int:request_id>/<any(terima,tolak):answer>")
def answer_request(slug: str, team_id: str, request_id: int, answer: str) -> ResponseReturnValue:
    """Accept or decline who asked."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    accept, now = answer == "terima", clock.now()
    done = _("Anggota baru masuk tim.") if accept else _("Permintaan ditolak.")
    return _act(
        actor, team, lambda: joining.answer_request(actor, team, request_id, accept=accept, at=now), done
    )


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
    return _render(actor, team, act=form)


@blueprint.post("/tim/<team_id>/anggota/<user_id>/keluarkan")
def remove_member(slug: str, team_id: str, user_id: str) -> ResponseReturnValue:
    """Remove a member."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    now = clock.now()
    done = _("Anggota dikeluarkan dari tim dan diberi tahu lewat surel.")
    return _act(actor, team, lambda: joining.remove_member(actor, team, user_id, at=now), done)


@blueprint.post("/tim/<team_id>/anggota/<user_id>/ketua")
def transfer(slug: str, team_id: str, user_id: str) -> ResponseReturnValue:
    """Hand over the captaincy."""
    actor, team = enter_team(slug, team_id)
    leading.transfer_captaincy(actor, team, user_id, at=clock.now())
    flash(_("Peran ketua tim diserahkan."), "success")
    return _to_team(actor, team)


@blueprint.post("/tim/<team_id>/peran-saya")
def set_part(slug: str, team_id: str) -> ResponseReturnValue:
    """Say what I do in the team."""
    actor, team = enter_team(slug, team_id, policy.is_member)
    form = PartForm()
    if form.validate_on_submit():
        with form.catch():
            leading.set_part(actor, team, part=form.part.data or "", at=clock.now())
            flash(_("Peran Anda disimpan."), "success")
            return _to_team(actor, team)
    return _render(actor, team, part=form)


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
            return _to_team(actor, team)
    return _render(actor, team, open_role=form)


@blueprint.post("/tim/<team_id>/peran/<int:role_id>/hapus")
def close_open_role(slug: str, team_id: str, role_id: int) -> ResponseReturnValue:
    """The place is taken."""
    actor, team = enter_team(slug, team_id, policy.can_lead)
    leading.close_open_role(actor, team, role_id, at=clock.now())
    return _to_team(actor, team)


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
    return _render(actor, team, act=form)


# -- mentors ------------------------------------------------------------------------------------------------------


def _mentor_form(actor: Actor, team: Team, *, fresh: bool = False) -> MentorForm | None:
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


@blueprint.post("/tim/<team_id>/mentor")
def name_mentor(slug: str, team_id: str) -> ResponseReturnValue:
    """Say who accompanies the team."""
    actor, team = enter_team(slug, team_id, lambda actor, _team: policy.can_name_mentors(actor))
    form = _mentor_form(actor, team) or MentorForm().offer([])
    if form.validate_on_submit():
        with form.catch():
            mentoring.name_mentor(actor, team, form.mentor.data, at=clock.now())
            name = dict(form.mentor.choices)[form.mentor.data]
            flash(_("%(name)s mendampingi tim ini.", name=name), "success")
            return _to_team(actor, team)
    return _render(actor, team, mentor=form)


@blueprint.post("/tim/<team_id>/mentor/<mentor_id>/akhiri")
def end_mentoring(slug: str, team_id: str, mentor_id: str) -> ResponseReturnValue:
    """The mentor no longer accompanies the team; that they did is kept."""
    actor, team = enter_team(slug, team_id, lambda actor, _team: policy.can_name_mentors(actor))
    mentoring.end_mentoring(actor, team, mentor_id, at=clock.now())
    flash(_("Pendampingan diakhiri. Catatannya tetap disimpan."), "success")
    return _to_team(actor, team)


# -- coming in by a link ------------------------------------------------------------------------------------------


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
        return _to_team(actor, team)
    form = Form()
    if form.validate_on_submit():
        with form.catch():
            joining.join_by_link(actor, nonce, at=clock.now())
            flash(_("Selamat datang di tim %(name)s.", name=team.name), "success")
            return _to_team(actor, team)
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
        return _to_team(actor, invitation.team)
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
        return _to_team(actor, team)
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


# -- the organizer's list -----------------------------------------------------------------------------------------


@blueprint.get("/kelola/tim")
def manage(slug: str) -> ResponseReturnValue:
    """Every team of the event."""
    actor = enter(slug, events_policy.can_read_all)
    chosen = _filter()
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
            return _to_team(actor, team)
    return _render(actor, team, unlock=form)

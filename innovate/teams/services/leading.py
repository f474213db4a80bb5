"""Registering a team and leading it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked, new_public_id
from innovate.core.errors import NotFound, Refused, require
from innovate.events import policy as events_policy
from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.phases import find_span, is_kind_open
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail
from innovate.teams import policy, queries
from innovate.teams.domain.membership import Candidate, Obstacle, Roster, find_obstacle
from innovate.teams.models import Membership, OpenRole, RequestState, Team, TeamInvitation
from innovate.teams.services.joining import (
    REASONS,
    add_member,
    hold_actor,
    membership_is_open,
    team_is_locked,
)

_MAX_INVITATIONS = 20

# Features above append functions here: another unit may make conflicts of interest.
after_unit_changed: list[Callable[[Actor, Team, datetime], None]] = []
# And here: what the team took part in ends with it.
after_disbanded: list[Callable[[Actor, Team, datetime], None]] = []


def registration_is_open(event: Event, at: datetime) -> bool:
    """Whether new teams may register: in the registration phase, or while submitting where there is none."""
    kind = PhaseKind.REGISTRATION if find_span(event.phases, PhaseKind.REGISTRATION) else PhaseKind.SUBMISSION
    return event.state is EventState.PUBLISHED and is_kind_open(event.phases, kind, at)


def find_registration_obstacle(actor: Actor, at: datetime) -> Obstacle | None:
    """Why the person cannot register a team now, or None; a visitor has none until signed in."""
    user = actor.user
    if not registration_is_open(actor.event, at):
        return Obstacle.CLOSED
    if user is None:
        return None
    person = Candidate(
        is_verified=user.email_verified_at is not None,
        is_asn=user.employment.is_asn,
        is_committee=not policy.can_be_participant(actor),
        is_elsewhere=queries.is_in_a_team(actor.event.id, user.id),
    )
    return find_obstacle(queries.rules_of(actor.event), Roster(size=0, is_open=True, is_locked=False), person)


def find_removal_obstacle(event: Event) -> Any:
    """A competition with a team in it is not deleted, whatever became of the team."""
    found = db.session.scalar(select(Team.id).where(Team.event_id == event.id).limit(1))
    if found is None:
        return None
    return _l(
        "Sudah ada tim yang mendaftar, jadi kompetisi ini tidak dapat dihapus. Semua isinya tetap tersimpan."
    )


def register_team(actor: Actor, *, values: Mapping[str, Any], at: datetime) -> Team:
    """Register a team with the person as its captain. `values`: name, description, group_id, unit_id, is_listed."""
    require(actor.user is not None)
    obstacle = find_registration_obstacle(hold_actor(actor), at)
    require(obstacle is None, Refused(REASONS[obstacle or Obstacle.CLOSED]))
    name = str(values["name"])
    _require_free_name(actor.event.id, name)
    team = Team(
        event_id=actor.event.id,
        name=name,
        description=values.get("description") or "",
        group_id=values.get("group_id"),
        unit_id=values.get("unit_id"),
        organization=values.get("organization") or "",
        is_listed=bool(values.get("is_listed", True)),
        captain_id=actor.user_id,
        created_at=at,
    )
    db.session.add(team)
    db.session.flush()
    add_member(actor.event, team, actor.user_id, at=at)
    _record("team.register", actor, team, at, after={"name": team.name, "group_id": team.group_id})
    return team


def register_on_paper(actor: Actor, *, values: Mapping[str, Any], at: datetime) -> Team:
    """The team of a proposal that came on paper: its people have no account, so it has names and no member.

    `values`: name, group_id, unit_id, members (names). The actor stands in the captain's column as the one who typed
    it; without a membership that makes nobody a participant. The caller has decided that the actor may.
    """
    name = str(values["name"])
    _require_free_name(actor.event.id, name)
    team = Team(
        event_id=actor.event.id,
        name=name,
        group_id=values["group_id"],
        unit_id=values["unit_id"],
        is_listed=False,
        captain_id=actor.user_id,
        named_members=list(values["members"]),
        created_at=at,
    )
    db.session.add(team)
    db.session.flush()
    _record("team.on_paper", actor, team, at, after={"name": name, "unit_id": team.unit_id})
    return team


def _require_free_name(event_id: int, name: str, *, except_team: int = 0) -> None:
    query = select(Team.id).where(Team.event_id == event_id, func.lower(Team.name) == name.lower())
    taken = db.session.scalar(query.where(Team.id != except_team, Team.disbanded_at.is_(None)).limit(1))
    message = _l("Nama ini sudah dipakai tim lain di kompetisi ini. Pilih nama lain.")
    require(taken is None, Refused(message, field="name"))


def edit_team(actor: Actor, team: Team, *, values: Mapping[str, Any], at: datetime) -> Team:
    """Change name, description, group, unit and listing."""
    require(policy.can_lead(actor, team), NotFound())
    held = locked(Team, team.id)
    require(not team_is_locked(actor.event, held), Refused(REASONS[Obstacle.LOCKED]))
    _require_free_name(actor.event.id, str(values["name"]), except_team=team.id)
    keys = [
        key
        for key in ("name", "description", "group_id", "unit_id", "organization", "is_listed")
        if key in values
    ]
    before = {key: getattr(held, key) for key in keys}
    for key in keys:
        setattr(held, key, values[key])
    changed = {key: values[key] for key in keys if before[key] != values[key]}
    _record("team.edit", actor, team, at, before={key: before[key] for key in changed}, after=changed)
    if "unit_id" in changed:
        db.session.flush()
        for listener in after_unit_changed:
            listener(actor, held, at)
    return held


def rotate_link(actor: Actor, team: Team, *, at: datetime) -> None:
    """Give the team a new invitation link; the old one stops working at once."""
    require(policy.can_lead(actor, team), NotFound())
    locked(Team, team.id).invite_nonce = new_public_id()
    _record("team.rotate_link", actor, team, at)


def invite_person(actor: Actor, team: Team, person: User, *, at: datetime) -> TeamInvitation:
    """Ask somebody who was found by skills: the captain reads their name, never their address."""
    invitation = invite_by_mail(actor, team, email=person.email, at=at)
    invitation.found_id = person.id
    return invitation


def invite_by_mail(actor: Actor, team: Team, *, email: str, at: datetime) -> TeamInvitation:
    """Send one person an invitation. The same address is asked once at a time."""
    require(policy.can_lead(actor, team), NotFound())
    require(
        team.membership_unlocked or membership_is_open(actor.event, at),
        Refused(REASONS[Obstacle.CLOSED]),
    )
    require(not team_is_locked(actor.event, team), Refused(REASONS[Obstacle.LOCKED]))
    waiting = queries.list_invitations(team.id)
    address = email.strip().lower()
    if any(invitation.email == address for invitation in waiting):
        raise Refused(_l("Undangan ke alamat ini sudah terkirim dan menunggu jawaban."), field="email")
    too_many = Refused(
        _l("Terlalu banyak undangan yang belum dijawab. Batalkan yang tidak perlu."), field="email"
    )
    require(len(waiting) < _MAX_INVITATIONS, too_many)
    invitation = TeamInvitation(team_id=team.id, email=address, invited_by_id=actor.user_id, created_at=at)
    db.session.add(invitation)
    db.session.flush()
    enqueue_mail(
        "team_invitation",
        address=address,
        event_id=actor.event.id,
        cause=f"team_invitation:{invitation.id}",
        at=at,
        locale=actor.user.locale or "id" if actor.user else "id",
        context={
            "person": actor.user.full_name if actor.user else "",
            "team": team.name,
            "event": actor.event.name,
            "path": f"/k/{actor.event.slug}/undangan-tim/{invitation.nonce}",
        },
    )
    _record("team.invite", actor, team, at, after={"invitation_id": invitation.id})
    return invitation


def cancel_invitation(actor: Actor, team: Team, invitation_id: int, *, at: datetime) -> None:
    """Take back an invitation that was not answered yet."""
    require(policy.can_lead(actor, team), NotFound())
    require(invitation_id in {i.id for i in queries.list_invitations(team.id)}, NotFound())
    invitation = locked(TeamInvitation, invitation_id)
    invitation.state, invitation.decided_at = RequestState.CANCELLED, at
    _record("team.cancel_invitation", actor, team, at, after={"invitation_id": invitation.id})


def transfer_captaincy(actor: Actor, team: Team, user_public_id: str, *, at: datetime) -> None:
    """Hand the captaincy to another member; organizers may do it for a team whose captain is gone."""
    require(policy.can_lead(actor, team) or events_policy.can_manage(actor), NotFound())
    held = locked(Team, team.id)  # who leads it and who is in it may have changed since the page was opened
    require(policy.can_lead(actor, held) or events_policy.can_manage(actor), NotFound())
    heir = next((user for user in queries.list_members(team.id) if user.public_id == user_public_id), None)
    if heir is None or heir.id == held.captain_id:
        raise NotFound
    before = held.captain_id
    held.captain_id = heir.id
    _record("team.transfer", actor, team, at, before={"captain_id": before}, after={"captain_id": heir.id})
    enqueue_mail(
        "team_captain",
        address=heir.email,
        user_id=heir.id,
        locale=heir.locale or "id",
        event_id=actor.event.id,
        cause=f"team:{team.id}:captain:{heir.id}",
        at=at,
        context={
            "name": heir.full_name,
            "team": team.name,
            "event": actor.event.name,
            "path": f"/k/{actor.event.slug}/tim/{team.public_id}",
        },
    )


def set_part(actor: Actor, team: Team, *, part: str, at: datetime) -> None:
    """A member says what they do in the team."""
    row = next((m for m in team.memberships if m.user_id == actor.user_id), None)
    if row is None:
        raise NotFound
    membership = locked(Membership, row.id)
    _record("team.part", actor, team, at, before={"part": membership.part}, after={"part": part})
    membership.part = part


def add_open_role(actor: Actor, team: Team, *, title: str, skills: Sequence[str], at: datetime) -> OpenRole:
    """Say whom the team still looks for."""
    require(policy.can_lead(actor, team), NotFound())
    require(len(team.open_roles) < 10, Refused(_l("Paling banyak sepuluh peran terbuka."), field="title"))
    role = OpenRole(team_id=team.id, title=title, skills=list(skills), created_at=at)
    db.session.add(role)
    db.session.flush()
    _record("team.open_role", actor, team, at, after={"title": title})
    return role


def close_open_role(actor: Actor, team: Team, role_id: int, *, at: datetime) -> None:
    """The place is taken or no longer needed."""
    require(policy.can_lead(actor, team), NotFound())
    role = next((role for role in team.open_roles if role.id == role_id), None)
    if role is None:
        raise NotFound
    db.session.delete(role)
    _record("team.close_role", actor, team, at, before={"title": role.title})


def disband_team(actor: Actor, team: Team, *, at: datetime) -> None:
    """End a team that has not submitted; memberships end with it, nothing is deleted."""
    require(policy.can_lead(actor, team), NotFound())
    held = locked(Team, team.id)
    require(policy.can_lead(actor, held), NotFound())
    message = _l(
        "Tim yang usulannya sudah diajukan tidak dapat dibubarkan. Tarik usulan atau hubungi panitia."
    )
    require(held.locked_at is None, Refused(message))
    held.disbanded_at = at
    present = select(Membership).where(Membership.team_id == team.id, Membership.left_at.is_(None))
    for membership in db.session.scalars(present.with_for_update()):  # also who came in at this moment
        membership.left_at, membership.left_reason = at, "disbanded"
    _record("team.disband", actor, team, at)
    db.session.flush()
    for listener in after_disbanded:
        listener(actor, team, at)


def set_membership_unlocked(actor: Actor, team: Team, *, unlocked: bool, reason: str, at: datetime) -> None:
    """The organizer opens or closes a team's membership after its submission, with a reason."""
    require(events_policy.can_manage(actor), NotFound())
    require(len(reason.strip()) >= 5, Refused(_l("Tuliskan alasannya."), field="reason"))
    held = locked(Team, team.id)
    before = {"membership_unlocked": held.membership_unlocked}
    held.membership_unlocked = unlocked
    _record(
        "team.unlock" if unlocked else "team.lock", actor, team, at, before=before, after={"reason": reason}
    )


def lock_membership(team_id: int, *, at: datetime) -> None:
    """Fix the members, because the team has submitted. Called by the service that submits."""
    team = locked(Team, team_id)
    team.locked_at = team.locked_at or at


def release_membership(team_id: int) -> None:
    """Members may change again, because the team withdrew its idea."""
    locked(Team, team_id).locked_at = None


def _record(action: str, actor: Actor, team: Team, at: datetime, **more: Any) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="team",
        object_id=team.id,
        event_id=actor.event.id,
        **more,
    )
